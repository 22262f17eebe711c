"""Draws the land of every map ahead, while nobody stands before the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.ways import map_view
from kiosk.screens.touch.ways.city_map import frame_around
from kiosk.screens.touch.ways.map_field import whole_frame
from kiosk.screens.widgets import map_land
from kiosk.screens.widgets.map_projection import Frame

AGAIN_S = 60.0
"""Seconds until it begins again, for a new edition; what is drawn already costs nothing."""

PAUSE_S = 0.25
"""Seconds between two drawings of a tenth of a second: the screen has the machine in between."""


def frames(context: TouchContext) -> Iterator[Frame]:
    """Yield the frames that can be known: of all cities, and around each."""
    for hung in (context.shelf.get(exhibition) for exhibition in context.shelf.ids()):
        cities = map_view.cities(hung.exhibition) if hung else ()
        if cities:
            yield whole_frame(cities)
        for city in cities:
            yield frame_around(city)


async def draw_once(context: TouchContext, pause: float = PAUSE_S) -> None:
    """Draw every frame, off the loop; while somebody is there, none."""
    for frame in dict.fromkeys(frames(context)):
        await asyncio.sleep(pause)
        if context.nobody_visits():
            await asyncio.to_thread(map_land.outline, context.front_end, frame)


async def keep(context: TouchContext) -> None:
    """Draw what an edition brings, until cancelled."""
    while True:
        await draw_once(context)
        await asyncio.sleep(AGAIN_S)
