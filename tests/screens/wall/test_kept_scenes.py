"""Scenes that a wall fetched for later, and those of a newer hub: each is drawn as it was made."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, Route, expect

from tests.screens.phone.hub import Phone
from tests.screens.wall.test_led import with_cities
from tests.screens.wall.watching import followed
from tests.world import BENCHES, FERRY

_WIDTHS = """() => [...document.querySelectorAll("main :is(.bar, .track) b")].map((part) =>
    Math.round(100 * part.getBoundingClientRect().width / part.parentNode.clientWidth))"""


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The wall's page with the tally of benches (three to one), and of the ferry (one to one)."""
    folder: Path = tmp_path_factory.mktemp("wall")

    async def taken() -> dict[str, str]:
        async with followed(folder, with_cities()) as hub:
            for answer in ("agree", "agree", "agree", "disagree"):
                await Phone(hub).votes(f"/q/{hub.code(BENCHES)}", answer)
            for pier in ("north", "south"):
                await Phone(hub).votes(f"/q/{hub.code(FERRY)}", pier)
            wall = Phone(hub)
            return {each: await wall.open(f"/wall?hold=tally {each}") for each in (BENCHES, FERRY)}

    return asyncio.run(taken())


class Hub:
    """What a wall's hub answers: pages while it is there, and scenes to keys."""

    def __init__(self, page: Page, pages: dict[str, str]) -> None:
        self.page = page
        self.pages = pages
        self.away = False
        self.loaded: list[str] = []
        self.asked: list[str] = []
        page.route("**/*", self._answer)
        page.goto("http://wall.example/wall")
        self.keeps_scenes(3_000)

    def is_renewed(self) -> None:
        """Another version of the hub takes the place of this one."""
        for name, html in self.pages.items():
            self.pages[name] = re.sub(r'data-made="\w+"', 'data-made="newer"', html)

    def a_minute_passes(self) -> None:
        """The wall stands there, and hears its hub; three times it fetches all scenes for later."""
        for _ in range(3):
            self.page.evaluate("stream.onhere()")
            self.keeps_scenes(20_000)

    def keeps_scenes(self, milliseconds: int) -> None:
        """Let so much time pass that the wall fetches all its scenes once, the map as the last."""
        before = len(self.asked)
        self.page.clock.run_for(milliseconds)
        while not any("kind=map" in each for each in self.asked[before:]):
            self.page.wait_for_timeout(10)

    def _answer(self, route: Route) -> None:
        url = route.request.url
        if self.away:
            route.abort()
        elif route.request.is_navigation_request():
            self.loaded.append(url)
            page = self.pages.get("page", self.pages[BENCHES])
            route.fulfill(body=page, content_type="text/html")
        else:
            self.asked.append(url)
            shown = FERRY if "kind=tally" in url else BENCHES
            route.fulfill(body=self.pages[shown], content_type="text/html")


@pytest.fixture
def hub(page: Page, tallies: dict[str, str]) -> Hub:
    """A hub, and a wall of it that shows the tally of the benches; "t" brings the ferry's."""
    return Hub(page, dict(tallies))


def test_a_tally_that_was_kept_has_its_own_bars(hub: Hub) -> None:
    """The line is dead, and Cleo presses "t": the ferry's bars are not those of the benches."""
    page = hub.page
    assert page.evaluate(_WIDTHS) == [75, 25, 0]
    hub.away = True
    page.keyboard.press("t")
    expect(page.locator("main")).to_have_attribute("data-key", re.compile(f"^tally {FERRY} "))
    page.wait_for_function(f"() => String(({_WIDTHS})()) === '50,50,0'")


def test_a_newer_hub_draws_its_scenes_by_its_own_style(hub: Hub) -> None:
    """The page comes anew with the scene that a key chose, and then stays."""
    page = hub.page
    hub.a_minute_passes()
    hub.is_renewed()
    page.keyboard.press("t")
    expect(page.locator("main")).to_have_attribute("data-made", "newer")
    with page.expect_event("load"):
        page.clock.run_for(1)
    assert f"hold=tally+{quote_plus(FERRY)}" in hub.loaded[-1]
    expect(page.locator("main")).to_have_attribute("data-made", "newer")
    hub.keeps_scenes(3_000)
    hub.a_minute_passes()
    assert len(hub.loaded) == 2


def test_a_wall_that_is_held_notices_a_newer_hub_as_well(hub: Hub) -> None:
    """No key is pressed and no other scene has its turn: what is kept for later tells."""
    hub.a_minute_passes()
    hub.is_renewed()
    with hub.page.expect_event("load"):
        hub.page.clock.run_for(20_000)
    expect(hub.page.locator("main")).to_have_attribute("data-made", "newer")


def test_two_hubs_of_different_age_are_no_reason_to_load_without_end(hub: Hub) -> None:
    """Behind one address pages come from the old one and scenes from the new: a page stays."""
    hub.a_minute_passes()
    page = hub.pages[BENCHES]
    hub.is_renewed()
    hub.pages["page"] = page
    with hub.page.expect_event("load"):
        hub.page.clock.run_for(20_000)
    hub.keeps_scenes(3_000)
    hub.page.keyboard.press("t")
    expect(hub.page.locator("main")).to_have_attribute("data-made", "newer")
    hub.page.clock.run_for(1_000)
    assert len(hub.loaded) == 2


def test_a_kept_scene_of_a_newer_hub_that_is_away_by_now_loads_nothing(hub: Hub) -> None:
    """The hub was renewed just after the wall was opened, and is gone: there is no page to come."""
    page = hub.page
    hub.is_renewed()
    hub.keeps_scenes(20_000)
    hub.away = True
    gone: list[str] = []
    page.on("request", lambda request: gone.append(request.resource_type))
    page.clock.run_for(61_000)
    page.keyboard.press("t")
    expect(page.locator("main")).to_have_attribute("data-key", re.compile(f"^tally {FERRY} "))
    expect(page.locator("main")).to_have_attribute("data-made", "newer")
    page.clock.run_for(1_000)
    assert set(gone) == {"fetch"}
