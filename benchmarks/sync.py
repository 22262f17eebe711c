"""The hub takes in what a kiosk gathered: 100,000 votes, against rows that are only written."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg
import pysqlite3
from sqlalchemy.engine import make_url

from benchmarks.events import EVENTS, Events, make
from benchmarks.figure import Figure, middle
from benchmarks.server import python, running
from benchmarks.stage import CONTENT, Stage, build
from kiosk import clock
from kiosk.apps.opening import LOG_PAGES
from kiosk.database.connection import Database
from kiosk.database.sqlite import PRAGMAS
from kiosk.exhibition.model import Question, QuestionKind
from kiosk.exhibition.reader import read
from kiosk.people import kiosk_store
from kiosk.people.enrolment import Identity, enrol
from kiosk.sync import serve
from kiosk.sync.wire import PROTOCOL, read_batch
from kiosk.voice import actions, tally_store

ROUNDS = 5

_TABLE = (
    "CREATE TABLE event (id TEXT PRIMARY KEY, origin TEXT NOT NULL, seq BIGINT NOT NULL,"
    " kind TEXT NOT NULL, body {octets} NOT NULL, hash TEXT NOT NULL)"
)


class MessagesLost(Exception):
    """The hub did not count every vote exactly once."""


@dataclass(slots=True)
class Round:
    """Seconds of one round: rows only written, taken in, taken in once more."""

    raw: float
    first: float
    again: float


@dataclass(slots=True)
class Stand:
    """One dialect: how to make a new database on it, and how rows are only written there."""

    name: str
    raw: Callable[[Events], float]
    fresh: Callable[[], str]
    rounds: list[Round] = field(default_factory=list)


def measure(rounds: int = ROUNDS, events: int = EVENTS) -> Iterator[Figure]:
    """Yield ratios to executemany and COPY, the replay's speed, and the rate through the web."""
    exhibition = read(CONTENT)
    questions = [
        e.question
        for e in exhibition.exhibits.values()
        if e.question and e.question.kind is QuestionKind.AGREE
    ]
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        for stand in (_sqlite(Path(folder)), _postgresql()):
            for _ in range(rounds):
                stand.rounds.append(_round(stand, questions, events))
            yield from _figures(stand, events)
        yield from _through_the_web(Path(folder) / "hub", questions, rounds, events)


def _round(stand: Stand, questions: list[Question], events: int) -> Round:
    """Write rows, then take the same in, then take them in again; the order of a pair changes."""
    database = Database.open(stand.fresh(), LOG_PAGES)
    database.migrate()
    try:
        now = clock.now()
        database.write_now(lambda c: actions.register_questions(c, read(CONTENT), now))
        screen = database.write_now(lambda c: enrol(c, "Hall", "", "", "Hall", now))
        sent = make(screen, CONTENT.name, questions, events)
        if len(stand.rounds) % 2:
            first, raw = _take(database, screen, sent), stand.raw(sent)
        else:
            raw, first = stand.raw(sent), _take(database, screen, sent)
        again = _take(database, screen, sent)
        counted = database.read_now(
            lambda c: sum(tally_store.ballots_of(c, [q.id for q in questions]).values())
        )
        if counted != events:
            raise MessagesLost(f"{counted} of {events} votes on {stand.name}")
    finally:
        database.close()
    return Round(raw, first, again)


def _take(database: Database, screen: Identity, sent: Events) -> float:
    """Do what the API does with each batch, one after the other; return the seconds."""
    kiosk = next(k for k in database.read_now(kiosk_store.everyone) if k.id == screen.id)
    begun = time.perf_counter()
    for raw in sent.batches:
        batch = read_batch(raw)
        database.write_now(
            partial(serve.take_batch, kiosk=kiosk, batch=batch, protocol=PROTOCOL, now=clock.now())
        )
    return time.perf_counter() - begun


def _sqlite(folder: Path) -> Stand:
    """Rows by executemany, 5,000 a commit, with the hub's own settings of SQLite."""

    def fresh() -> str:
        shutil.rmtree(folder / "sync", ignore_errors=True)
        (folder / "sync").mkdir()
        return f"sqlite:///{folder / 'sync' / 'hub.db'}"

    def raw(sent: Events) -> float:
        path = folder / "raw.db"
        path.unlink(missing_ok=True)
        connection = pysqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.execute(_TABLE.format(octets="BLOB"))
        begun = time.perf_counter()
        for rows in sent.row_batches():
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", rows)
            connection.execute("COMMIT")
        seconds = time.perf_counter() - begun
        connection.close()
        return seconds

    return Stand("sqlite", raw, fresh)


def _postgresql() -> Stand:
    """Rows by COPY, 5,000 a commit, on the same server."""
    from tests.postgres import fresh_database

    def raw(sent: Events) -> float:
        address = make_url(fresh_database()).set(drivername="postgresql")
        with psycopg.connect(address.render_as_string(hide_password=False)) as connection:
            connection.execute(_TABLE.format(octets="BYTEA").encode())
            connection.commit()
            begun = time.perf_counter()
            for rows in sent.row_batches():
                with connection.cursor().copy("COPY event FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                connection.commit()
            return time.perf_counter() - begun

    return Stand("postgresql", raw, fresh_database)


def _figures(stand: Stand, events: int) -> Iterator[Figure]:
    rounds = stand.rounds
    reference = {"sqlite": "executemany", "postgresql": "COPY"}[stand.name]
    rate = middle("", [events / r.raw for r in rounds], "").value
    name = f"sync.{stand.name}"
    yield middle(
        f"{name}.ratio", [r.raw / r.first for r in rounds], f"of {reference}", f"{rate:g}/s"
    )
    yield middle(f"{name}.per_second", [events / r.first for r in rounds], "messages/s")
    yield middle(
        f"{name}.replay", [r.first / r.again for r in rounds], "of first push", "new rows: 0"
    )


def _through_the_web(
    folder: Path, questions: list[Question], rounds: int, events: int
) -> Iterator[Figure]:
    """Send the same over HTTP to a hub in a process of its own, packed as a kiosk packs it."""
    stage = build(folder)
    sent = [make(screen, CONTENT.name, questions, events) for screen in stage.screens[:rounds]]
    hub = running(
        python("kiosk", "public"),
        stage.settings.hub_port,
        stage.settings.data / "public.log",
        stage.environment,
    )
    with hub as public:
        rates = [
            events / asyncio.run(_send(public.address, screen, each))
            for screen, each in zip(stage.screens, sent, strict=False)
        ]
    if (counted := _counted(stage, questions)) != rounds * events:
        raise MessagesLost(f"{counted} of {rounds * events} votes")
    yield middle("sync.web.per_second", rates, "messages/s", "over HTTP, batches of 5000, zstd")


async def _send(address: str, screen: Identity, sent: Events) -> float:
    from kiosk.sync.hub_client import HubClient

    client = HubClient(address, screen.credential)
    await client.pull(0, "", 0)  # now the client knows that the hub unpacks
    batches = [read_batch(raw) for raw in sent.batches]
    begun = time.perf_counter()
    for batch in batches:
        await client.push(batch)
    seconds = time.perf_counter() - begun
    await client.close()
    return seconds


def _counted(stage: Stage, questions: list[Question]) -> int:
    database = Database.open(stage.settings.hub_database)
    try:
        return database.read_now(
            lambda c: sum(tally_store.ballots_of(c, [q.id for q in questions]).values())
        )
    finally:
        database.close()
