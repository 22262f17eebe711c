"""Codes that open nothing: mistyped, forged, too old; each page says what to do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from kiosk import clock
from kiosk.people import tokens
from kiosk.people.tokens import Kind
from tests.journeys.browsers import Windows
from tests.journeys.pages.phone import Phone
from tests.journeys.town import Town

BENCHES = "vivre-ensemble/core/benches"

NOT_OURS = "This code was not written by one of our screens."
SCAN_AGAIN = "Scan the code on the screen again, or type the six characters below it."


def code(town: Town, key: bytes | None = None, minutes_ago: float = 0) -> str:
    """A code of the touchscreen for the benches, or one that pretends to be."""
    return tokens.issue(
        key or town.screen.key,
        town.screen.number,
        Kind.SCREEN,
        tokens.target_of(BENCHES),
        clock.now() - timedelta(minutes=minutes_ago),
    )


@pytest.mark.parametrize("fault", ["forged", "flipped", "cut", "markup"])
def test_a_code_that_no_screen_wrote_says_so_and_what_to_do(
    shared_town: Town, windows: Windows, fault: str
) -> None:
    """Eve guesses, Ada mistypes: the page says so in their language, with a field to try again."""
    genuine = code(shared_town)
    wrong = {
        "forged": code(shared_town, b"guessed" * 5),
        "flipped": genuine[:-1] + ("0" if genuine[-1] != "0" else "1"),
        "cut": genuine[:20],
        "markup": "%3Cimg%20src=x%20onerror=alert(1)%3E",
    }[fault]
    phone = Phone(windows.phone(script=True), shared_town.public)
    phone.page.on("dialog", lambda _: pytest.fail("a script ran"))
    phone.open(f"/q/{wrong}")
    expect(phone.main).to_contain_text(phone.t(NOT_OURS))
    expect(phone.main).to_contain_text(phone.t(SCAN_AGAIN))
    expect(phone.main.get_by_role("textbox")).to_be_visible()
    expect(phone.button("Agree")).to_have_count(0)


def test_a_short_code_that_no_screen_shows_is_named(shared_town: Town, windows: Windows) -> None:
    """Ada mistypes one of six characters."""
    short = tokens.short_code(shared_town.screen.key, tokens.target_of(BENCHES))
    wrong = ("0" if short[0] != "0" else "1") + short[1:]
    phone = Phone(windows.phone(), shared_town.public)
    phone.open(f"/q/{wrong}")
    expect(phone.main).to_contain_text(phone.t("No screen shows the code {code}.", code=wrong))


def test_an_old_code_still_lets_one_read(shared_town: Town, windows: Windows) -> None:
    """A photograph of yesterday's code: the question is there, voting is not, the way is told."""
    phone = Phone(windows.phone(), shared_town.public)
    phone.open(f"/q/{code(shared_town, minutes_ago=600)}")
    expect(phone.headline).to_be_visible()
    expect(phone.main).to_contain_text(phone.t("This code is too old to vote with."))
    expect(phone.main).to_contain_text(phone.t(SCAN_AGAIN))
    expect(phone.button("Agree")).to_have_count(0)


def test_a_receipt_that_nobody_wrote_leads_nowhere(shared_town: Town, windows: Windows) -> None:
    """Eve tries 24 characters: nothing tells her whether she was near."""
    phone = Phone(windows.phone(), shared_town.public)
    phone.follows("0007-2K9D-7K2D-9QXM-7K2D-9QXM")
    expect(phone.headline).to_have_text(phone.t("This receipt is not known."))
