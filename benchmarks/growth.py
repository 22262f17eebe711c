"""What a vote, a kiosk and an open screen cost as an evening goes on: at 1 %, 10 % and all of it.

An evening is 1,000,000 phones in 50 cities with 20 kiosks each (benchmarks/evening.py). The data is
as large as it would be, up to the whole evening; the load is as much as this machine takes, and a
cost is told for each one, so that it can be multiplied. Two public processes share a PostgreSQL.
``python -m benchmarks growth``; some minutes, so not among those of ``make bench``.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from benchmarks import live, wrk
from benchmarks.evening import Evening, fill
from benchmarks.expense import Expense, Meter
from benchmarks.figure import Figure, middle
from benchmarks.server import Running, python, running
from benchmarks.stage import CONTENT, PHONE_HEADERS, Stage, build
from benchmarks.votes import MOST_PER_SECOND, VotesLost
from kiosk import clock, ids
from kiosk.database.connection import Database
from kiosk.exhibition.reader import read
from kiosk.live.tallies import publish_tallies
from kiosk.sync import submit
from kiosk.sync.hub_client import HubClient
from kiosk.sync.push import Push
from kiosk.voice import actions, tally_store
from kiosk.voice.ballot import Cast
from kiosk.voice.place import Channel, Place
from tests.postgres import fresh_database

PARTS = (0.01, 0.1, 1.0)
ROUNDS = 5
WORKERS = 2
SECONDS = 2
CONNECTIONS = 64
PUSHED = 500
"""Votes that a kiosk sends at once, as after some minutes without a network."""
POLLS = 40
SCREENS = 400
STATES = 5


def measure(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Yield the costs at each size: ``growth.<percent of an evening>.<what>``."""
    for part in PARTS:
        with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
            yield from _at(part, Path(folder), rounds)


def _at(part: float, folder: Path, rounds: int) -> Iterator[Figure]:
    stage = build(folder, fresh_database())
    database = Database.open(stage.settings.hub_database)
    begun = time.monotonic()
    evening = database.write_now(partial(fill, part=part))
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.exec_driver_sql("VACUUM ANALYZE ballot, tally")
        line.exec_driver_sql("CHECKPOINT")
    name = f"growth.{round(part * 100)}"
    said = f"{evening.phones} ballots of {evening.kiosks} kiosks, {evening.lines} lines of tallies"
    yield middle(f"{name}.filled", [time.monotonic() - begun], "s", said)
    environment = {**stage.environment, "KIOSK_HUB_WORKERS": str(WORKERS)}
    hub = running(
        python("kiosk", "public"), stage.settings.hub_port, folder / "hub.log", environment
    )
    try:
        with hub as public, Meter(stage.settings.hub_database, public) as meter:
            _vote(stage, public, 1)
            yield from _votes(name, stage, public, meter, rounds)
            yield from _published(name, database, stage, evening, rounds)
            yield from _kiosks(name, stage, public, meter, rounds)
            yield from _screens(name, stage, public, meter, database, rounds)
            yield middle(f"{name}.deadlocks", [float(meter.deadlocks)], "times", "in all of it")
    finally:
        database.close()


def _votes(name: str, stage: Stage, public: Running, meter: Meter, rounds: int) -> Iterator[Figure]:
    each, rates = [], []
    for _ in range(rounds):
        with meter.expense() as spent:
            load = _vote(stage, public, SECONDS)
        each.append((spent, load.requests))
        rates.append(load.per_second)
    yield middle(f"{name}.vote.per_second", rates, "votes/s", "both processes, on 2 cores with wrk")
    yield from _cost(f"{name}.vote", each, "a vote")


def _published(
    name: str, database: Database, stage: Stage, evening: Evening, rounds: int
) -> Iterator[Figure]:
    """Publish one question's tally, as the ticker does, and tell how large it is."""
    took, sizes = [], []
    for _ in range(rounds):
        database.write_now(lambda c: tally_store.move(c, stage.question.id, _HALL, {"*": 1}))
        begun = time.perf_counter()
        database.write_now(partial(publish_tallies, now=clock.now()))
        took.append((time.perf_counter() - begun) * 1000)
        lines = database.read_now(lambda c: tally_store.lines(c, stage.question.id))
        sizes.append(float(len(lines)))
    yield middle(f"{name}.tick", took, "ms", f"one question's tally; {evening.kiosks} kiosks")
    yield middle(f"{name}.tick.lines", sizes, "lines", "in one question's tally")


