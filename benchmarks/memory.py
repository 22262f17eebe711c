"""What a hub's memory is after an evening: many pages, very many votes, each phone its own.

``memory`` takes a hundred thousand votes, ``memory-full`` a million. The reference is the same
process once it has answered its first page.
"""

from __future__ import annotations

import tempfile
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
            start = memory(public.process) / 2**20
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
