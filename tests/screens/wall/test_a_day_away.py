"""A wall whose hub is away for a day: nobody could have a voice taken down, so it shows none."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.screens.phone.hub import Hub, Phone
from tests.screens.wall.test_led import says, with_cities
from tests.screens.wall.watching import followed, watching
from tests.world import BENCHES

SAID = "Where may we sit?"
HOUR_MS = 3_600_000


@dataclass
class Wall:
    """What a wall's hub said before it went away."""

    html: str
    state: str


@pytest.fixture(scope="module")
def walls(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Wall]:
    """A wall that is led, with a resident's voice, and one of a question that has it beside it."""
    folder: Path = tmp_path_factory.mktemp("wall")

    async def taken(hub: Hub, address: str, stream: str) -> Wall:
        async with watching(hub, f"lang=en&{stream}") as states:
            state = json.dumps(await asyncio.wait_for(states.get(), 20))
        return Wall(await Phone(hub).open(address), state)

    async def both() -> dict[str, Wall]:
        async with followed(folder, with_cities()) as hub:
            led = f"hold=voices {says(hub, SAID)}"
            return {
                "led": await taken(hub, f"/wall?{led}", led),
                "one question": await taken(hub, f"/wall/{BENCHES}", f"q={BENCHES}"),
            }

    return asyncio.run(both())


@pytest.mark.parametrize("which", ["led", "one question"])
def test_a_day_without_the_hub_hides_residents_words(
    page: Page, walls: dict[str, Wall], which: str
) -> None:
    """For a day they stay, then they are gone, and with the hub they are there again."""
    wall = walls[which]
    voices = page.locator("main .voice")

    def answers(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=wall.html, content_type="text/html")
        else:
            route.abort()

    page.route("**/*", answers)
    page.goto("http://wall.example/wall")
    hears = f"() => stream.onmessage({{ data: {json.dumps(wall.state)} }})"
    page.evaluate(hears)
    expect(voices).to_contain_text(SAID)
    page.evaluate("stream.onerror()")
    page.clock.fast_forward(23 * HOUR_MS)
    expect(voices).to_contain_text(SAID)
    page.clock.fast_forward(2 * HOUR_MS)
    expect(voices).to_have_count(0)
    page.evaluate(hears)
    expect(voices).to_contain_text(SAID)
