"""Draws what each vote, kiosk and screen costs as an evening goes on: docs/curves.svg.

``python -m benchmarks.curves`` reads what ``python -m benchmarks growth`` left in build/bench.json.
Each panel has a scale of its own that begins at zero; a line from the lowest to the highest of the
repetitions stands at each median.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ElementTree, SubElement, indent

from benchmarks import figure
from benchmarks.figure import Figure
from benchmarks.server import ROOT

RESULTS = ROOT / "build" / "bench.json"
PICTURE = ROOT / "docs" / "curves.svg"
PERCENTS = (1, 10, 100)
PANELS = (
    ("vote.hub", "A vote: hub’s processor", "µs"),
    ("vote.database", "A vote: PostgreSQL’s processor", "µs"),
    ("vote.wal", "A vote: written ahead", "bytes"),
    ("push.hub", "A vote from a kiosk: hub’s processor", "µs"),
    ("poll.hub", "A kiosk’s look at the feed: hub", "µs"),
    ("poll.size", "What that look brings", "KiB"),
    ("tick", "Publishing one tally", "ms"),
    ("screen.cpu", "A state to one open screen", "µs"),
)
COLUMNS = 4
WIDTH, HEIGHT = 250, 190
LEFT, TOP, BOTTOM = 54, 34, 34
INK, QUIET, LINE = "#1c1917", "#57534e", "#d6d3d1"


@dataclass(frozen=True, slots=True)
class Panel:
    """One curve: the figures of each size of the data, in order."""

    title: str
    unit: str
    figures: tuple[Figure, ...]

    @property
    def top(self) -> float:
        """The round number at which its scale ends."""
        highest = max(each.high for each in self.figures) or 1.0
        step = 10.0 ** (len(str(int(highest))) - 1)
        return next(step * n for n in (1, 1.5, 2, 3, 4, 5, 7.5, 10) if step * n >= highest)

    def y(self, value: float) -> float:
        """How far down a value stands."""
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / self.top)


def draw(figures: list[Figure]) -> Element:
    """Return the picture of all panels whose figures are there.

    Raises:
        ValueError: there are none.
    """
    by_name = {each.name: each for each in figures}
    panels = []
    for what, title, unit in PANELS:
        names = [f"growth.{percent}.{what}" for percent in PERCENTS]
        if by_name.keys() >= set(names):
            panels.append(Panel(title, unit, tuple(by_name[name] for name in names)))
    if not panels:
        raise ValueError("There are no figures of growth: run `python -m benchmarks growth` first.")
    rows = -(-len(panels) // COLUMNS)
    size = {"viewBox": f"0 0 {COLUMNS * WIDTH} {rows * HEIGHT}", "role": "img"}
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
    SubElement(svg, "title").text = "What each costs at 1 %, 10 % and all of an evening’s data"
    SubElement(svg, "rect", {"width": "100%", "height": "100%", "fill": "#fff"})
    for n, panel in enumerate(panels):
        place = f"translate({n % COLUMNS * WIDTH} {n // COLUMNS * HEIGHT})"
        style = {"font-family": "sans-serif", "font-size": "11", "fill": QUIET}
        _panel(SubElement(svg, "g", {"transform": place, **style}), panel)
    return svg


def _panel(box: Element, panel: Panel) -> None:
    title = SubElement(box, "text", {"x": "14", "y": "20", "fill": INK, "font-weight": "bold"})
    title.text = panel.title
    for part in (0.0, 0.5, 1.0):
        y = panel.y(panel.top * part)
        ends = {"x1": str(LEFT), "x2": str(WIDTH - 14), "y1": f"{y:.1f}", "y2": f"{y:.1f}"}
        SubElement(box, "line", {**ends, "stroke": LINE})
        where = {"x": str(LEFT - 6), "y": f"{y + 4:.1f}", "text-anchor": "end"}
        SubElement(box, "text", where).text = f"{panel.top * part:g}"
    points = []
    for n, (percent, each) in enumerate(zip(PERCENTS, panel.figures, strict=True)):
        x = LEFT + 24 + n * (WIDTH - LEFT - 62) / (len(PERCENTS) - 1)
        points.append(f"{x:.1f},{panel.y(each.value):.1f}")
        spread = {"y1": f"{panel.y(each.low):.1f}", "y2": f"{panel.y(each.high):.1f}"}
        across = {"x1": f"{x:.1f}", "x2": f"{x:.1f}", "stroke": QUIET, "stroke-width": "5"}
        SubElement(box, "line", {**across, **spread, "stroke-opacity": "0.35"})
        dot = {"cx": f"{x:.1f}", "cy": f"{panel.y(each.value):.1f}", "r": "3.5", "fill": INK}
        SubElement(box, "circle", dot)
        where = {"x": f"{x:.1f}", "y": str(HEIGHT - 16), "text-anchor": "middle"}
        SubElement(box, "text", where).text = f"{percent} %"
    line = {"points": " ".join(points), "fill": "none", "stroke": INK, "stroke-width": "1.5"}
    SubElement(box, "polyline", line)
    unit = SubElement(box, "text", {"x": str(LEFT - 6), "y": str(HEIGHT - 16)})
    unit.set("text-anchor", "end")
    unit.text = panel.unit


def main(path: Path = PICTURE) -> int:
    """Write the picture; return the exit code."""
    try:
        svg = draw(figure.read(RESULTS))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    indent(svg)
    ElementTree(svg).write(path, encoding="utf-8", xml_declaration=False)
    with path.open("a", encoding="utf-8") as end:
        end.write("\n")
    print(f"Written to {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
