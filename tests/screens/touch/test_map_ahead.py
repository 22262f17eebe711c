"""The land is drawn before anybody asks for it."""

from __future__ import annotations

from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.ways import map_ahead
from kiosk.screens.widgets import map_land
from tests.screens.touch.standing import Standing


async def test_every_map_is_drawn_while_nobody_is_there(context: TouchContext) -> None:
    """Ada, the first visitor of the day, waits for no coast."""
    map_land.outline.cache_clear()
    await map_ahead.draw_once(context, pause=0)
    drawn = map_land.outline.cache_info().misses
    for frame in map_ahead.frames(context):
        map_land.outline(context.front_end, frame)
    assert drawn > 10
    assert map_land.outline.cache_info().misses == drawn


async def test_the_map_comes_with_its_step(standing: Standing) -> None:
    """Ben never sees a map's empty field."""
    await standing.open("map")
    (field,) = standing.find("map-field")
    drawn = field.default_slot.children
    assert any("<path" in str(each.props.get("innerHTML", "")) for each in drawn), "no land"
    assert len(drawn) > 10, "no cities: those that stand close together share a circle"
