"""Votes a second, each durable before it is answered, as a part of a bare handler's requests.

Both run at once on the same server, one of them under load at a time, in turns. Every vote has a
ticket of its own, as every phone has: its signature is checked, limits are counted, the ballot and
the tally are written in one transaction, which is on the disk when the phone hears of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import wrk
from benchmarks.figure import Figure, middle
from benchmarks.server import free_port, python, running
from benchmarks.stage import PHONE_HEADERS, Stage, build
from tests.postgres import fresh_database

ROUNDS = 5
SECONDS = 4
CONNECTIONS = (64, 512)
MOST_PER_SECOND = 12_000
"""Votes a second for which tickets are made beforehand; wrk begins again if they are too few."""


@dataclass(frozen=True, slots=True)
class Round:
    """One turn of each: requests a second of the bare handler, votes a second, the votes' p99."""

    bare: float
    votes: float
    p99_ms: float


class VotesLost(Exception):
    """The hub acknowledged more votes than it counted, or refused some."""


def measure(rounds: int = ROUNDS, seconds: int = SECONDS) -> Iterator[Figure]:
    """Yield votes a second and their ratio to the bare handler, on SQLite and PostgreSQL."""
    for name, url in (("sqlite", ""), ("postgresql", fresh_database())):
        yield from _on(name, url, rounds, seconds)


def _on(name: str, url: str, rounds: int, seconds: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        logs = Path(folder)
        stage = build(logs, url)
        port = free_port()
        bare = running(python("benchmarks.bare", str(port)), port, logs / "bare.log", path="/")
        hub = running(
            python("kiosk", "public"), stage.settings.hub_port, logs / "hub.log", stage.environment
        )
        with bare as reference, hub as public:
            for connections in CONNECTIONS:
                turns = [
                    _turn(stage, reference.address, public.address, connections, seconds)
                    for _ in range(rounds)
                ]
                yield from _figures(f"votes.{name}.{connections}", turns)


def _figures(name: str, turns: Sequence[Round]) -> Iterator[Figure]:
    bare = middle("", [turn.bare for turn in turns], "")
    against = f"bare handler, benchmarks/bare.py: {bare.value:g}/s"
    yield middle(f"{name}.ratio", [t.votes / t.bare for t in turns], "of bare", against)
    yield middle(f"{name}.per_second", [t.votes for t in turns], "votes/s", "each durable")
    yield middle(f"{name}.p99", [t.p99_ms for t in turns], "ms", "until the phone hears of it")


def _turn(stage: Stage, bare: str, public: str, connections: int, seconds: int) -> Round:
    """Load the bare handler, then the hub, with the same requests."""
    ballots = stage.settings.data / "ballots.txt"
    ballots.write_text("\n".join(stage.ballots(MOST_PER_SECOND * seconds)) + "\n")
    address = f"/q/{stage.poster()}"
    headers = f"{PHONE_HEADERS}|Sec-Fetch-Site: same-origin"
    words = [str(ballots), address, "&", headers]
    before = stage.counted()
    loads = [
        wrk.load(
            where, connections=connections, seconds=seconds, script="send.lua", arguments=words
        )
        for where in (bare, public)
    ]
    _hold(loads[1], stage.counted() - before, MOST_PER_SECOND * seconds)
    return Round(loads[0].per_second, loads[1].per_second, loads[1].p99_ms)


def _hold(load: wrk.Load, counted: int, tickets: int) -> None:
    """Raise unless every acknowledged vote is counted.

    What wrk had under way when its time was over may be counted without having been heard of.
    """
    if load.failed or counted < min(load.requests, tickets):
        raise VotesLost(f"{load.requests} answered, {load.failed} failed, {counted} counted")
