"""Journey 1: a code on the touchscreen, one page on the phone, one tap, counted everywhere."""

from __future__ import annotations

import re

import httpx
from playwright.sync_api import expect

from kiosk.screens.widgets import words
from kiosk.voice import actions
from tests.journeys.browsers import Windows
from tests.journeys.pages.phone import Phone
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.pages.wall import Wall
from tests.journeys.processes import PATIENCE_S
from tests.journeys.town import Town
from tests.journeys.watching import Watch, once_in_time

WEAKEST = "vivre-ensemble/core/weakest-first"


def test_ada_votes_on_her_phone_and_the_wall_that_ben_watches_counts_it(
    shared_town: Town, windows: Windows
) -> None:
    """Scan, one request, one tap; wall and touchscreen move within a second, without a reload."""
    screen = Touchscreen(windows.hall(), shared_town.touch)
    screen.open("weakest-first")
    screen.vote("Disagree")
    wall = Wall(windows.hall(), shared_town.public)
    wall.open(WEAKEST)
    expect(wall.main).to_contain_text(f"{words.channel_label(wall.t, 'touchscreen')} 1")

    phones = words.channel_label(wall.t, "phone")

    def another_votes(number: int) -> bool:
        screen.stays()
        phone = Phone(windows.phone("fr-FR"), shared_town.public)
        phone.open(screen.scan())
        assert len(phone.asked) == 1, phone.asked
        assert phone.page.locator("html").get_attribute("lang") == "fr"
        expect(phone.headline).to_have_text(re.compile("quartiers"))
        votes = words.votes(screen.t, number)
        told = screen.t("{channel}: {votes}", channel=phones, votes=votes)
        at_wall, at_screen = (
            Watch(wall.page, f"{phones}\N{NO-BREAK SPACE}{number}"),
            Watch(screen.page, told),
        )
        at_wall.begins()
        at_screen.begins()
        phone.vote("Agree")
        took = at_wall.seconds(), at_screen.seconds()
        print(f"vote by phone to wall {took[0]:.2f} s, to touchscreen {took[1]:.2f} s")
        return max(took) < 1

    voted = once_in_time(another_votes, tries=12)
    with shared_town.hub_database() as hub:
        tally = hub.read_now(lambda c: actions.tally_of(c, WEAKEST))
    assert (tally.by_choice["agree"], tally.by_choice["disagree"]) == (voted, 1)
    assert {k: v["*"] for k, v in tally.by_channel.items()} == {"phone": voted, "touchscreen": 1}


def test_the_page_of_a_vote_is_one_small_request_in_the_phone_s_language(
    shared_town: Town, windows: Windows
) -> None:
    """Each language by itself: one request, no script, at most 10 KB, nothing cached or leaked."""
    screen = Touchscreen(windows.hall(), shared_town.touch)
    screen.open("benches")
    address = screen.scan()
    for wish, language, direction in (
        ("fr-FR,fr;q=0.9", "fr", "ltr"),
        ("de-AT", "de", "ltr"),
        ("en-GB", "en", "ltr"),
        ("ar-EG", "ar", "rtl"),
        ("tlh", "en", "ltr"),
    ):
        asks = {"Accept-Language": wish, "Accept-Encoding": "gzip"}
        page = httpx.get(address, headers=asks, trust_env=False, timeout=PATIENCE_S)
        assert f'<html lang="{language}" dir="{direction}">' in page.text
        assert "<script" not in page.text
        assert page.num_bytes_downloaded <= 10_000
        assert page.headers["referrer-policy"] in {"no-referrer", "same-origin"}
        assert "set-cookie" not in page.headers
        assert "no-store" in page.headers["cache-control"]


def test_ada_types_the_short_code_and_votes(shared_town: Town, windows: Windows) -> None:
    """The six characters under the code lead to the same question."""
    screen = Touchscreen(windows.hall(), shared_town.touch)
    screen.open("square-at-night")
    card = screen.page.locator(".address", has_text=re.compile(r"/q/[0-9A-Z]{6}"))
    written = "".join(card.inner_text().split())  # host and code stand in two lines
    phone = Phone(windows.phone("de-DE"), shared_town.public, "de")
    phone.open(f"http://{written}")
    phone.vote("Agree")
    expect(phone.main).to_contain_text(phone.t("Your answer:"))
