"""What the pages of phones and wall are given: database, hall, keys, addresses, clock, limits."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from kiosk import clock
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.exhibition.library import Library
from kiosk.live.broadcast import Broadcast
from kiosk.live.changes import Changes
from kiosk.moderation.wall import Showing
from kiosk.people import enrolment
from kiosk.screens.phone.filled import Filled, count_filled
from kiosk.screens.phone.hall import Hall, Known, furnish, look
from kiosk.screens.phone.limiting import Limits
from kiosk.screens.phone.sheet import Sheets
from kiosk.voice.office import Office

LOOK_EVERY_S = 1.0
"""Seconds between two looks at editions and screens."""
SCHEMA_EVERY = 10
"""Every so many looks the database's schema is looked at, too."""


@dataclass(eq=False)
class PublicContext:
    """One public process's means; *hall* is replaced when an edition or a screen changes."""

    database: Database
    library: Library
    public_url: str
    """Where phones reach this hub, without a slash at the end."""
    exhibition: str = ""
    """The exhibition shown first; empty: the newest real one."""
    city: str = ""
    examples: bool = False
    now: clock.Clock = clock.now
    counted_by: Sequence[str] = ()
    """The command of the counting office; empty: votes are written by this process."""
    office: Office = field(init=False)
    hall: Hall = field(default_factory=Hall)
    hub_key: bytes = b""
    limits: Limits = field(default_factory=Limits)
    votes: Counter[str] = field(default_factory=Counter)
    """Votes counted since the start, by the route they came: thin or full."""
    sheets: Sheets = field(default_factory=Sheets)
    changes: Changes = field(init=False)
    broadcast: Broadcast = field(init=False)
    filled: Filled = field(default_factory=dict)
    """How many cells of each topic's pattern are filled, by exhibition and topic."""
    noted: dict[tuple[str, str, str], Showing] = field(default_factory=dict)
    """What each wall showed when it was last noted, by exhibition, city and wall."""
    refusal: str = "it has not started yet"
    """Why this process cannot serve, as /healthz says it; empty when it can."""
    damage: str = ""
    """What is wrong with an edition in whose place the one before is shown, as /healthz says it."""
    _mark: tuple[object, ...] = ()
    _looks: int = 0

    def __post_init__(self) -> None:
        self.changes = Changes(self.database)
        self.office = Office(self.database, self.counted_by)
        self.broadcast = Broadcast(self.changes)

    @property
    def secure(self) -> bool:
        """Whether phones come over HTTPS, so that cookies may be bound to this host."""
        return self.public_url.startswith("https://")

    async def refresh(self) -> None:
        """Take in new editions and screens; on failure keep serving what was there.

        Raises:
            Unavailable: the database cannot be read, or its tables are not this program's.
        """
        if self.refusal or self._looks % SCHEMA_EVERY == 0:
            await self._check_schema()
        self._looks += 1
        if not self.hub_key:
            self.hub_key = await self.database.write(enrolment.hub_key)
        known: Known = await self.database.read(look)
        if known.mark() != self._mark:
            self.hall = await asyncio.to_thread(
                partial(
                    furnish,
                    known,
                    self.library,
                    self.hub_key,
                    self.exhibition,
                    self.city,
                    examples=self.examples,
                )
            )
            self._mark = known.mark()
            self.sheets.clear()
        self.filled = await self.database.read(partial(count_filled, hall=self.hall))

    async def _check_schema(self) -> None:
        if not await asyncio.to_thread(self.database.is_current):
            raise Unavailable(
                "The database's tables are of another version.", "Run `kiosk migrate`."
            )

    def cells(self, exhibition: str, topic: str) -> int:
        """Return how many voices fill a topic's pattern, as counted within the last second."""
        return self.filled.get((exhibition, topic), 0)
