"""``python -m benchmarks [MEASURE …]``: measures, prints each figure, writes build/bench.json."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from benchmarks import (
    commits,
    desk,
    figure,
    growth,
    live,
    memory,
    moderation,
    page,
    picture,
    rush,
    search,
    start,
    steps,
    sync,
    tallies,
    touch,
    votes,
)
from benchmarks.figure import Figure
from benchmarks.server import ROOT
from benchmarks.wrk import WrkMissing

RESULTS = ROOT / "build" / "bench.json"
MEASURES: Mapping[str, Callable[[], Iterator[Figure]]] = MappingProxyType(
    {
        "start": start.measure,
        "page": page.measure,
        "votes": votes.measure,
        "commits": commits.measure,
        "rush": rush.measure,
        "memory": memory.measure,
        "touch": touch.measure,
        "steps": steps.measure,
        "sync": sync.measure,
        "live": live.measure,
        "tallies": tallies.measure,
        "moderation": moderation.measure,
        "desk": desk.measure,
    }
)
ON_DEMAND: Mapping[str, Callable[[], Iterator[Figure]]] = MappingProxyType(
    {
        "memory-full": memory.measure_full,
        "tallies-full": tallies.measure_full,
        "growth": growth.measure,
        "picture": picture.measure,
        "search": search.measure,
    }
)
"""What takes minutes is measured only when it is named."""


def main(wanted: list[str]) -> int:
    """Run the measures named, or all; keep the figures of those that were not run."""
    every = {**MEASURES, **ON_DEMAND}
    unknown = sorted(set(wanted) - set(every))
    if unknown:
        print(f"There is no measure {unknown[0]!r}; one of {', '.join(every)}", file=sys.stderr)
        return 2
    figures = figure.read(RESULTS)
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    if busy > 0.5:
        print(f"This machine is busy already (load {busy:.1f} a core): ratios hold, times do not.")
    for name in wanted or MEASURES:
        begun = time.monotonic()
        try:
            for each in every[name]():
                print(figure.line(each), flush=True)
                figures = figure.merged(figures, [each])
                figure.write(RESULTS, figures)
        except WrkMissing as missing:
            print(missing, file=sys.stderr)
            return 1
        print(f"  {name}: {time.monotonic() - begun:.0f} s", flush=True)
    print(f"Written to {RESULTS.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
