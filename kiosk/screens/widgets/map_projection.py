"""Which part of the Earth a map shows, and where a place lies on it; areas keep their size."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

Point = tuple[float, float]
Project = Callable[[Point], Point]

WORLD = 100.0
"""Degrees of longitude from which a frame is drawn as a part of the whole world."""

LEAST = 4.0
"""Degrees that a frame measures at least: no closer do the outlines of the land still fit."""

MARGIN = 0.07
"""Share of its size that is added at each side of a frame around places."""

FARTHEST = math.radians(110)
"""Angle from a frame's middle beyond which nothing is drawn farther out."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the Earth between two latitudes and two longitudes, in whole degrees."""

    south: int
    west: int
    north: int
    east: int

    @classmethod
    def around(cls, places: Iterable[Point]) -> Frame:
        """Return the frame around places given as (longitude, latitude) in degrees.

        Raises:
            ValueError: there is no place.
        """
        found = list(places)
        if not found:
            raise ValueError("a frame needs a place")
        west, east = _spread([x for x, _ in found], 180)
        south, north = _spread([y for _, y in found], 88)
        return cls(math.floor(south), math.floor(west), math.ceil(north), math.ceil(east))

    @classmethod
    def parse(cls, text: str) -> Frame | None:
        """Read what :meth:`__str__` writes; None where it is no frame."""
        try:
            south, west, north, east = (int(part) for part in text.split("_"))
        except ValueError:
            return None
        fits = -90 <= south < north <= 90 and -180 <= west < east <= 180
        return cls(south, west, north, east) if fits else None

    def __str__(self) -> str:
        """``31_-8_56_34``: south, west, north, east."""
        return f"{self.south}_{self.west}_{self.north}_{self.east}"

    def grown(self, degrees: int) -> Frame:
        """Return the frame with so many degrees more at each side, twice as many in longitude."""
        return Frame(
            max(-88, self.south - degrees),
            max(-180, self.west - 2 * degrees),
            min(88, self.north + degrees),
            min(180, self.east + 2 * degrees),
        )

    @property
    def wide(self) -> int:
        """Degrees of longitude."""
        return self.east - self.west

    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, width and height on the projected plane, in radii of the Earth."""
        return _extent(self)

    def scale(self, size: float) -> float:
        """How much the plane is enlarged for the longer side to measure *size*."""
        _, _, wide, high = self.extent()
        return size / max(wide, high)


def _spread(values: list[float], limit: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    more = max((high - low) * MARGIN, (LEAST - (high - low)) / 2, 0)
    return max(-limit, low - more), min(limit, high + more)


@lru_cache(maxsize=256)
def _extent(frame: Frame) -> tuple[float, float, float, float]:
    project = projector(frame)
    steps = [n / 12 for n in range(13)]
    lons = [frame.west + part * (frame.east - frame.west) for part in steps]
    lats = [frame.south + part * (frame.north - frame.south) for part in steps]
    edge = [project((lon, lat)) for lon in lons for lat in (frame.south, frame.north)]
    edge += [project((lon, lat)) for lat in lats for lon in (frame.west, frame.east)]
    xs, ys = [x for x, _ in edge], [y for _, y in edge]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def projector(frame: Frame) -> Project:
    """Return the function from (longitude, latitude) to the plane, x to the east, y downwards.

    Both projections keep areas: no city's continent is drawn larger than another's.
    """
    if frame.wide > WORLD:
        return equal_earth
    return azimuthal((frame.west + frame.east) / 2, (frame.south + frame.north) / 2)


def equal_earth(place: Point) -> Point:
    """Project a part of the whole world (Šavrič, Patterson and Jenny, 2018: Equal Earth)."""
    lon, lat = math.radians(place[0]), math.radians(place[1])
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    turned = math.asin(math.sqrt(3) / 2 * math.sin(lat))
    t2 = turned * turned
    t6 = t2 * t2 * t2
    slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
    x = 2 * math.sqrt(3) * lon * math.cos(turned) / (3 * slope)
    return x, -turned * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))


def azimuthal(middle_lon: float, middle_lat: float) -> Project:
    """Return Lambert's equal-area projection around a middle (degrees); radius 1."""
    sin_middle, cos_middle = (f(math.radians(middle_lat)) for f in (math.sin, math.cos))

    def project(place: Point) -> Point:
        lon, lat = math.radians(place[0] - middle_lon), math.radians(place[1])
        east = math.cos(lat) * math.sin(lon)
        north = cos_middle * math.sin(lat) - sin_middle * math.cos(lat) * math.cos(lon)
        near = sin_middle * math.sin(lat) + cos_middle * math.cos(lat) * math.cos(lon)
        angle = min(math.acos(max(-1.0, min(1.0, near))), FARTHEST)
        length = math.hypot(east, north)
        if not length:
            return 0.0, 0.0
        out = 2 * math.sin(angle / 2) / length
        return east * out, -north * out

    return project


@dataclass(frozen=True, slots=True)
class Window:
    """A frame in the middle of a box of *wide* × *high* units; x and y count from upper left."""

    frame: Frame
    wide: float
    high: float

    @property
    def scale(self) -> float:
        """Units of the box per radius of the Earth."""
        _, _, wide, high = self.frame.extent()
        return min(self.wide / wide, self.high / high)

    def at(self, place: Point) -> Point:
        """Return where (longitude, latitude) lies in the box; it may lie outside."""
        left, top, wide, high = self.frame.extent()
        x, y = projector(self.frame)(place)
        across = (x - left - wide / 2) * self.scale + self.wide / 2
        return across, (y - top - high / 2) * self.scale + self.high / 2

    def view_box(self, grain: float) -> str:
        """Return the box as the ``viewBox`` of a drawing whose frame measures *grain* units."""
        _, _, wide, high = self.frame.extent()
        drawn = self.frame.scale(grain)
        across, down = self.wide / self.scale * drawn, self.high / self.scale * drawn
        left, top = (wide * drawn - across) / 2, (high * drawn - down) / 2
        return f"{left:.1f} {top:.1f} {across:.1f} {down:.1f}"
