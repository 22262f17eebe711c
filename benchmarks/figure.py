"""A measured figure with its spread, and the file that a run leaves behind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Figure:
    """One result: *value* with the lowest and highest of its repetitions.

    *reference* says what it is held against: a goal, or what a ratio was divided by.
    """

    name: str
    value: float
    low: float
    high: float
    unit: str
    reference: str


def middle(name: str, samples: Sequence[float], unit: str, reference: str = "") -> Figure:
    """Return the median of *samples* (at least one) with the lowest and the highest."""
    return Figure(
        name, _tidy(median(samples)), _tidy(min(samples)), _tidy(max(samples)), unit, reference
    )


def percentile(samples: Sequence[float], percent: int) -> float:
    """Return the *percent* percentile of at least two samples, between the two next to it."""
    return quantiles(samples, n=100, method="inclusive")[percent - 1]


def write(path: Path, figures: Iterable[Figure]) -> None:
    """Write a run's figures as a JSON list, in one stroke."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps([asdict(figure) for figure in figures], indent=1) + "\n")
    beside.replace(path)


def read(path: Path) -> list[Figure]:
    """Read what :func:`write` wrote; an absent file is an empty list."""
    return [Figure(**each) for each in json.loads(path.read_text())] if path.is_file() else []


def merged(before: Iterable[Figure], now: Iterable[Figure]) -> list[Figure]:
    """Return the figures of both, the newer one where both have the same name."""
    by_name = {figure.name: figure for figure in (*before, *now)}
    return [by_name[name] for name in sorted(by_name)]


def line(figure: Figure) -> str:
    """Return a figure as one line of a table."""
    value = f"{figure.value:g} {figure.unit}"
    spread = f"({figure.low:g} … {figure.high:g})"
    return f"{figure.name:<32} {value:<18} {spread:<22} {figure.reference}"


def _tidy(value: float) -> float:
    return float(f"{value:.4g}")
