"""What sharing commits is worth where a commit takes 10 ms: 512 phones that vote at once."""

from __future__ import annotations

import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import wrk
from benchmarks.figure import Figure, middle
from benchmarks.server import Running, python, running
from benchmarks.stage import PHONE_HEADERS, Stage, build
from benchmarks.votes import MOST_PER_SECOND, hold

ROUNDS = 5
SECONDS = 3
CONNECTIONS = 512
WAYS = ("single", "shared")


def measure(rounds: int = ROUNDS, seconds: int = SECONDS) -> Iterator[Figure]:
    """Yield votes a second each way, in turns, and by how much sharing is faster."""
    found: dict[str, list[float]] = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        stages = {way: build(_made(Path(folder) / way)) for way in WAYS}
        with (
            _hub(Path(folder), "single", stages["single"]) as single,
            _hub(Path(folder), "shared", stages["shared"]) as shared,
        ):
            for _ in range(rounds):
                for way, public in zip(WAYS, (single, shared), strict=True):
                    found[way].append(_votes(stages[way], public, seconds).per_second)
    ratios = [many / one for one, many in zip(found["single"], found["shared"], strict=True)]
    told = "10 ms a commit, 512 connections"
    yield middle("commits.single", found["single"], "votes/s", f"{told}, one for each vote")
    yield middle("commits.shared", found["shared"], "votes/s", f"{told}, shared")
    yield middle("commits.ratio", ratios, "times", "at least 100 times, stretch 160")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _hub(folder: Path, way: str, stage: Stage) -> contextlib.AbstractContextManager[Running]:
    command = python("benchmarks.slow_disk", way)
    return running(command, stage.settings.hub_port, folder / f"{way}.log", stage.environment)


def _settled(stage: Stage) -> int:
    """Return what is counted once nothing waits any more: a run leaves what it had under way."""
    counted = -1
    while counted != (now := stage.counted()):
        counted = now
        time.sleep(0.3)
    return counted


def _votes(stage: Stage, public: Running, seconds: int) -> wrk.Load:
    ballots = stage.settings.data / "ballots.txt"
    ballots.write_text("\n".join(stage.votes(MOST_PER_SECOND * seconds)) + "\n")
    before = _settled(stage)
    load = wrk.load(
        public.address,
        connections=CONNECTIONS,
        seconds=seconds,
        script="send.lua",
        arguments=[
            str(ballots),
            "/q/",
            "&",
            f"{PHONE_HEADERS}|Sec-Fetch-Site: same-origin",
        ],
    )
    hold(load, stage.counted() - before, MOST_PER_SECOND * seconds)
    return load
