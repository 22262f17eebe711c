"""Where names and touch targets stand on a map so that none covers another: spread, or gathered."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kiosk.screens.widgets.map_projection import Point

Line = tuple[Point, Point]

DOT = 0.7
"""Radius that is kept free around a city's point, in rem."""

AIR = 0.3
"""Least space between two targets, in rem."""

REACH = (0.0, 0.8, 1.6, 2.6, 3.8, 5.2, 7.0, 9.0)
"""How far from its point a name is tried, in rem; a line then leads from one to the other."""

TURNS = 28
"""Directions in which a name is tried at each distance."""


@dataclass(frozen=True, slots=True)
class Named:
    """A city's point in the box, and how wide its name is drawn (rem)."""

    id: str
    at: Point
    wide: float
    circle: float = 0.0
    """Radius of the circle around its point that no name may cover; without one a dot is free."""


Part = tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its middle and its sizes (rem)."""

    x: float
    y: float
    wide: float
    high: float

    def meets(self, other: Box, air: float = AIR) -> bool:
        """Whether less than *air* lies between the two."""
        return (
            abs(self.x - other.x) < (self.wide + other.wide) / 2 + air
            and abs(self.y - other.y) < (self.high + other.high) / 2 + air
        )

    def covers(self, point: Point, circle: float) -> bool:
        """Whether it lies on a circle of this radius around a point."""
        across = max(0.0, abs(self.x - point[0]) - self.wide / 2)
        return math.hypot(across, max(0.0, abs(self.y - point[1]) - self.high / 2)) < circle

    def within(self, wide: float, high: float) -> bool:
        """Whether it lies wholly in a space that begins at 0, 0."""
        across, down = self.wide / 2, self.high / 2
        return across <= self.x <= wide - across and down <= self.y <= high - down


@dataclass(frozen=True, slots=True)
class Label:
    """A city's name: its target, and the point it belongs to."""

    id: str
    point: Point
    target: Box


@dataclass(frozen=True, slots=True)
class Group:
    """Cities that lie too close together here: one target that leads closer."""

    ids: tuple[str, ...]
    target: Box


