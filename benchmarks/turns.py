"""The reference and the hub under the same load in turns, and the figures that come of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks import wrk
from benchmarks.figure import Figure, middle
from benchmarks.server import Running, cpu_seconds


@dataclass(frozen=True, slots=True)
class Turn:
    """One load of each, and the processor time that each process took for a request, in µs."""

    bare: wrk.Load
    ours: wrk.Load
    bare_cpu_us: float
    our_cpu_us: float

    @property
    def ratio(self) -> float:
        """What the hub answers in a second, as a part of what the bare handler does."""
        return self.ours.per_second / self.bare.per_second


def take(
    bare: Running,
    ours: Running,
    *,
    connections: int,
    seconds: int,
    arguments: Sequence[str],
    core: int | None = None,
) -> Turn:
    """Load the bare handler, then ours, with the same requests (*arguments* of send.lua)."""
    loads, micros = [], []
    for process in (bare, ours):
        before = cpu_seconds(process.process)
        load = wrk.load(
            process.address,
            connections=connections,
            seconds=seconds,
            script="send.lua",
            arguments=arguments,
            core=core,
        )
        used = cpu_seconds(process.process) - before
        loads.append(load)
        micros.append(used / max(load.requests, 1) * 1e6)
    return Turn(loads[0], loads[1], micros[0], micros[1])


def figures(name: str, turns: Sequence[Turn], unit: str, goal: str) -> Iterator[Figure]:
    """Yield the ratio, the rate, the processor time of a request and the 99th percentile.

    The processor time says most on a machine that others use as well.
    """
    bare = middle("", [turn.bare.per_second for turn in turns], "")
    bare_cpu = middle("", [turn.bare_cpu_us for turn in turns], "")
    against = f"bare handler (benchmarks/bare.py): {bare.value:g}/s"
    yield middle(f"{name}.ratio", [turn.ratio for turn in turns], "of bare", against)
    yield middle(f"{name}.per_second", [t.ours.per_second for t in turns], f"{unit}/s", goal)
    cpu = f"processor time each, office included; bare handler: {bare_cpu.value:g} µs"
    yield middle(f"{name}.cpu", [turn.our_cpu_us for turn in turns], "µs", cpu)
    yield middle(f"{name}.p99", [t.ours.p99_ms for t in turns], "ms", "until it is answered")
