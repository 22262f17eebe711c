"""A topic's pattern as SVG: each voice or vote fills one ring, leaf, arch, node or tile."""

from __future__ import annotations

import zlib
from functools import lru_cache
from random import Random

from kiosk.screens.widgets.pattern_shapes import DRAW, Cell, Drawing, n

UNIT = 84.0
"""Size of a cell in pixels at scale 1."""

MINE = "#ffd43b"
"""The light of one's own cell: stands out of all five colours at five metres; it is larger, too."""

NAMES = tuple(DRAW)

_CHOSEN = 240
"""As many first cells are placed as far apart as can be; the others follow in a chance order."""


def pattern(
    name: str,
    colour: str,
    width: int,
    height: int,
    filled: int,
    mine: int | None = None,
    seed: int = 0,
    scale: float = 1.0,
    *,
    still: bool = False,
) -> str:
    """Return an ``<svg>`` of *width* × *height* CSS pixels, for decoration only (aria-hidden).

    The first *filled* cells are filled, in an order that spreads over the surface; the cells stand
    in that order, each ``<use class="cell">``, so that a script may fill the next by exchanging
    ``-o`` for ``-f`` in its ``href``. *mine* is the index of one's own cell, drawn larger, lit and
    last with class ``mine``. Cells are ``84 × scale`` pixels wide. A *still* pattern is smaller:
    without what such a script needs. Same arguments, same drawing.

    Raises:
        KeyError: no such pattern.
    """
    drawing = _drawing(name, width, height, scale, seed)
    key = f"p{zlib.crc32(f'{name} {width} {height} {scale} {seed} {colour}'.encode()):x}"
    own = mine % len(drawing.cells) if mine is not None else -1
    opening = (
        f'<svg class="pattern" xmlns="http://www.w3.org/2000/svg" width="{width}"'
        f' height="{height}" viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice"'
        f' aria-hidden="true" focusable="false"><defs>'
    )
    parts = [opening]
    used = {(i < filled, c.shape) for i, c in enumerate(drawing.cells) if i != own}
    for i, shape in enumerate(drawing.shapes):
        if not still or (False, i) in used:
            parts.append(f'<g id="@-o{i}">{shape.open}</g>')
        if not still or (True, i) in used:
            parts.append(f'<g id="@-f{i}">{shape.filled}</g>')
    under = drawing.ground if "<use" in drawing.ground else ""
    parts.append(
        f'{"" if under else drawing.ground}</defs><path fill="$" d="M0 0h{width}v{height}H0z"/>'
    )
    parts.append(under)
    parts += [
        _use(cell, "f" if i < filled else "o", still)
        for i, cell in enumerate(drawing.cells)
        if i != own
    ]
    if own >= 0:
        parts.append(_own(drawing.cells[own], UNIT * scale, drawing))
    parts.append("</svg>")
    return "".join(parts).replace("@", key).replace("$", colour)


@lru_cache(maxsize=256)
def capacity(name: str, width: int, height: int, scale: float = 1.0) -> int:
    """Return how many voices the surface has room for where each can be seen."""
    cells = _drawing(name, width, height, scale, 0).cells
    return sum(_is_inside(cell, width, height) for cell in cells)


def scale_for(
    name: str, width: int, height: int, voices: int, least: float = 0.4, most: float = 1.0
) -> float:
    """Return the largest scale (in steps) at which *voices* leave a third of the cells free.

    So the surface never looks finished; below *least* cells would be dust.
    """
    scale = most
    while scale > least and capacity(name, width, height, scale) < voices * 1.5:
        scale = round(scale * 0.8, 3)
    return max(scale, least)


def _chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - for looks: the same seed must give the same drawing


@lru_cache(maxsize=64)
def _drawing(name: str, width: int, height: int, scale: float, seed: int) -> Drawing:
    drawing = DRAW[name](width, height, UNIT * scale, _chance(seed))
    return Drawing(_spread(drawing.cells, width, height, seed), drawing.shapes, drawing.ground)


def _spread(cells: list[Cell], width: int, height: int, seed: int) -> list[Cell]:
    """Order cells so that any number of first ones lies evenly over the surface.

    Each next cell is the one farthest from all before it (farthest-point sampling). Cells whose
    centre lies outside come last: there a voice would be hidden.
    """
    chance = _chance(seed)
    inside = [c for c in cells if _is_inside(c, width, height)]
    outside = [c for c in cells if not _is_inside(c, width, height)]
    chance.shuffle(inside)
    order: list[Cell] = []
    gaps = [_to_edge(cell, width, height) for cell in inside]
    while inside and len(order) < _CHOSEN:
        best = max(range(len(inside)), key=gaps.__getitem__)
        chosen = inside.pop(best)
        gaps.pop(best)
        order.append(chosen)
        for i, cell in enumerate(inside):
            gap = (cell.x - chosen.x) ** 2 + (cell.y - chosen.y) ** 2
            gaps[i] = min(gaps[i], gap)
    return order + inside + outside


def _is_inside(cell: Cell, width: int, height: int) -> bool:
    return 0 <= cell.x <= width and 0 <= cell.y <= height


def _to_edge(cell: Cell, width: int, height: int) -> float:
    """The border repels half as much as a neighbour, so that the first ones are seen whole."""
    return 4.0 * min(cell.x, width - cell.x, cell.y, height - cell.y) ** 2


def _use(cell: Cell, state: str, still: bool) -> str:
    css = "" if still else ' class="cell"'
    return f'<use{css} href="#@-{state}{cell.shape}" x="{n(cell.x)}" y="{n(cell.y)}"/>'


def _own(cell: Cell, unit: float, drawing: Drawing) -> str:
    filled = drawing.shapes[cell.shape].filled.replace('"#fff"', f'"{MINE}"')
    disc = (
        f'<circle r="{n(unit * 0.56)}" fill="$" stroke="{MINE}" stroke-width="{n(unit * 0.06)}"/>'
    )
    return (
        f'<g class="mine" transform="translate({n(cell.x)} {n(cell.y)})">{disc}'
        f'<g transform="scale(.8)">{filled}</g></g>'
    )
