"""The drawn map: land, a point for each city, names and groups that can be touched."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.exhibition.model import CityDetails, Exhibit, TopicDetails
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.measure import USUAL, Measure
from kiosk.screens.touch.ways import map_view
from kiosk.screens.touch.ways.map_view import View
from kiosk.screens.widgets import map_land
from kiosk.screens.widgets.map_projection import Frame, Point, Window
from kiosk.screens.widgets.map_spread import Box, Group, Label, Named, Spread, leader, spread
from kiosk.screens.widgets.markup import Tag, button, drawing, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

CALM = 5.0
"""Rem below which cities are one group on the whole map: it shows where to come closer."""

LETTER, NARROW_LETTER, PADDING = 0.84, 0.66, 2.0
"""Rem that a letter of a name takes, in Latin or Cyrillic and in the narrower scripts that are
written from right to left, and the space at both ends of a name together."""

RIM = 1.25
"""Rem around a group's circle within which a point would touch its rim."""

MEASURED = "(event) => emit(event.detail)"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything about a drawn view that does not depend on the visit."""

    land: str
    view_box: str
    spread: Spread
    points: dict[str, tuple[float, float]]


@lru_cache(maxsize=128)
def draw(
    folder: Path,
    frame: Frame,
    measure: Measure,
    names: tuple[tuple[str, str, tuple[float, float]], ...],
    *,
    whole: bool,
) -> Drawn:
    """Return the map of *names* (id, name, place) in a frame, remembered for the next visitor."""
    window = Window(frame, measure.wide, measure.high)
    room = measure.room()
    points = {id_: window.at(place) for id_, _, place in names}
    inside = {
        id_: at
        for id_, at in points.items()
        if 0 <= at[0] <= measure.wide and 0 <= at[1] <= measure.high
    }
    named = [
        Named(id_, inside[id_], max(name_width(name), room.name))
        for id_, name, _ in names
        if id_ in inside
    ]
    return Drawn(
        land=map_land.outline(folder, frame),
        view_box=window.view_box(map_land.GRAIN),
        spread=spread(named, room, CALM if whole else 0.0),
        points=inside,
    )


def name_width(name: str) -> float:
    """Return how wide a name is drawn, in rem."""
    narrow = any("\u0590" <= letter <= "\u08ff" for letter in name)
    return PADDING + (NARROW_LETTER if narrow else LETTER) * len(name)


def whole_frame(cities: Sequence[Exhibit]) -> Frame:
    """Return the frame of the whole map: all cities, whatever is chosen of them."""
    return Frame.around(map_view.place(city) for city in cities)


async def draw_ahead(
    visit: Visit, view: View, chosen: Sequence[Exhibit], measure: Measure | None = None
) -> None:
    """Have the map drawn off the loop, so that it comes with its step; who is first waits."""
    await asyncio.to_thread(_prepare(visit, view, chosen, measure or _measure_of(visit, view)))


def _prepare(
    visit: Visit, view: View, chosen: Sequence[Exhibit], measure: Measure
) -> Callable[[], Drawn]:
    """Return what draws the map in any thread; its names are picked here, where its page lives."""
    names = tuple((city.id, visit.text(city.title).text, map_view.place(city)) for city in chosen)
    frame = _frame_of(visit, view)
    return partial(draw, visit.context.front_end, frame, measure, names, whole=view.frame is None)


def _frame_of(visit: Visit, view: View) -> Frame:
    return view.frame or whole_frame(map_view.cities(visit.exhibition))


def _measure_of(visit: Visit, view: View) -> Measure:
    return visit.context.map_measures.get(view.frame is None, USUAL)


class Field:
    """The map's field: drawn for the size that the last field had, again if this one differs."""

    def __init__(
        self,
        visit: Visit,
        view: View,
        chosen: Sequence[Exhibit],
        seen: Callable[[tuple[str, ...]], None],
    ) -> None:
        self.visit = visit
        self.view = view
        self.chosen = {city.id: city for city in chosen}
        self.every = map_view.cities(visit.exhibition)
        self.frame = _frame_of(visit, view)
        self._seen = seen
        self._measure = _measure_of(visit, view)
        self._box = Tag(
            "div",
            None,
            "map-field",
            role="group",
            aria_label=visit.t("Map. The list holds the same cities."),
            data_measured="",
        )
        self._box.on("measured", self._measured, js_handler=MEASURED)
        self._fill()

    def _fill(self) -> None:
        """Put the map here, which was drawn ahead."""
        drawn = _prepare(self.visit, self.view, tuple(self.chosen.values()), self._measure)()
        self._box.clear()
        with self._box:
            self._draw(drawn)
        self._seen(tuple(drawn.points))

    async def _measured(self, event: object) -> None:
        told = getattr(event, "args", None)
        if not isinstance(told, dict) or self._box.is_deleted:
            return
        now = Measure(*(float(told.get(key) or 1) for key in ("wide", "high", "rem")))
        self.visit.context.map_measures[self.view.frame is None] = now
        if now.differs(self._measure):
            self._measure = now
            await draw_ahead(self.visit, self.view, tuple(self.chosen.values()), now)
            if self._measure is now and not self._box.is_deleted:
                self._fill()

    def _draw(self, drawn: Drawn) -> None:
        drawing(land(drawn.land, drawn.view_box), "map-land")
        drawing(_lines(drawn, self._measure), "map-lines")
        hidden = below(drawn)
        for city in self.every:
            if city.id in hidden:
                continue
            at = drawn.points.get(city.id) or Window(
                self.frame, self._measure.wide, self._measure.high
            ).at(map_view.place(city))
            self._point(city, at)
        for group in drawn.spread.groups:
            self._group(group)
        for label in drawn.spread.labels:
            self._label(label)

    def _point(self, city: Exhibit, at: tuple[float, float]) -> None:
        details = city.details
        assert isinstance(details, CityDetails)
        css = "map-point" if "signatory" in details.roles else "map-point hollow"
        if city.id not in self.chosen:
            css += " faded"
        point = Tag("span", None, css, aria_hidden="true")
        point.style(f"left:{at[0]:.2f}rem;top:{at[1]:.2f}rem")
        colour = topic_colour(self.visit, city.id)
        if colour:
            point.style(f"--point:{colour}")

    def _label(self, label: Label) -> None:
        city = self.chosen[label.id]

        to = self.visit.way(steps.EXHIBIT, city.id)
        made = button("", to, "map-name", data_city=city.id, tabindex="-1")
        made.style(_placed(label.target))
        with made:
            shown("span", self.visit.text(city.title))

    def _group(self, group: Group) -> None:
        t = self.visit.t
        cities = [self.chosen[i] for i in group.ids]
        names = t.plural("{n} city", "{n} cities", len(cities))
        said = t.list(sorted(self.visit.text(c.title).text for c in cities))

        async def closer() -> None:
            frame = Frame.around(map_view.place(city) for city in cities)
            view = self.view.closer(frame)
            await self.visit.go(self.visit.step.to(steps.MAP, str(view)))

        label = t("{cities}: come closer. {names}", cities=names, names=said)
        made = button("", closer, "map-group", tabindex="-1", data_group=str(len(cities)))
        made.style(_placed(group.target))
        with made:
            Tag("span", t.number(len(cities)), "map-count")
            Tag("span", f" {label}", "unseen")


