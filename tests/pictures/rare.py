"""How a visitor comes to what is seldom seen: the poster's turns, groups, night, a lost line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from playwright.sync_api import Page, expect

from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.people import SUMMIT
from tests.pictures.ways import BENCHES, EXAMPLE, Way, attract, finding, to, written

GROUP_CODE = "48217306"
"""What opens group mode on the stage."""
CLOSED = "mo 00:00-00:01"
"""Opening hours outside of which the stage's night screen is shown."""
NIGHTLY = frozenset({"night"})
"""Screens of a house that is closed."""

_TURNS = """(sign) => setInterval(() => {
    const knob = document.querySelector(".pause"), drawn = knob?.querySelector(".icon");
    if (window.held || !drawn) return;
    const still = drawn.getAttribute("style").includes("play");
    const found = !!document.querySelector(sign);
    if (still !== found) knob.click();
    window.held = found && still;
}, 500)"""
"""Lets the poster, which stands still for less motion, go on until it shows *sign*."""


def turn_to(page: Page, sign: str) -> None:
    """Begin to turn the attract screen until it shows what *sign* selects."""
    page.evaluate(_TURNS, sign)


def has_turned(page: Page, timeout: float = 90_000) -> None:
    """Wait until the turn that was asked for stands still."""
    page.wait_for_function("() => window.held", timeout=timeout)


def _turn(sign: str) -> Way:
    def go(screen: Touchscreen) -> None:
        attract(screen)
        turn_to(screen.page, sign)
        has_turned(screen.page)

    return go


def _handover(screen: Touchscreen) -> None:
    written(screen)
    screen.page.locator("[data-hand-over]").click()
    expect(screen.page.locator(".handover-code svg")).to_be_visible()


def _one_voice(screen: Touchscreen) -> None:
    finding("bank")(screen)
    screen.main.locator(".found-card:has(.quoted)").first.click()
    expect(screen.page.locator(".one-voice")).to_be_visible()


def _taps(page: Page, digits: str) -> None:
    """Tap a number, since who types it has a keyboard's frame around everything."""
    for digit in digits:
        page.locator(".pad .knob").nth(10 if digit == "0" else int(digit) - 1).click()


def _door(screen: Touchscreen) -> None:
    to(SUMMIT, "group")(screen)
    expect(screen.page.locator(".group-digits")).to_be_visible()


def _size(screen: Touchscreen) -> None:
    _door(screen)
    _taps(screen.page, GROUP_CODE)
    expect(screen.page.locator(".group-size")).to_be_visible()


def _together(screen: Touchscreen) -> None:
    _size(screen)
    _taps(screen.page, "24")
    screen.page.locator(".group-entry .wide").click()
    expect(screen.page.locator(".together")).to_be_visible()


def _stop(screen: Touchscreen) -> None:
    _together(screen)
    screen.page.click("[data-tour]")
    expect(screen.page.locator(".tour-stop")).to_be_visible()


def _hands(screen: Touchscreen) -> None:
    _stop(screen)
    page = screen.page
    page.click("[data-question]")
    for choice, raised in enumerate(("15", "6", "3")):
        page.locator(".hand-choice").nth(choice).click()
        _taps(page, raised)
        expect(page.locator(".hand-number").nth(choice)).to_have_text(screen.t.number(int(raised)))


def _counted(screen: Touchscreen) -> None:
    _hands(screen)
    screen.page.locator("[data-look-hands]").click()
    expect(screen.page.locator(".hand-bars")).to_be_visible()
    # No tap: so soon at the same place it would be taken for a second one.
    screen.page.locator("[data-record-hands]").dispatch_event("click")
    expect(screen.page.locator(".two-counts")).to_be_visible()


def _tour_end(screen: Touchscreen) -> None:
    _counted(screen)
    to(SUMMIT, "tour/end")(screen)


def _lost(screen: Touchscreen) -> None:
    to(SUMMIT, BENCHES)(screen)
    # The next word of the server would take the sentence away again.
    screen.page.evaluate("window.socket.disconnect()")
    screen.page.evaluate("document.getElementById('popup').ariaHidden = 'false'")


def _again(screen: Touchscreen) -> None:
    to(SUMMIT, BENCHES)(screen)
    screen.page.evaluate("document.querySelector('[data-again]').hidden = false")


def _starting(screen: Touchscreen) -> None:
    """Draw what the browser shows by itself while the server of this machine is away."""
    script = screen.page.request.get(f"{screen.address}/away.js").text()
    found = re.search(r"SPLASH = `(.*?)<script>", script, re.DOTALL)
    assert found is not None
    screen.page.set_content(found[1])


def _night(screen: Touchscreen) -> None:
    screen.page.goto(f"{screen.address}/")
    expect(screen.page.locator(".night-words")).to_be_visible()


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "attract-exchange": _turn(".stage .exchange"),
        "attract-rows": _turn(".stage .answers:not(.agree)"),
        "attract-read": _turn(".stage .screen > .lead"),
        "not-found": to(SUMMIT, "exhibit/nowhere"),
        "plain": to(SUMMIT, "exhibit/summit-in-figures"),
        "commitments-none": to(SUMMIT, "list/commitment"),
        "commitments-example": to(EXAMPLE, "list/commitment"),
        "practices": to(EXAMPLE, "list/practice"),
        "one-voice": _one_voice,
        "handover": _handover,
        "group": _door,
        "group-size": _size,
        "group-together": _together,
        "tour": _stop,
        "hands": _hands,
        "hands-counted": _counted,
        "tour-end": _tour_end,
        "lost": _lost,
        "again": _again,
        "starting": _starting,
        "night": _night,
    }
)
"""Screens that seldom stand there, by their names."""