def _kiosks(
    name: str, stage: Stage, public: Running, meter: Meter, rounds: int
) -> Iterator[Figure]:
    pushed, polled, told = [], [], []
    for n in range(rounds):
        screen = stage.screens[n]
        kiosk = Database.open(f"sqlite:///{stage.settings.data / screen.id}.db")
        kiosk.migrate()
        try:
            kiosk.write_now(partial(_touched, stage=stage, place=screen.place, origin=screen.id))
            with meter.expense() as spent:
                asyncio.run(_push(kiosk, public.address, screen.credential))
            pushed.append((spent, PUSHED))
            with meter.expense() as spent:
                octets = asyncio.run(_poll(stage, public.address, screen.credential))
            polled.append((spent, POLLS))
            told.append(octets / 1024)
        finally:
            kiosk.close()
    yield from _cost(f"{name}.push", pushed, "a vote sent by a kiosk")
    yield from _cost(f"{name}.poll", polled, "a kiosk's look at the feed, one tally new")
    yield middle(f"{name}.poll.size", told, "KiB", "of that answer, unpacked")


def _screens(
    name: str, stage: Stage, public: Running, meter: Meter, database: Database, rounds: int
) -> Iterator[Figure]:
    """Move one tally so often with screens and without; the difference is theirs."""
    each = []
    for _ in range(rounds):
        with meter.expense() as alone:
            _move(database, stage)
        with (
            live.screens(stage, public.address, SCREENS) as told,
            meter.expense() as beside,
        ):
            _move(database, stage)
        messages = max(told["messages"], 1)
        each.append(max(beside.hub_s - alone.hub_s, 0) / messages * 1e6)
    yield middle(f"{name}.screen.cpu", each, "µs", f"a state to one of {SCREENS} open screens")


def _cost(name: str, spent: list[tuple[Expense, int]], of: str) -> Iterator[Figure]:
    yield middle(f"{name}.hub", [e.hub_s / n * 1e6 for e, n in spent], "µs", f"hub, {of}")
    yield middle(f"{name}.database", [e.database_s / n * 1e6 for e, n in spent], "µs", "PostgreSQL")
    yield middle(f"{name}.wal", [e.wal / n for e, n in spent], "bytes", "written ahead")
    yield middle(f"{name}.stored", [e.stored / n for e, n in spent], "bytes", "kept")


def _vote(stage: Stage, public: Running, seconds: int) -> wrk.Load:
    ballots = stage.settings.data / "ballots.txt"
    ballots.write_text("\n".join(stage.ballots(MOST_PER_SECOND * seconds)) + "\n")
    headers = f"{PHONE_HEADERS}|Sec-Fetch-Site: same-origin"
    load = wrk.load(
        public.address,
        connections=CONNECTIONS,
        seconds=seconds,
        script="send.lua",
        arguments=[str(ballots), f"/q/{stage.poster()}", "&", headers],
    )
    if load.failed:
        raise VotesLost(f"{load.failed} of {load.requests}")
    return load


def _move(database: Database, stage: Stage) -> None:
    for _ in range(STATES):
        database.write_now(lambda c: tally_store.move(c, stage.question.id, _HALL, {"*": 1}))
        time.sleep(0.4)


def _touched(connection: Connection, stage: Stage, place: str, origin: str) -> None:
    """Vote so often at a touchscreen."""
    now = clock.now()
    actions.register_questions(connection, read(CONTENT), now)
    at = Place(CONTENT.name, "", place, Channel.TOUCHSCREEN, origin)
    choices = stage.question.choice_ids()
    for n in range(PUSHED):
        cast = Cast(ids.new_id(), stage.question.id, ids.new_id(), (choices[n % 3],), at, now)
        submit.cast_ballot(connection, cast, now)


async def _push(kiosk: Database, address: str, credential: str) -> None:
    client = HubClient(address, credential)
    await Push(kiosk, client, clock.now).once()
    await client.close()


async def _poll(stage: Stage, address: str, credential: str) -> float:
    """Look at the feed so often, each time one tally behind; return the octets of an answer."""
    database = Database.open(stage.settings.hub_database)
    try:
        await database.write(lambda c: tally_store.move(c, stage.question.id, _HALL, {"*": 1}))
        await database.write(partial(publish_tallies, now=clock.now()))
    finally:
        database.close()
    client = HubClient(address, credential)
    head = (await client.pull(2**40, "", 0)).head
    page = await client.pull(head - 1, "", 0)
    for _ in range(POLLS - 2):
        await client.pull(head - 1, "", 0)
    await client.close()
    return float(len(msgspec.json.encode(page)))


_HALL = Place(CONTENT.name, "city-1", "hall-1", Channel.PHONE)
