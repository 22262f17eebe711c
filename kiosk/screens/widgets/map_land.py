"""The outlines of the land: TopoJSON decoded, projected, cut to a window and thinned to a path."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from kiosk.screens.widgets.map_projection import WORLD, Frame, Point, projector

Ring = tuple[Point, ...]

NEAR, FAR = "land-50m.json", "land-110m.json"
"""Files of the npm package ``world-atlas`` (Natural Earth, public domain): land, no country."""

GRAIN = 1000.0
"""Units of the drawing along the longer side of a frame."""

THINNEST = 1.3
"""Units that a coast may be moved by thinning it: about a pixel on a screen of 1920 × 1080."""

AROUND = 0.6
"""How far beyond its frame the land is drawn, in frame sizes: a window may be wider or higher."""


def rings(topology: dict[str, Any]) -> tuple[Ring, ...]:
    """Return the closed outlines of a TopoJSON topology as (longitude, latitude) in degrees.

    Raises:
        ValueError: it holds anything but land: a map of ours draws no borders.
    """
    if set(topology["objects"]) != {"land"}:
        raise ValueError("only outlines of the land are drawn")
    arcs = [_arc(each, topology["transform"]) for each in topology["arcs"]]
    found = _geometries(topology["objects"]["land"])
    return tuple(_ring(numbers, arcs) for polygon in found for numbers in polygon)


def _arc(deltas: Sequence[Sequence[int]], transform: dict[str, Any]) -> list[Point]:
    """Decode an arc: whole numbers, each the step from the one before (TopoJSON 1.0, 2.1.4)."""
    (wide, high), (left, low) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for across, up in deltas:
        x, y = x + across, y + up
        points.append((x * wide + left, y * high + low))
    return points


def _geometries(geometry: dict[str, Any]) -> Iterator[list[list[int]]]:
    """Yield each polygon: its rings, each a list of arcs; ``~i`` is arc i backwards."""
    if geometry["type"] == "GeometryCollection":
        for each in geometry["geometries"]:
            yield from _geometries(each)
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "Polygon":
        yield geometry["arcs"]


def _ring(numbers: Sequence[int], arcs: Sequence[Sequence[Point]]) -> Ring:
    points: list[Point] = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(part[1:] if points else part)
    return tuple(points)


def unrolled(ring: Ring) -> Iterator[Ring]:
    """Yield a ring without jumps at 180 degrees; one that passes there is drawn at either end.

    One that runs all around the Earth is closed along its pole.
    """
    points, turn = [ring[0]], 0
    for (before, _), (lon, lat) in pairwise(ring):
        turn += 360 * ((before - lon > 180) - (lon - before > 180))
        points.append((lon + turn, lat))
    if turn:
        pole = 90.0 if points[0][1] > 0 else -90.0
        points += [(points[-1][0], pole), (points[0][0], pole), points[0]]
    lons = [lon for lon, _ in points]
    for shift in (0, -360, 360):
        if (
            shift == 0
            or min(lons) + shift < -180 <= max(lons) + shift
            or (min(lons) + shift <= 180 < max(lons) + shift)
        ):
            yield tuple((lon + shift, lat) for lon, lat in points)


@lru_cache(maxsize=4)
def read(folder: Path, name: str) -> tuple[Ring, ...]:
    """Return the outlines of a file of ``world-atlas``; none where it is not installed."""
    path = folder / "world-atlas" / name
    if not path.is_file():
        return ()
    return rings(json.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=128)
def outline(folder: Path, frame: Frame) -> str:
    """Return the land in and around a frame as the ``d`` of an SVG path, holes by even-odd.

    *folder* is a ``node_modules`` folder. Units are :data:`GRAIN` for the frame's longer side,
    the frame's upper left corner is the origin.
    """
    project, scale = projector(frame), frame.scale(GRAIN)
    left, top, wide, high = frame.extent()
    space = AROUND * max(wide, high) * scale
    window = (-space, -space, wide * scale + space, high * scale + space)
    parts = []
    for ring in _around(folder, frame):
        moved = [((x - left) * scale, (y - top) * scale) for x, y in map(project, ring)]
        inside = cut(moved, window)
        thinned = thin(inside, THINNEST)
        if len(thinned) > 3:
            parts.append(_path(thinned))
    return "".join(parts)


def _around(folder: Path, frame: Frame) -> tuple[Ring, ...]:
    """Return coarser outlines for the whole world, which there has an end in the east and west."""
    if frame.wide <= WORLD:
        return read(folder, NEAR)
    return tuple(part for ring in read(folder, FAR) for part in unrolled(ring))


def cut(ring: Sequence[Point], window: tuple[float, float, float, float]) -> list[Point]:
    """Return the part of a closed ring that lies in a window (Sutherland and Hodgman, 1974)."""
    left, top, right, bottom = window
    points = list(ring)
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        points = _half(points, axis, limit, sign)
        if not points:
            break
    return points


def _half(ring: Sequence[Point], axis: int, limit: float, sign: int) -> list[Point]:
    kept: list[Point] = []
    for before, here in zip((ring[-1], *ring[:-1]), ring, strict=True):
        was_in = (before[axis] - limit) * sign >= 0
        is_in = (here[axis] - limit) * sign >= 0
        if was_in != is_in:
            part = (limit - before[axis]) / (here[axis] - before[axis])
            x, y = (before[i] + part * (here[i] - before[i]) for i in (0, 1))
            kept.append((x, y))
        if is_in:
            kept.append(here)
    return kept


def thin(ring: Sequence[Point], most: float) -> list[Point]:
    """Return the points that keep a line within *most* of itself (Douglas and Peucker, 1973)."""
    if len(ring) < 4:
        return []
    kept = {0, len(ring) // 2, len(ring) - 1}
    parts = [(0, len(ring) // 2), (len(ring) // 2, len(ring) - 1)]
    while parts:
        first, last = parts.pop()
        far, at = _farthest(ring, first, last)
        if far > most:
            kept.add(at)
            parts += [(first, at), (at, last)]
    return [ring[i] for i in sorted(kept)]


def _farthest(ring: Sequence[Point], first: int, last: int) -> tuple[float, int]:
    (ax, ay), (bx, by) = ring[first], ring[last]
    dx, dy = bx - ax, by - ay
    length = (dx * dx + dy * dy) ** 0.5
    far, at = -1.0, first
    for i in range(first + 1, last):
        px, py = ring[i][0] - ax, ring[i][1] - ay
        off = abs(px * dy - py * dx) / length if length else (px * px + py * py) ** 0.5
        if off > far:
            far, at = off, i
    return far, at


def _path(points: Iterable[Point]) -> str:
    whole = [(round(x), round(y)) for x, y in points]
    (x, y), *rest = whole
    parts = [f"M{x} {y}"]
    for nx, ny in rest:
        if (nx, ny) != (x, y):
            parts.append(f"l{nx - x} {ny - y}")
            x, y = nx, ny
    return "".join(parts) + "z"
