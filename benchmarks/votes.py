"""Votes a second, each durable before it is answered, as a part of a bare handler's requests.

Both run at once on the same server, one of them under load at a time, in turns. Every vote has a
ticket of its own, as every phone has: its signature is checked, limits are counted, the ballot and
the tally are written in one transaction, which is on the disk when the phone hears of it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import wrk
from benchmarks.figure import Figure
from benchmarks.server import Running, free_port, python, running
from benchmarks.stage import PHONE_HEADERS, Stage, build
from benchmarks.turns import Turn, figures, take
from tests.postgres import fresh_database

ROUNDS = 5
SECONDS = 3
CONNECTIONS = (64, 512)
MOST_PER_SECOND = 18_000
"""Votes a second for which tickets are made beforehand; wrk begins again if they are too few."""


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
                    _turn(stage, reference, public, connections, seconds) for _ in range(rounds)
                ]
                yield from figures(f"votes.{name}.{connections}", turns, "votes", "each durable")


def _turn(stage: Stage, bare: Running, public: Running, connections: int, seconds: int) -> Turn:
    ballots = stage.settings.data / "ballots.txt"
    ballots.write_text("\n".join(stage.votes(MOST_PER_SECOND * seconds)) + "\n")
    headers = f"{PHONE_HEADERS}|Sec-Fetch-Site: same-origin"
    before = stage.counted()
    turn = take(
        bare,
        public,
        connections=connections,
        seconds=seconds,
        arguments=[str(ballots), "/q/", "&", headers],
    )
    hold(turn.ours, stage.counted() - before, MOST_PER_SECOND * seconds)
    return turn


def hold(load: wrk.Load, counted: int, tickets: int) -> None:
    """Raise unless every acknowledged vote is counted.

    What wrk had under way when its time was over may be counted without having been heard of.
    """
    if load.failed or counted < min(load.requests, tickets):
        raise VotesLost(f"{load.requests} answered, {load.failed} failed, {counted} counted")
