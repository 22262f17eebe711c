"""The land is drawn before anybody asks for it."""

from __future__ import annotations

import threading

import pytest

from kiosk.exhibition.localized import Localized, Shown
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.visit import Visit
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


async def test_the_names_on_a_map_are_picked_where_its_page_lives(
    standing: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread draws it: what the page is told of its languages is told in the page's own."""
    picked, pick = set(), Visit.text

    def noted(visit: Visit, localized: Localized) -> Shown:
        picked.add(threading.current_thread())
        return pick(visit, localized)

    monkeypatch.setattr(Visit, "text", noted)
    await standing.open("map")
    assert picked == {threading.current_thread()}
