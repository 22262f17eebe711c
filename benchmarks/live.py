"""What 2,000 open screens cost those who vote: votes a second with their streams and without.

The same hub in turns: alone, then with 2,000 streams of the very question that is voted on, so
that each publication goes out to all of them. SQLite, each vote durable before it is answered.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import wrk
from benchmarks.figure import Figure, middle
from benchmarks.server import Running, cpu_seconds, memory, python, running
from benchmarks.stage import PHONE_HEADERS, Stage, build
from benchmarks.votes import MOST_PER_SECOND, VotesLost

ROUNDS = 5
SECONDS = 4
SCREENS = 2_000
CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Turn:
    """Votes alone and beside the screens, and what the screens were sent meanwhile."""

    alone: wrk.Load
    beside: wrk.Load
    told: dict[str, float]
    idle_cpu: float
    """Seconds of processor for each second that the screens only hang there."""
    each_bytes: float
    """Memory that the hub took for one screen."""
    alone_cpu_us: float
    """Processor time of the hub for a vote, in microseconds."""
    beside_cpu_us: float
    """The same beside the screens, with what they take counted in."""


def measure(rounds: int = ROUNDS, seconds: int = SECONDS) -> Iterator[Figure]:
    """Yield the ratio of votes, what a screen is sent, and what it costs."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        logs = Path(folder)
        stage = build(logs)
        hub = running(
            python("kiosk", "public"), stage.settings.hub_port, logs / "hub.log", stage.environment
        )
        with hub as public:
            _vote(stage, public, 1)
            turns = [_turn(stage, public, seconds) for _ in range(rounds)]
    ratios = [turn.beside.per_second / turn.alone.per_second for turn in turns]
    alone = middle("", [turn.alone.per_second for turn in turns], "")
    against = f"at least 0.85; without screens: {alone.value:g}/s"
    yield middle("live.votes.ratio", ratios, "of alone", against)
    by_cpu = [turn.alone_cpu_us / turn.beside_cpu_us for turn in turns]
    said = "the same by the hub's own processor time a vote: other work on the machine stays out"
    yield middle("live.votes.cpu_ratio", by_cpu, "of alone", said)
    each = [turn.told["messages"] / turn.told["seconds"] / SCREENS for turn in turns]
    yield middle("live.states", each, "a second", f"to each of {SCREENS} screens; at most 5")
    memories = [turn.each_bytes / 1024 for turn in turns if turn.each_bytes > 0]
    yield middle("live.memory", memories or [0.0], "KiB", "of the hub for each screen")
    idle = [turn.idle_cpu * 100 for turn in turns]
    yield middle("live.idle", idle, "% of a core", f"{SCREENS} screens and no votes")


def _turn(stage: Stage, public: Running, seconds: int) -> Turn:
    used = cpu_seconds(public.process)
    alone = _vote(stage, public, seconds)
    alone_cpu = cpu_seconds(public.process) - used
    before = memory(public.process)
    with screens(stage, public.address) as told:
        each = (memory(public.process) - before) / SCREENS
        used = cpu_seconds(public.process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            public.process.wait(1)
        idle = cpu_seconds(public.process) - used
        used = cpu_seconds(public.process)
        beside = _vote(stage, public, seconds)
        beside_cpu = cpu_seconds(public.process) - used
    if told["ended"]:
        raise VotesLost(f"{told['ended']:g} streams ended")
    return Turn(
        alone,
        beside,
        dict(told),
        idle,
        each,
        alone_cpu / alone.requests * 1e6,
        beside_cpu / beside.requests * 1e6,
    )


@contextlib.contextmanager
def screens(stage: Stage, address: str, count: int = SCREENS) -> Iterator[dict[str, float]]:
    """Have screens follow the statement while the block runs; it then holds what they were sent."""
    path = "/wall/stream?" + urlencode({"q": stage.question.id, "lang": "en"})
    process = subprocess.Popen(
        python("benchmarks.subscribers", address, path, str(count)),
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )
    told: dict[str, float] = {}
    try:
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise VotesLost("the screens did not get their first state")
        yield told
        printed, _ = process.communicate("\n", timeout=60)
        told.update(json.loads(printed))
    finally:
        process.kill()
        process.wait()


def _vote(stage: Stage, public: Running, seconds: int) -> wrk.Load:
    ballots = stage.settings.data / "ballots.txt"
    tickets = MOST_PER_SECOND * seconds
    ballots.write_text("\n".join(stage.ballots(tickets)) + "\n")
    before = stage.counted()
    load = wrk.load(
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
    counted = stage.counted() - before
    if load.failed or counted < min(load.requests, tickets):
        raise VotesLost(f"{load.requests} answered, {load.failed} failed, {counted} counted")
    return load
