"""The picture of how costs grow: a panel for what was measured at every size, none without."""

from __future__ import annotations

import pytest

from benchmarks.curves import PERCENTS, draw
from benchmarks.figure import Figure


def measured(what: str, *values: float) -> list[Figure]:
    return [
        Figure(f"growth.{percent}.{what}", value, value * 0.9, value * 1.2, "µs", "")
        for percent, value in zip(PERCENTS, values, strict=False)
    ]


def test_a_panel_for_each_cost_that_was_measured_at_every_size() -> None:
    """Votes were measured at three sizes, ticks at two: one panel."""
    svg = draw(measured("vote.hub", 100, 120, 130) + measured("tick", 4, 5))
    titles = [each.text for each in svg.iter("text") if each.get("font-weight") == "bold"]
    assert titles == ["A vote: hub’s processor"]
    assert len(list(svg.iter("circle"))) == len(PERCENTS)


def test_more_stands_higher_and_everything_stands_inside() -> None:
    """A cost that grows tenfold goes up, also with its highest repetition."""
    svg = draw(measured("vote.wal", 90, 900, 999))
    heights = [float(str(each.get("cy"))) for each in svg.iter("circle")]
    assert heights == sorted(heights, reverse=True)
    assert all(float(str(line.get("y2"))) >= 0 for line in svg.iter("line"))


def test_without_figures_it_is_said_what_to_run() -> None:
    with pytest.raises(ValueError, match="benchmarks growth"):
        draw([])
