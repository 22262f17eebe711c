"""How a visitor comes to the states of what opens over a screen: closer, told, worn, sent."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from playwright.sync_api import expect

from tests.journeys.pages.touchscreen import Touchscreen
from tests.pictures import rare
from tests.pictures.ways import WAYS as OPENING
from tests.pictures.ways import Way

WRONG = "00000000"
"""A code that opens nothing."""
CAPTIONED_S = 3
"""Second of the example's film in which something is said."""


def _presses(opening: str, knob: str, shows: str) -> Way:
    """Open something, press a knob in it by its key, and wait until *shows* stands there."""

    def go(screen: Touchscreen) -> None:
        OPENING[opening](screen)
        screen.page.locator(f"dialog[open] {knob}").first.dispatch_event("click")
        expect(screen.page.locator(shows).first).to_be_visible()

    return go


def _viewer_closer(screen: Touchscreen) -> None:
    OPENING["viewer"](screen)
    page = screen.page
    page.wait_for_selector('dialog.viewer[data-opened="whole"]')
    for _ in range(3):
        page.locator('dialog[open] [data-zoom="in"]').dispatch_event("click")
    page.wait_for_function(
        "() => Number(document.querySelector('dialog.viewer').dataset.enlarged) > 2"
    )


def _player_said(screen: Touchscreen) -> None:
    """Hold the film where somebody speaks, with the choice of captions open."""
    OPENING["player"](screen)
    page = screen.page
    page.evaluate(
        "(at) => { const film = document.querySelector('dialog[open] .film-itself');"
        " film.currentTime = at; film.pause(); }",
        CAPTIONED_S,
    )
    expect(page.locator("dialog[open] .now-said")).not_to_be_empty()
    page.locator('dialog[open] [data-unfolds="caption-choice"]').dispatch_event("click")


def _modes_worn(screen: Touchscreen) -> None:
    OPENING["modes"](screen)
    for name in ("aloud", "easy", "calm"):
        knob = screen.page.locator(f'dialog[open] [data-mode="{name}"]')
        knob.dispatch_event("click")
        expect(knob).to_have_attribute("aria-pressed", "true")


def _staff_refused(screen: Touchscreen) -> None:
    OPENING["staff"](screen)
    corner = screen.page.locator('dialog[data-name="staff"]')
    for digit in WRONG:
        corner.locator(".staff-keys").get_by_text(digit, exact=True).dispatch_event("click")
    before = corner.locator(".lead").inner_text()
    corner.locator(".knob.strong").dispatch_event("click")
    expect(corner.locator(".lead")).not_to_have_text(before)


def _staff_typed(screen: Touchscreen) -> None:
    OPENING["staff"](screen)
    screen.page.keyboard.type(WRONG[:5])


def _group_refused(screen: Touchscreen) -> None:
    rare.WAYS["group"](screen)
    for _ in WRONG:
        screen.page.locator(".pad .knob").nth(10).dispatch_event("click")
    expect(screen.page.locator(".group-problem")).not_to_be_empty()


def _hands_looked(screen: Touchscreen) -> None:
    rare.WAYS["hands"](screen)
    screen.page.locator("[data-look-hands]").dispatch_event("click")
    expect(screen.page.locator(".hand-bars")).to_be_visible()


WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "viewer-closer": _viewer_closer,
        "viewer-told": _presses("viewer", "[aria-expanded]", "dialog[open] .in-words"),
        "player-said": _player_said,
        "player-words": _presses(
            "player", '[data-unfolds="transcript"]', "dialog[open] .transcript-text"
        ),
        "modes-worn": _modes_worn,
        "report-sent": _presses("report", "[data-ground=other]", 'dialog[open] [role="status"]'),
        "staff-typed": _staff_typed,
        "staff-refused": _staff_refused,
        "staff-clean": _presses("staff-state", ".row .knob:nth-child(2)", ".cleaning"),
        "staff-pattern": _presses("staff-state", ".row .knob:nth-child(1)", ".test-pattern"),
        "group-refused": _group_refused,
        "hands-looked": _hands_looked,
    }
)
"""States that the screens below or above them have for a moment."""
