"""How long a decision at the desk waits for its commit while votes saturate the same SQLite file.

The desk is a process of its own: this one opens the hub's database as it does, and approves and
undoes as its buttons do, while wrk votes over 512 connections as fast as the hub takes them. In
turns with the same decisions while nobody votes.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import wrk
from benchmarks.figure import Figure, middle, percentile
from benchmarks.moderation import appoint, write
from benchmarks.server import Running, python, running
from benchmarks.stage import PHONE_HEADERS, Stage, build
from benchmarks.votes import MOST_PER_SECOND, VotesLost
from kiosk import clock
from kiosk.database.connection import Database
from kiosk.moderation import actions
from kiosk.people.staff import Actor
from kiosk.voice.comment import Comment

ROUNDS = 5
SECONDS = 4
CONNECTIONS = 512
APART_S = 0.03
"""Seconds between two decisions: thirty people press at once."""


def measure(rounds: int = ROUNDS, seconds: int = SECONDS) -> Iterator[Figure]:
    """Yield p50 and p95 of a decision in milliseconds, alone and beside votes."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        logs = Path(folder)
        stage = build(logs)
        hub = running(
            python("kiosk", "public"), stage.settings.hub_port, logs / "hub.log", stage.environment
        )
        database = Database.open(stage.settings.hub_database)
        try:
            with hub as public:
                meera = database.write_now(appoint)
                comment = database.write_now(partial(write, stage=stage, number=0))
                alone, beside, votes = [], [], []
                for _ in range(rounds):
                    alone.append(_decide(database, meera, comment, threading.Event(), seconds / 2))
                    took, load = _beside_votes(database, meera, comment, stage, public, seconds)
                    beside.append(took)
                    votes.append(load.per_second)
        finally:
            database.close()
    rate = f"{middle('', votes, '').value:g} votes/s beside it, SQLite"
    for percent in (50, 95):
        goal = f"at most 50 ms at p95; {sum(map(len, beside))} decisions, {rate}"
        values = [percentile(each, percent) for each in beside]
        yield middle(f"desk.beside_votes.p{percent}", values, "ms", goal)
        values = [percentile(each, percent) for each in alone]
        yield middle(f"desk.alone.p{percent}", values, "ms", "nobody votes")


def _beside_votes(
    database: Database, meera: Actor, comment: Comment, stage: Stage, public: Running, seconds: int
) -> tuple[list[float], wrk.Load]:
    """Decide while wrk votes; return the milliseconds of each decision, and the load."""
    ballots = stage.settings.data / "ballots.txt"
    ballots.write_text("\n".join(stage.ballots(MOST_PER_SECOND * seconds)) + "\n")
    ended, loads = threading.Event(), []

    def vote() -> None:
        try:
            loads.append(
                wrk.load(
                    public.address,
                    connections=CONNECTIONS,
                    seconds=seconds,
                    script="send.lua",
                    arguments=[
                        str(ballots),
                        f"/q/{stage.poster()}",
                        "&",
                        f"{PHONE_HEADERS}|Sec-Fetch-Site: same-origin",
                    ],
                )
            )
        finally:
            ended.set()

    counted = stage.counted()
    voting = threading.Thread(target=vote)
    voting.start()
    while stage.counted() == counted and not ended.is_set():
        time.sleep(0.02)
    took = _decide(database, meera, comment, ended, seconds)
    voting.join()
    if not loads or loads[0].failed:
        raise VotesLost("votes were refused beside the desk")
    return took, loads[0]


def _decide(
    database: Database, meera: Actor, comment: Comment, ended: threading.Event, seconds: float
) -> list[float]:
    """Approve and undo by turns until *ended* or the seconds are over; return the milliseconds."""
    return asyncio.run(_deciding(database, meera, comment.id, ended, seconds))


async def _deciding(
    database: Database, meera: Actor, comment: str, ended: threading.Event, seconds: float
) -> list[float]:
    took: list[float] = []
    until = time.monotonic() + seconds
    kept = await database.read(partial(actions.seen_by, comment=comment, staff=meera))
    while time.monotonic() < until and not ended.is_set():
        decide = actions.undo if len(took) % 2 else actions.approve
        decided = partial(
            decide, comment=comment, revision=kept.revision, staff=meera, now=clock.now()
        )
        begun = time.perf_counter()
        kept = await database.write(decided)
        took.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(APART_S)
    if len(took) % 2:
        undone = partial(
            actions.undo, comment=comment, revision=kept.revision, staff=meera, now=clock.now()
        )
        await database.write(undone)
    return took