@dataclass(frozen=True, slots=True)
class Spread:
    """Everything that can be touched on the map; no two targets meet."""

    labels: tuple[Label, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The space for a map (rem), the height of a name's target and the width of a group's."""

    wide: float
    high: float
    name: float = 3.6
    group: float = 5.0


def spread(
    cities: Sequence[Named], room: Room, nearest: float = 0.0, others: Sequence[Named] = ()
) -> Spread:
    """Name every city where there is room; gather those that lie too close, as few as possible.

    Points closer than *nearest* rem are gathered in any case: a calmer first view. *Others* are not
    named, and their points stay in sight.
    """
    parts = gathered(cities, nearest)
    while True:
        tried, stuck = _try(parts, room, others)
        if not stuck or len(parts) < 2:
            return tried
        parts = _joined(parts, stuck)


def _try(parts: Sequence[Part], room: Room, others: Sequence[Named]) -> tuple[Spread, list[Part]]:
    """Place everything; return it with the parts for which there was no room."""
    several = [part for part in parts if len(part) > 1]
    groups = [_group(part, room) for part in several]
    stuck = [
        part
        for n, part in enumerate(several)
        if any(groups[n].target.meets(other.target) for other in groups[:n])
    ]
    single = [part[0] for part in parts if len(part) == 1]
    stuck += [(c,) for c in single if any(_covers(g.target, c.at) for g in groups)]
    labels: list[Label] = []
    circles, seen = [g.target for g in groups], [*single, *others]
    for city in sorted(single, key=lambda c: -_crowd(c, single)):
        target = _free(city, room, _Placed(circles, labels, seen))
        if target is None:
            stuck += [] if (city,) in stuck else [(city,)]
        else:
            labels.append(Label(city.id, city.at, target))
    return Spread(tuple(labels), tuple(groups)), stuck


def _covers(box: Box, point: Point) -> bool:
    """Whether a group's circle hides a city's point."""
    return math.dist((box.x, box.y), point) < box.wide / 2 + DOT


def _joined(parts: Sequence[Part], stuck: Sequence[Part]) -> list[Part]:
    """Join the two parts nearest to each other of which one is stuck."""
    pairs = ((one, other) for one in stuck for other in parts if other != one)
    one, other = min(pairs, key=lambda pair: math.dist(_middle(pair[0]), _middle(pair[1])))
    return [(*other, *one), *(part for part in parts if part not in (one, other))]


def _middle(part: Part) -> Point:
    return sum(c.at[0] for c in part) / len(part), sum(c.at[1] for c in part) / len(part)


def _crowd(city: Named, others: Sequence[Named]) -> float:
    """How crowded it is around a city: the crowded ones are placed first."""
    return sum(1 / (1 + math.dist(city.at, other.at)) for other in others if other is not city)


@dataclass(frozen=True, slots=True)
class _Placed:
    """What stands already, and the points that must stay in sight."""

    groups: Sequence[Box]
    labels: Sequence[Label]
    cities: Sequence[Named]

    def leaves_free(self, city: Named, target: Box) -> bool:
        """Whether a name here covers nothing, and its line crosses nothing."""
        line = leader(city.at, target)
        standing = [*self.groups, *(label.target for label in self.labels)]
        if any(target.meets(box) or crosses(line, box) for box in standing):
            return False
        for label in self.labels:
            other = leader(label.point, label.target)
            if crosses(other, target) or (_length(line) and _length(other) and _cross(line, other)):
                return False
        return not any(self._hides(city, target, line, other) for other in self.cities)

    def _hides(self, city: Named, target: Box, line: Line, other: Named) -> bool:
        if target.covers(other.at, other.circle):
            return True
        if other.id == city.id:
            return False
        point = Box(*other.at, 2 * DOT, 2 * DOT)
        close = math.dist(city.at, other.at) < 2 * DOT
        return target.meets(point, AIR / 2) or (not close and crosses(line, point))


def leader(point: Point, target: Box) -> Line:
    """Return the line from a point to the nearest place of its name's target."""
    across, down = target.wide / 2 - target.high / 2, target.high / 2
    x = min(max(point[0], target.x - across), target.x + across)
    y = min(max(point[1], target.y), target.y)
    away = math.dist(point, (x, y))
    part = max(0.0, 1 - down / away) if away else 0.0
    return point, (point[0] + (x - point[0]) * part, point[1] + (y - point[1]) * part)


def _length(line: Line) -> bool:
    """Whether a line is seen: a name right beside its point needs none."""
    return math.dist(*line) > DOT + AIR


def crosses(line: Line, box: Box) -> bool:
    """Whether a line touches a box (Liang and Barsky, 1984)."""
    (x, y), (to_x, to_y) = line
    begin, end = 0.0, 1.0
    for at, step, low, high in (
        (x, to_x - x, box.x - box.wide / 2, box.x + box.wide / 2),
        (y, to_y - y, box.y - box.high / 2, box.y + box.high / 2),
    ):
        if abs(step) < 1e-9:
            if not low <= at <= high:
                return False
            continue
        first, last = sorted(((low - at) / step, (high - at) / step))
        begin, end = max(begin, first), min(end, last)
    return begin <= end


def _cross(one: Line, other: Line) -> bool:
    def side(line: Line, at: Point) -> float:
        (ax, ay), (bx, by) = line
        return (bx - ax) * (at[1] - ay) - (by - ay) * (at[0] - ax)

    return (
        side(one, other[0]) * side(one, other[1]) < 0
        and side(other, one[0]) * side(other, one[1]) < 0
    )


def _free(city: Named, room: Room, placed: _Placed) -> Box | None:
    """Return the first place for a name, nearest first, that is free."""
    for target in _places(city, room, placed.cities):
        if target.within(room.wide, room.high) and placed.leaves_free(city, target):
            return target
    return None


def _places(city: Named, room: Room, cities: Sequence[Named]) -> Iterator[Box]:
    """Yield places around a point: right and left of it, then outwards of the crowd, farther."""
    (x, y), high = city.at, room.name
    outwards, free = _outwards(city, cities), max(DOT, city.circle) + AIR
    turns = sorted(
        (2 * math.pi * n / TURNS for n in range(TURNS)),
        key=lambda angle: -math.cos(angle - outwards),
    )
    for reach in REACH:
        across, down = city.wide / 2 + free + reach, high / 2 + free + reach
        if not reach:
            yield Box(x + across, y, city.wide, high)
            yield Box(x - across, y, city.wide, high)
        for angle in turns:
            yield Box(x + across * math.cos(angle), y + down * math.sin(angle), city.wide, high)


def _outwards(city: Named, cities: Sequence[Named]) -> float:
    """Return the direction away from the near cities, in radians, 0 to the right."""
    across = down = 0.0
    for other in cities:
        away = math.dist(city.at, other.at)
        if other is not city and away:
            across += (city.at[0] - other.at[0]) / away**2
            down += (city.at[1] - other.at[1]) / away**2
    return math.atan2(down, across)


def gathered(cities: Sequence[Named], nearness: float) -> list[Part]:
    """Return the cities in parts: whoever is closer than *nearness* to a part belongs to it."""
    parts: list[Part] = []
    for city in cities:
        near = [p for p in parts if any(math.dist(city.at, o.at) < nearness for o in p)]
        joined = (city, *(other for part in near for other in part))
        parts = [p for p in parts if p not in near] + [joined]
    return parts


def _group(part: Part, room: Room) -> Group:
    """Return a group's target: the larger, the more cities it holds."""
    size = room.group * (0.85 + 0.15 * min(len(part), 36) ** 0.5)
    x, y = _middle(part)
    x = min(max(x, size / 2), room.wide - size / 2)
    y = min(max(y, size / 2), room.high - size / 2)
    return Group(tuple(c.id for c in part), Box(x, y, size, size))
