"""The hub, its kiosks and their people in one process, and what they were told."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from kiosk import ids
from kiosk.apps import opening
from kiosk.database import apart
from kiosk.messaging import heads
from kiosk.sync.hub_client import HubClient
from tests.faults.checker import Evidence, History, Told
from tests.faults.checker.evidence import ids as ids_in
from tests.faults.simulation.line import BadLine
from tests.faults.simulation.still import Still, prepared
from tests.sync.conftest import Hub, Line, Screen
from tests.world import StoppedClock

KIOSKS = 3
AT_HUB = (
    "SELECT id FROM inbox UNION SELECT id FROM comment UNION SELECT id FROM ballot"
    " UNION SELECT id FROM report UNION SELECT id FROM erased"
)


@dataclass
class Ahead(StoppedClock):
    """A kiosk's clock: the *true* one, and *by* how much it is off; jumps when it is told to."""

    true: StoppedClock = field(default_factory=StoppedClock)
    by: timedelta = timedelta()

    def __call__(self) -> datetime:
        return self.true.at + self.by


@cache
def _databases() -> list[Still]:
    """One for the hub and one for each kiosk, used by every simulation of this process."""
    return [Still() for _ in range(KIOSKS + 1)]


_prepared = cache(prepared)


@dataclass
class KioskAtWork:
    """A kiosk with its line; *people* have voted here, *receipts* were given for comments."""

    screen: Screen
    line: BadLine
    clock: Ahead
    people: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)

    @property
    def origin(self) -> str:
        """The id under which the hub knows it."""
        return self.screen.identity.id


class Town:
    """Everything that one simulation plays with; *note* is told each thing that happens.

    *share* of the requests meet a fault; drawn from the seed where it is None.
    """

    def __init__(
        self, seed: int, folder: Path, note: Callable[[str], None], share: float | None = None
    ) -> None:
        self.chance = random.Random(seed)
        self.note = note
        self.clock = StoppedClock()
        drawn = self.chance.choice((0.0, 0.1, 0.3, 0.6))
        self.share = drawn if share is None else share
        for database in _databases():
            database.becomes(_prepared())
        apart.attach(_databases()[0].engine, folder)
        self.database = _databases()[0]
        """The hub's."""
        self.hub = Hub(self.database, self.clock)
        self.kiosks = [self._new_kiosk(n) for n in range(KIOSKS)]
        self.snapshots: list[Any] = []
        self.at_hub_alone: set[str] = set()
        """Told by the hub itself, or by a kiosk that is no more: a restore may lose these."""
        self.erased: set[str] = set()
        self.went_back: list[str] = []
        self._history = History()

    def _new_kiosk(self, n: int) -> KioskAtWork:
        clock = Ahead(true=self.clock)
        identity = self.hub.enrols(f"Screen {n}")
        line = BadLine(httpx.ASGITransport(self.hub.app), self.chance, self.note, self.share)
        client = HubClient("http://hub", identity.credential, line)
        carried = Line(self.hub.app)
        screen = Screen(identity, _databases()[n + 1], carried, client, clock)
        return KioskAtWork(screen, line, clock)

    def at_hub(self) -> set[str]:
        """Return every id that the hub holds in some way."""
        return self.database.read_now(lambda c: ids_in(c, AT_HUB))

    def wipe(self, n: int) -> None:
        """A device is replaced: what it had not sent is gone with it, the rest is the hub's."""
        old = self.kiosks[n]
        at_hub = self.at_hub()
        self.at_hub_alone |= old.saved & at_hub
        known = self.database.read_now(lambda c: ids_in(c, "SELECT id FROM erased"))
        self.erased -= (self.erased & old.saved & at_hub) - known  # nobody can tell the hub now
        _databases()[n + 1].becomes(_prepared())
        self.kiosks[n] = self._new_kiosk(n)

    def restore(self, snapshot: Any, *, new_epoch: bool) -> None:
        """The hub goes back to *snapshot*; by `kiosk restore`, or with files copied by hand.

        Either way what is kept apart is applied before it opens: who was erased, which kiosks were
        let in since.
        """
        self.database.becomes(snapshot)
        if new_epoch:
            self.database.write_now(lambda c: heads.write(c, "epoch", ids.new_id()))
        self.database.write_now(lambda c: opening.follow(c, self.clock()))
        self.at_hub_alone &= self.at_hub()
        self._history = History()

    def look_whether_it_went_back(self) -> None:
        """Note where a decision has gone since the last look, or a comment went back."""
        with self.database.engine.connect() as hub:
            self.went_back += self._history.look(hub)

    def saved(self) -> frozenset[str]:
        """Return what somebody was told is kept, and has to be somewhere."""
        return frozenset(self.at_hub_alone.union(*(kiosk.saved for kiosk in self.kiosks)))

    def evidence(self, *, healed: bool) -> Evidence:
        """Return what the checker looks at; its connections must be closed by :meth:`look_away`."""
        connections = {k.origin: k.screen.database.engine.connect() for k in self.kiosks}
        told = Told(self.saved(), frozenset(self.erased))
        hub = self.database.engine.connect()
        return Evidence(hub, connections, told, healed=healed, followed=healed)


def look_away(evidence: Evidence) -> None:
    """Close what :meth:`Town.evidence` opened."""
    for _, connection in evidence.all():
        connection.close()
