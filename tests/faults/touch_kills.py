"""SIGKILL of a whole touchscreen, pages and all, while a visitor stands before it."""

from __future__ import annotations

import asyncio
import atexit
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from sqlalchemy import text

from kiosk import clock
from kiosk.sync.hub_client import HubClient
from kiosk.voice import receipt as receipts
from tests.faults.checker import Evidence, Told, holds
from tests.faults.family import Family, Found
from tests.faults.hall import DARK, HERE, VOTED, visits
from tests.journeys import town as towns
from tests.journeys.copies import copies
from tests.journeys.processes import Process
from tests.journeys.town import Town
from tests.sync.conftest import Hub, Line, Screen
from tests.world import StoppedClock

LIVES = 5
"""How often one screen is killed; then it syncs."""
FEWEST, MOST = 1, 4
"""Thanks after which the power goes."""

_COUNTS = text(
    "SELECT (SELECT count(*) FROM ballot) AS ballots, (SELECT count(*) FROM comment) AS comments"
)
_RECEIPTS = text("SELECT receipt_hash, id FROM comment")


@dataclass
class _Read:
    """What the visitor read: how many votes were called counted, and her receipts' hashes."""

    votes: int = 0
    receipts: set[str] = field(default_factory=set)

    def take(self, line: bytes) -> None:
        """Add one thing that she read."""
        if line == VOTED:
            self.votes += 1
        elif line != DARK:
            self.receipts.add(receipts.stored(receipts.read(line[1:].decode())[1]))

    @property
    def all(self) -> int:
        """How often she was thanked."""
        return self.votes + len(self.receipts)


def trial(number: int, folder: Path) -> Found:
    """Kill a touchscreen :data:`LIVES` times; then the hub is there, and all arrives once."""
    read = _Read()
    with _town(folder) as town:
        for life in range(LIVES):
            before, votes = _kept(town), read.votes
            _one_life(town.touch, read, random.Random(f"{number} {life}"))
            _none_is_missing(town, before, read, votes)
        _arrives(town, read)
    return Found(LIVES, read.all, 0)


def control(number: int, folder: Path) -> Found:
    """The same by a program that says thank you before the commit."""
    read = _Read()
    with _town(folder) as town:
        town.touch.module = "tests.faults.hasty"
        _one_life(town.touch, read, random.Random(number), longest_s=0)
        votes, hashes = _kept(town)
    return Found(1, read.all, max(0, read.votes - votes) + len(read.receipts - set(hashes)))


def _one_life(touch: Process, read: _Read, chance: random.Random, longest_s: float = 0.4) -> None:
    """Start the screen, let the visitor in, kill it within *longest_s* after some thanks."""
    touch.start()
    place = Process(touch.command, touch.port, touch.settings, touch.log)
    with _visitor(place) as (orders, told):
        assert told.recv_bytes() == HERE
        touch.await_ready()
        orders.send_bytes(b"go")
        for _ in range(chance.randint(FEWEST, MOST)):
            line = told.recv_bytes()
            assert line != DARK, f"the screen went dark by itself:\n{touch.tail()}"
            read.take(line)
        told.poll(chance.random() * longest_s)  # at any moment of what she does next
        touch.kill_group()
    with suppress(EOFError, OSError):
        while (line := told.recv_bytes()) != DARK:
            read.take(line)


def _kept(town: Town) -> tuple[int, dict[str, str]]:
    """How many ballots the screen has, and its comments' ids by the receipt's hash."""
    with town.kiosk_database() as database:
        ballots = database.read_now(lambda c: int(c.execute(_COUNTS).one().ballots))
        found = database.read_now(lambda c: c.execute(_RECEIPTS).all())
    return ballots, {row.receipt_hash: row.id for row in found}


def _none_is_missing(
    town: Town, before: tuple[int, dict[str, str]], read: _Read, votes: int
) -> None:
    """Each vote that was called counted is there; at most one that nobody heard of as well."""
    ballots, hashes = _kept(town)
    new, called = ballots - before[0], read.votes - votes
    assert called <= new <= called + 1, f"{called} votes were called counted, {new} are kept"
    missing = read.receipts - set(hashes)
    assert not missing, f"{len(missing)} comments were called received and are nowhere"


def _arrives(town: Town, read: _Read) -> None:
    _, hashes = _kept(town)
    told = Told(frozenset(hashes[receipt] for receipt in read.receipts))
    with town.hub_database() as at_hub, town.kiosk_database() as database:
        moment = StoppedClock(clock.now())
        hub = Hub(at_hub, moment)
        client = HubClient("http://hub", town.screen.credential, Line(hub.app))
        asyncio.run(_sync(Screen(town.screen, database, Line(hub.app), client, moment)))
        with at_hub.engine.connect() as c, database.engine.connect() as at_kiosk:
            holds(Evidence(c, {town.screen.id: at_kiosk}, told, healed=True))


async def _sync(screen: Screen) -> None:
    for _ in range(2):
        await screen.push()
        await screen.pull()
    await screen.client.close()


@contextmanager
def _town(folder: Path) -> Iterator[Town]:
    with towns.town(folder / "town", _morning()) as town:
        yield town


@cache
def _morning() -> Path:
    """The data of an ordinary morning, made once."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-morning-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return towns.prepared(folder)


@contextmanager
def _visitor(screen: Process) -> Iterator[tuple[Pipe, Pipe]]:
    """A visitor with a browser; yields what she is sent to do by, and what she tells by.

    She is ended with the block: to wait until she believes that the screen is dark takes long.
    """
    context = copies()
    ours, orders = context.Pipe()
    hears, tells = context.Pipe(duplex=False)
    visitor = context.Process(target=visits, args=(screen, orders, tells))
    visitor.start()
    tells.close()
    orders.close()
    try:
        yield ours, hears
    finally:
        visitor.kill()  # her browser ends when she does
        visitor.join()
        ours.close()


FAMILY = Family(
    name="touchscreen killed before a visitor",
    unit="kills",
    small=5,
    full=200,
    trial=trial,
    control=control,
    control_is="thanks before the commit",
)