def below(drawn: Drawn) -> frozenset[str]:
    """Return the cities whose points the circle of their group would cover, in whole or in part."""
    return frozenset(
        id_
        for group in drawn.spread.groups
        for id_ in group.ids
        if math.dist(drawn.points[id_], (group.target.x, group.target.y))
        < group.target.wide / 2 + RIM
    )


def topic_colour(visit: Visit, city: str) -> str:
    """Return the colour of the first topic that a city spoke on, or nothing."""
    for topic in visit.exhibition.topics():
        if isinstance(topic.details, TopicDetails) and city in topic.details.cities:
            return topic.details.colour
    return ""


def _placed(box: Box) -> str:
    return (
        f"left:{box.x - box.wide / 2:.2f}rem;top:{box.y - box.high / 2:.2f}rem;"
        f"width:{box.wide:.2f}rem;height:{box.high:.2f}rem"
    )


def land(path: str, view_box: str) -> str:
    """Return a drawing of the land, stretched to its box, which has the proportions of the view."""
    return _svg(view_box, f'<path fill-rule="evenodd" d="{path}"/>')


def _lines(drawn: Drawn, measure: Measure) -> str:
    """Return the lines that lead from points to their names and groups."""
    parts = [_line(*leader(label.point, label.target)) for label in drawn.spread.labels]
    hidden = below(drawn)
    for group in drawn.spread.groups:
        middle = (group.target.x, group.target.y)
        seen = (id_ for id_ in group.ids if id_ not in hidden)
        parts.extend(_line(drawn.points[id_], middle) for id_ in seen)
    box = f"0 0 {measure.wide:.2f} {measure.high:.2f}"
    return _svg(box, f'<path d="{"".join(parts)}"/>')


def _line(begin: Point, end: Point) -> str:
    return f"M{begin[0]:.2f} {begin[1]:.2f}L{end[0]:.2f} {end[1]:.2f}"


def _svg(view_box: str, inside: str) -> str:
    return f'<svg viewBox="{view_box}" preserveAspectRatio="none" aria-hidden="true">{inside}</svg>'
