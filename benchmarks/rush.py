"""Two thousand phones scan one hall's codes within a second: page and vote, each on its own line.

What it is held against is the same at five hundred a second, in turns. A phone counts as failed
unless its page came and its vote was acknowledged; the tally must hold every acknowledged vote.
"""

from __future__ import annotations

import json
import resource
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path

from benchmarks.figure import Figure, middle
from benchmarks.server import Running, python, running
from benchmarks.stage import CODES, PHONE_HEADERS, Stage, build
from benchmarks.votes import VotesLost

ROUNDS = 5
CALM, RUSH = 500, 2_000
"""Phones a second."""
SECONDS = 1


def measure(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Yield failures, and how long the slowest hundredth of the votes took at both rates."""
    _many_files()
    told: dict[int, list[Mapping[str, float]]] = {CALM: [], RUSH: []}
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        stage = build(Path(folder))
        log = Path(folder) / "hub.log"
        hub = running(python("kiosk", "public"), stage.settings.hub_port, log, stage.environment)
        with hub as public:
            _come(stage, public, CALM)  # the first pages of a process are set now
            for _ in range(rounds):
                for rate, found in told.items():
                    found.append(_come(stage, public, rate))
    ratios = [
        rush["post_p99_ms"] / calm["post_p99_ms"]
        for calm, rush in zip(told[CALM], told[RUSH], strict=True)
    ]
    phones = f"{RUSH} phones in {SECONDS} s, page and vote each on a new connection"
    yield middle("rush.failed", [each["failed"] for each in told[RUSH]], "phones", f"0; {phones}")
    for rate, found in told.items():
        name = f"rush.{rate}"
        yield middle(f"{name}.post_p99", [each["post_p99_ms"] for each in found], "ms", "the vote")
        yield middle(f"{name}.page_p99", [each["page_p99_ms"] for each in found], "ms", "the page")
    yield middle("rush.ratio", ratios, "times", f"vote's p99 at {RUSH}/s ÷ at {CALM}/s: at most 5")


def _many_files() -> None:
    """Let this process and those it starts have as many connections open as the system allows."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _come(stage: Stage, public: Running, rate: int) -> Mapping[str, float]:
    codes = stage.settings.data / "posters.txt"
    shown = stage.codes(CODES)  # a screen's last a minute
    codes.write_text("\n".join(islice(cycle(shown), rate * SECONDS)))
    before = stage.counted()
    words = (public.address, str(codes), str(rate), str(SECONDS), PHONE_HEADERS)
    done = subprocess.run(
        python("benchmarks.crowd", *words), capture_output=True, text=True, check=True, timeout=120
    )
    told: Mapping[str, float] = json.loads(done.stdout)
    acknowledged = told["phones"] - told["failed"]
    if stage.counted() - before < acknowledged:
        raise VotesLost(f"{acknowledged:g} acknowledged, {stage.counted() - before} counted")
    return told
