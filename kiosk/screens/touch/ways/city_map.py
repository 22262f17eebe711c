"""A small map that shows where a city lies; touching it leads to the large one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.ways import map_field, map_view
from kiosk.screens.touch.ways.map_view import View
from kiosk.screens.widgets import map_land
from kiosk.screens.widgets.map_projection import Frame, Window
from kiosk.screens.widgets.markup import Tag, button, drawing, icon

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

AROUND = 15
"""Degrees that the small map shows to each side of the city."""

WIDE, HIGH = 29.0, 19.0
"""The small map's size in rem; only the proportion is kept."""


def frame_around(city: Exhibit) -> Frame:
    """Return the part of the Earth around a city, in whole tens of degrees, to be drawn once."""
    lon, lat = map_view.place(city)
    middle_lon, middle_lat = round(lon / 10) * 10, round(lat / 10) * 10
    south, north = max(-85, middle_lat - AROUND), min(85, middle_lat + AROUND)
    west, east = max(-180, middle_lon - 2 * AROUND), min(180, middle_lon + 2 * AROUND)
    return Frame(south, west, north, east)


async def land_around(visit: Visit, city: Exhibit) -> None:
    """Have the land around a city drawn off the loop: the first time takes a moment."""
    await asyncio.to_thread(map_land.outline, visit.context.front_end, frame_around(city))


def locator(visit: Visit, city: Exhibit) -> None:
    """Put the small map on the screen."""
    frame = frame_around(city)
    window = Window(frame, WIDE, HIGH)

    async def large() -> None:
        near = Frame.around([map_view.place(city)]).grown(6)
        await visit.go(visit.step.to(steps.MAP, str(View(frame=near))))

    label = visit.t("Show {city} on the map", city=visit.text(city.title).text)
    with button("", large, "locator", aria_label=label):
        path = map_land.outline(visit.context.front_end, frame)
        drawing(map_field.land(path, window.view_box(map_land.GRAIN)), "map-land")
        for other in map_view.cities(visit.exhibition):
            x, y = window.at(map_view.place(other))
            if other.id != city.id and 0 <= x <= WIDE and 0 <= y <= HIGH:
                point = Tag("span", None, "map-point faded")
                point.style(f"left:{100 * x / WIDE:.1f}%;top:{100 * y / HIGH:.1f}%")
        x, y = window.at(map_view.place(city))
        here = Tag("span", None, "map-point here")
        here.style(f"left:{100 * x / WIDE:.1f}%;top:{100 * y / HIGH:.1f}%")
        colour = map_field.topic_colour(visit, city.id)
        if colour:
            here.style(f"--point:{colour}")
        with Tag("span", None, "locator-word"):
            icon("enlarge")
            Tag("span", visit.t("Map"))
