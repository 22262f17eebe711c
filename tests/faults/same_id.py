"""The same message sent at once by many, to several hub processes' worth of writers."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.people.enrolment import Identity, authenticate, enrol
from kiosk.sync import serve
from kiosk.sync.wire import PROTOCOL, Batch, Receipt
from kiosk.voice import actions
from tests.faults.checker import Evidence, Told, converged, holds
from tests.faults.family import Family, Found
from tests.postgres import dropped_later
from tests.world import BENCHES, LINDMARK, SUNDAY, harbour

SENDERS = 64
HUBS = 8
"""Hubs on one database, each with a writer of its own, as several workers have."""
IDS = 25
"""Messages of one trial, one after the other, each by all senders at once."""
HEALTH = {"queue_length": 0, "queue_age_s": 0, "edition": "", "clock_offset_ms": 0}

Send = Callable[[int, int, str], Awaitable[bool]]
"""As sender number n sends the message of a sequence number; true when told that it is held."""


def trial(number: int, folder: Path) -> Found:
    """Send :data:`IDS` messages :data:`SENDERS` times each: each counts once, on both databases."""
    with _database(number, folder) as url:
        told, answered = asyncio.run(_all_at_once(url))
        database = Database.open(url)
        with database.engine.connect() as hub:
            holds(Evidence(hub, {}, Told(frozenset(told))))
            ballots = actions.tally_of(hub, BENCHES).ballots
            comments = hub.execute(text("SELECT count(*) FROM comment")).scalar_one()
            digest = converged(hub)
        database.close()
        assert ballots + comments == IDS, f"{ballots} ballots and {comments} comments of {IDS} ids"
        asyncio.run(_all_at_once(url, senders=1))
        database = Database.open(url)
        with database.engine.connect() as hub:
            assert converged(hub) == digest, "sending everything again changed what the hub holds"
        database.close()
    return Found(IDS, answered, 0)


def control(number: int, folder: Path) -> Found:
    """Look whether the id is there, then write it: count the rows that should not be there."""
    del number
    with _database(1, folder) as url:
        stored = asyncio.run(_looked_first(url))
    return Found(IDS, IDS, stored - IDS)


async def _all_at_once(url: str, senders: int = SENDERS) -> tuple[set[str], int]:
    """Return the ids that anybody was told are held, and how many answers said so."""
    told: set[str] = set()
    answered = 0
    async with _hubs(url) as send:
        for seq in range(1, IDS + 1):
            id, message = _message(seq)
            answers = await asyncio.gather(*(send(n, seq, message) for n in range(senders)))
            assert any(answers), f"nobody was told that {id} is held"
            told.add(id)
            answered += sum(answers)
    return told, answered


def _message(seq: int) -> tuple[str, str]:
    """A ballot, or every third time a comment, as the text that a kiosk would send."""
    where = {"exhibition": "harbour", "city": "lindmark", "place": "Hall", "channel": "touchscreen"}
    body: dict[str, Any] = {**where, "question": BENCHES, "participant": f"visitor {seq}"}
    if seq % 3:
        kind = "ballot"
        body |= {"choices": ["agree"], "cast_at": "2026-09-06T14:00:00.000Z"}
    else:
        kind = "comment"
        body |= {
            "exhibit": "benches", "text": f"Bench number {seq}.", "language": "en",
            "receipt_hash": f"receipt {seq}", "voice_number": f"1-{seq}",
            "written_at": "2026-09-06T14:00:00.000Z",
        }  # fmt: skip
    written = json.dumps(body)
    id = f"id-{seq}"
    head = {"id": id, "seq": seq, "kind": kind, "hash": _sha256(written)}
    return id, f'{{"body": {written}, {json.dumps(head)[1:]}'


def _sha256(written: str) -> str:
    return hashlib.sha256(written.encode()).hexdigest()


@asynccontextmanager
async def _hubs(url: str) -> AsyncIterator[Send]:
    """What the API does with a batch, by several writers; HTTP would only slow the crowd down."""
    hubs = [Database.open(url) for _ in range(HUBS)]
    credential = _identity(hubs[0]).credential

    async def send(n: int, seq: int, message: str) -> bool:
        batch = f'{{"messages": [{message}], "health": {json.dumps(HEALTH)}}}'
        take = partial(_take, credential=credential, batch=batch)
        try:
            receipt = await hubs[n % HUBS].write(take)
        except Unavailable:
            return False
        return receipt.highest >= seq

    try:
        yield send
    finally:
        for hub in hubs:
            hub.close()


def _take(connection: Connection, credential: str, batch: str) -> Receipt:
    kiosk = authenticate(connection, credential)
    return serve.take_batch(
        connection, kiosk, msgspec.json.decode(batch, type=Batch), PROTOCOL, SUNDAY
    )


_ENROLLED: dict[str, Identity] = {}


def _identity(hub: Database) -> Identity:
    """The one kiosk whose credential all senders have; enrolled once for each database."""
    if hub.url not in _ENROLLED:
        _ENROLLED[hub.url] = hub.write_now(lambda c: enrol(c, "Hall", "", LINDMARK, "Hall", SUNDAY))
    return _ENROLLED[hub.url]


@contextmanager
def _database(number: int, folder: Path) -> Iterator[str]:
    """A migrated database: SQLite for even numbers, PostgreSQL for odd ones."""
    with dropped_later() if number % 2 else _file(folder) as url:
        database = Database.open(url)
        database.migrate()
        database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
        database.close()
        yield url


@contextmanager
def _file(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'hub.db'}"


# --- the control: what many write first --------------------------------------------------------


@dataclass(frozen=True)
class _Looking:
    """Looks whether an id is there, and writes it if not: two statements, nothing unique."""

    id: str

    def __call__(self, connection: Connection) -> None:
        look = text("SELECT 1 FROM looked_first WHERE id = :id")
        if connection.execute(look, {"id": self.id}).scalar() is None:
            connection.execute(text("INSERT INTO looked_first VALUES (:id)"), {"id": self.id})


async def _looked_first(url: str) -> int:
    databases = [Database.open(url) for _ in range(HUBS)]
    await databases[0].write(
        lambda c: c.execute(text("CREATE TABLE looked_first (id TEXT)")).close()
    )
    for n in range(IDS):
        looking = _Looking(f"id-{n}")
        await asyncio.gather(*(databases[s % HUBS].write(looking) for s in range(SENDERS)))
    count = text("SELECT count(*) FROM looked_first")
    stored = await databases[0].read(lambda c: int(c.execute(count).scalar_one()))
    for database in databases:
        database.close()
    return stored


FAMILY = Family(
    name="same id at once",
    unit=f"ids × {SENDERS}",
    small=100,
    full=5_000,
    trial=trial,
    control=control,
    control_is="check-then-insert",
)
