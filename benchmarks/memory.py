"""What a hub's memory is after an evening: many pages, very many votes, each phone its own.

``memory`` takes a hundred thousand votes, ``memory-full`` a million. The reference is the same
process, and its counting office, once both have started and a first page was answered.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks import wrk
from benchmarks.figure import Figure, middle
from benchmarks.server import Running, memory, python, running
from benchmarks.stage import PHONE_HEADERS, Stage, build
from benchmarks.votes import MOST_PER_SECOND, hold
from kiosk.people.tokens import Kind

PAGES = 10_000
VOTES = 100_000
FULL = 1_000_000
SECONDS = 5
CONNECTIONS = 512
STILL = 10
"""Looks, a fifth of a second apart, that find the same: nothing starts any more."""
PATIENCE_S = 30


def measure_full() -> Iterator[Figure]:
    """Yield the same after a million votes."""
    yield from measure(FULL)


def measure(votes: int = VOTES) -> Iterator[Figure]:
    """Yield the resident memory at the start and after, and the one by the other."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        stage = build(Path(folder))
        log = Path(folder) / "hub.log"
        hub = running(python("kiosk", "public"), stage.settings.hub_port, log, stage.environment)
        with hub as public:
            httpx.get(f"{public.address}/q/{stage.poster()}", trust_env=False).raise_for_status()
            start = _settled(public) / 2**20
            _pages(stage, public)
            pages = memory(public.process) / 2**20
            counted = 0
            while counted < votes:
                counted += _votes(stage, public)
            end = memory(public.process) / 2**20
    told = f"after {PAGES} pages and {counted} votes"
    yield middle("memory.start", [start], "MB", "resident, after its first page")
    yield middle("memory.pages", [pages], "MB", f"after {PAGES} pages")
    yield middle("memory.end", [end], "MB", told)
    yield middle("memory.ratio", [end / start], "times", f"at most 1.5; {told}")


def _settled(public: Running) -> int:
    """Return what the hub holds once its counting office is there and has begun, in bytes."""
    seen = [memory(public.process)]
    until = time.monotonic() + PATIENCE_S
    while len(seen) < STILL or len(set(seen[-STILL:])) > 1:
        if time.monotonic() > until:
            raise RuntimeError(f"its memory does not come to rest: {seen[-STILL:]}")
        time.sleep(0.2)
        seen.append(memory(public.process))
    return seen[-1]


def _pages(stage: Stage, public: Running) -> None:
    """Open pages of many codes until there were enough."""
    codes = stage.settings.data / "codes.txt"
    codes.write_text("\n".join(stage.codes(6_000, Kind.POSTER)) + "\n")
    opened = 0
    while opened < PAGES:
        opened += _send(public, 1, [str(codes), "/q/", "", PHONE_HEADERS]).requests


def _votes(stage: Stage, public: Running) -> int:
    """Have new phones vote for some seconds; return how many votes were counted."""
    ballots = stage.settings.data / "ballots.txt"
    ballots.write_text("\n".join(stage.votes(MOST_PER_SECOND * SECONDS)) + "\n")
    headers = f"{PHONE_HEADERS}|Sec-Fetch-Site: same-origin"
    before = stage.counted()
    load = _send(public, SECONDS, [str(ballots), "/q/", "&", headers])
    counted = stage.counted() - before
    hold(load, counted, MOST_PER_SECOND * SECONDS)
    return counted


def _send(public: Running, seconds: int, arguments: list[str]) -> wrk.Load:
    return wrk.load(
        public.address,
        connections=CONNECTIONS,
        seconds=seconds,
        script="send.lua",
        arguments=arguments,
    )
