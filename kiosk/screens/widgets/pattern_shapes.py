"""The five patterns' cells: what one voice looks like before and after it speaks, as SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

OPEN = 0.55
"""How strongly a cell shows that still waits for its voice."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One place in a pattern: its centre in pixels and which of the shapes stands there."""

    x: float
    y: float
    shape: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """A cell around the origin, as SVG: open, and filled. ``$`` stands for the topic's colour."""

    open: str
    filled: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A surface: its cells, the shapes they use and what lies under them."""

    cells: list[Cell]
    shapes: list[Shape]
    ground: str = ""


def n(number: float) -> str:
    """Write a coordinate with one decimal at most."""
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def circle(radius: float, more: str = "") -> str:
    """A circle around the origin."""
    return f'<circle r="{n(radius)}"{more}/>'


def _line(width: float, strength: float = 1.0) -> str:
    faint = f' stroke-opacity="{strength:g}"' if strength < 1 else ""
    return f' fill="none" stroke="#fff" stroke-width="{n(width)}"{faint}'


def rings(width: float, height: float, unit: float, chance: Random) -> Drawing:
    """Rings that meet: each reaches into its six neighbours; who speaks is a full disc."""
    del chance
    pitch, row = unit, unit * 0.866
    reach = unit * 0.58
    waiting = "".join(
        circle(reach * part, _line(unit * weight, strength))
        for part, weight, strength in ((1, 0.035, OPEN), (0.66, 0.035, OPEN), (0.32, 0.035, OPEN))
    )
    speaking = (
        circle(reach, _line(unit * 0.05))
        + circle(reach * 0.72, ' fill="#fff"')
        + circle(reach * 0.26, ' fill="$"')
    )
    cells = []
    for j, y in enumerate(_steps(height, row)):
        shift = pitch / 2 if j % 2 else 0
        cells += [Cell(x + shift, y) for x in _steps(width, pitch)]
    return Drawing(cells, [Shape(waiting, speaking)])


def leaves(width: float, height: float, unit: float, chance: Random) -> Drawing:
    """Leaves, four to a stem; each grows between two crossings, and a full one shows its veins."""
    del chance
    side = unit * 0.92
    half = side / 2
    shapes = []
    for turn in (0, 90):
        outline = (
            f'<path d="M{n(-half)} {n(half)}A{n(side)} {n(side)} 0 0 1 {n(half)} {n(-half)}'
            f'A{n(side)} {n(side)} 0 0 1 {n(-half)} {n(half)}z"'
        )
        tip, stem = half * 0.62, half
        vein = f"M{n(-stem)} {n(stem)}L{n(tip)} {n(-tip)}"
        for along in (-0.42, -0.05, 0.32):
            at, out = half * along, half * 0.34
            vein += f"M{n(at)} {n(-at)}v{n(-out)}M{n(at)} {n(-at)}h{n(out)}"
        veins = (
            f'<path d="{vein}" fill="none" stroke="$" stroke-width="{n(unit * 0.028)}"'
            ' stroke-linecap="round"/>'
        )
        turned = f'<g transform="rotate({turn})">' if turn else "<g>"
        shapes.append(
            Shape(
                turned + outline + _line(unit * 0.038, OPEN) + "/></g>",
                turned + outline + ' fill="#fff"/>' + veins + "</g>",
            )
        )
    cells = [
        Cell(x, y, (i + j) % 2)
        for j, y in enumerate(_steps(height, side))
        for i, x in enumerate(_steps(width, side))
    ]
    return Drawing(cells, shapes)


def arches(width: float, height: float, unit: float, chance: Random) -> Drawing:
    """Arches that carry each other: each stands on the crowns of two, and a full one is built."""
    del chance
    radius, rise = unit * 0.62, unit * 0.5
    outline = _arch_outline(radius, rise)
    bands = (0.9, 0.66, 0.42, 0.18)
    waiting = "".join(circle(radius * part, _line(unit * 0.035, OPEN)) for part in bands[:3])
    built = f'<path d="{outline}" fill="#fff"/>' + "".join(
        f'<circle r="{n(radius * part)}" fill="none" stroke="$" stroke-width="{n(unit * 0.055)}"/>'
        for part in (0.74, 0.46, 0.18)
    )
    edge = f'<path d="{outline}"{_line(unit * 0.035, OPEN)}/>'
    clip = f'<clipPath id="@c"><path d="{outline}"/></clipPath>'
    inside = '<g clip-path="url(#@c)">'
    cells = []
    for j, y in enumerate(_steps(height + rise, rise)):
        shift = radius if j % 2 else 0
        cells += [Cell(x + shift, y) for x in _steps(width, 2 * radius)]
    shape = Shape(inside + waiting + "</g>" + edge, inside + built + "</g>")
    return Drawing(cells, [shape], clip)


def _arch_outline(radius: float, rise: float) -> str:
    """What is seen of an arch when two stand before it, half an arch aside and *rise* lower."""
    apart = math.hypot(radius, rise)
    chord = math.sqrt(radius**2 - apart**2 / 4)
    x = -radius / 2 - chord * rise / apart
    y = rise / 2 - chord * radius / apart
    r = n(radius)
    return (
        f"M{n(x)} {n(y)}A{r} {r} 0 0 1 {n(-x)} {n(y)}"
        f"A{r} {r} 0 0 0 0 {n(rise)}A{r} {r} 0 0 0 {n(x)} {n(y)}z"
    )


def nodes(width: float, height: float, unit: float, chance: Random) -> Drawing:
    """Nodes and lines: a net of places; who joins becomes a hub in it."""
    pitch = unit * 1.12
    columns, rows = list(_steps(width, pitch)), list(_steps(height, pitch))
    wander = pitch * 0.27
    grid = [
        [
            Cell(x + chance.uniform(-wander, wander), y + chance.uniform(-wander, wander))
            for x in columns
        ]
        for y in rows
    ]
    lines = ""
    for j, row in enumerate(grid):
        for i, cell in enumerate(row):
            ways = []
            if i + 1 < len(row):
                ways.append(row[i + 1])
            if j + 1 < len(grid):
                ways.append(grid[j + 1][i])
                side = i + (1 if (i + j) % 2 else -1)
                if 0 <= side < len(row):
                    ways.append(grid[j + 1][side])
            for other in ways:
                lines += f"M{n(cell.x)} {n(cell.y)}L{n(other.x)} {n(other.y)}"
    ground = f'<path id="@c" d="{lines}"{_line(unit * 0.03, OPEN)}/><use href="#@c"/>'
    waiting = circle(unit * 0.105, f' fill="$" stroke="#fff" stroke-width="{n(unit * 0.04)}"')
    joined = circle(unit * 0.25, ' fill="#fff"') + circle(unit * 0.34, _line(unit * 0.035))
    return Drawing([cell for row in grid for cell in row], [Shape(waiting, joined)], ground)


def tiles(width: float, height: float, unit: float, chance: Random) -> Drawing:
    """A mosaic of tiles that differ: outlines wait, and each one laid has a form of its own."""
    pitch, half = unit * 0.86, unit * 0.36
    h, full = n(half), n(half * 2)
    low = n(-half)
    forms = [
        f'<path d="M{low} {low}h{full}v{full}h-{full}z"',
        f'<path d="M0 {low}L{h} 0 0 {h} {low} 0z"',
        f'<circle r="{h}"',
        *(
            f'<path d="M{a} {b}A{full} {full} 0 0 {s} {c} {d}L{e} {f}z"'
            for a, b, s, c, d, e, f in (
                (low, low, 1, h, h, low, h),
                (h, low, 0, low, h, h, h),
                (low, h, 0, h, low, low, low),
            )
        ),
        f'<path d="M{low} {h}L0 {low} {h} {h}z"',
        f'<path d="M{low} 0A{h} {h} 0 0 1 {h} 0V{h}H{low}z"',
        f'<path d="M{low} {low}A{full} {full} 0 0 1 {h} {h}A{full} {full} 0 0 1 {low} {low}z"',
    ]
    heart = circle(half * 0.36, ' fill="$"')
    shapes = [
        Shape(form + _line(unit * 0.042, OPEN) + "/>", form + ' fill="#fff"/>' + extra)
        for form, extra in zip(forms, ["", heart, heart, "", "", "", "", "", ""], strict=True)
    ]
    cells = []
    before = -1
    for y in _steps(height, pitch):
        for x in _steps(width, pitch):
            shape = chance.choice([i for i in range(len(shapes)) if i != before])
            cells.append(Cell(x, y, shape))
            before = shape
    return Drawing(cells, shapes)


def _steps(length: float, pitch: float) -> Iterator[float]:
    """Places *pitch* apart, symmetric about the middle, that cover 0 … *length*."""
    count = math.ceil(length / pitch) + 1
    first = (length - (count - 1) * pitch) / 2
    return (first + i * pitch for i in range(count))


DRAW: dict[str, Callable[[float, float, float, Random], Drawing]] = {
    "rings": rings,
    "leaves": leaves,
    "arches": arches,
    "nodes": nodes,
    "tiles": tiles,
}
