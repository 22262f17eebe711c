"""How a visitor comes to every screen of the touchscreen, by the screen's name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from playwright.sync_api import expect

from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.people import SUMMIT

Way = Callable[[Touchscreen], None]
EXAMPLE = "example"
BENCHES = "exhibit/benches"
CORNER = "40717253"
"""What opens the staff corner of the stage."""
WRITTEN = {
    "fr": "Une place à l’ombre, devant l’école.",
    "de": "Ein Platz im Schatten, vor der Schule.",
    "ar": "ساحة مظلّلة أمام المدرسة.",
}
"""What somebody writes, in her language; in English in any other."""


def to(exhibition: str, path: str = "") -> Way:
    """Return the way to an address: an exhibition's home, or a path in it."""

    def go(screen: Touchscreen) -> None:
        here = f"{screen.address}/{screen.language}/{exhibition}"
        screen.page.goto(f"{here}/{path}" if path else here)
        screen.awake()

    return go


def attract(screen: Touchscreen) -> None:
    """Stand before the attract screen."""
    screen.page.goto(f"{screen.address}/")
    screen.awake()


def _opens(knob: str, dialog: str, way: Way) -> Way:
    """Go a way, then touch what opens a dialog."""

    def go(screen: Touchscreen) -> None:
        way(screen)
        screen.page.locator(knob).first.click()
        expect(screen.page.locator(dialog)).to_be_visible()

    return go


def _tally(screen: Touchscreen) -> None:
    to(SUMMIT, BENCHES)(screen)
    screen.vote("Agree")


def _tally_of_several(screen: Touchscreen) -> None:
    to(SUMMIT, "exhibit/empty-plot")(screen)
    screen.main.locator("[data-choice]").first.click()
    expect(screen.main.get_by_text(screen.t("Counted. Thank you."))).to_be_visible()


def _privacy_notice(screen: Touchscreen) -> None:
    to(SUMMIT, BENCHES)(screen)
    screen.button("Say something").click()
    expect(screen.button("I have read this: write")).to_be_visible()


def written(screen: Touchscreen) -> None:
    """Read the notice, go on by key: a tap so soon at the same place would be a second one."""
    _privacy_notice(screen)
    screen.button("I have read this: write").press("Enter")
    expect(screen.board.get_by_role("button").first).to_be_visible()
    words = WRITTEN.get(screen.t.language, "A square in the shade, before the school.")
    screen.field.fill(words)
    expect(screen.page.locator(".counter")).to_contain_text(screen.t.number(len(words)))


def _receipt(screen: Touchscreen) -> None:
    written(screen)
    screen.field.click()  # a pointer again, so that no keyboard's frame is drawn
    # No tap: upright it stands where the notice's button stood a moment ago.
    screen.button("Send for review").dispatch_event("click")
    screen.receipt()


def _search(screen: Touchscreen) -> None:
    to(SUMMIT, "search")(screen)
    expect(screen.board.get_by_role("button").first).to_be_visible()


def finding(words: str) -> Way:
    """Return the way to what is found by *words* as they are typed."""

    def go(screen: Touchscreen) -> None:
        _search(screen)
        screen.page.locator(".search-field").fill(words)
        expect(screen.main.locator(".found-card, .nothing").first).to_be_visible()

    return go


def _staff(screen: Touchscreen) -> None:
    to(SUMMIT)(screen)
    screen.page.keyboard.press("Control+Alt+Shift+K")
    expect(screen.page.locator('dialog[open][data-name="staff"]')).to_be_visible()


def _staff_state(screen: Touchscreen) -> None:
    """Type the code and wait for what the corner says of this screen."""
    _staff(screen)
    corner = screen.page.locator('dialog[data-name="staff"]')
    for digit in CORNER:
        corner.locator(".staff-keys").get_by_text(digit, exact=True).click()
    corner.locator(".knob.strong").click()
    expect(corner.locator(".staff-state")).to_be_visible()


def _idle(screen: Touchscreen) -> None:
    to(SUMMIT, BENCHES)(screen)
    screen.page.evaluate("document.querySelector('dialog[data-name=\"idle\"]').showModal()")


READ: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "home": (SUMMIT, ""),
        "home-example": (EXAMPLE, ""),
        "topic": (SUMMIT, "topic/communicative"),
        "topic-example": (EXAMPLE, "topic/inclusive"),
        "question": (SUMMIT, BENCHES),
        "question-single": (SUMMIT, "exhibit/empty-plot"),
        "question-multiple": (EXAMPLE, "exhibit/heat-needs"),
        "guiding-question": (SUMMIT, "exhibit/izmir-resilient-cities_short-or-long"),
        "conclusion": (EXAMPLE, BENCHES),
        "voices": (SUMMIT, "voices/benches"),
        "voices-all": (SUMMIT, "voices"),
        "map": (SUMMIT, "map"),
        "map-closer": (SUMMIT, "map/29_-10_58_38"),
        "map-nothing": (SUMMIT, "map/practices"),
        "city": (SUMMIT, "exhibit/sceaux"),
        "timeline": (SUMMIT, "exhibit/three-summits"),
        "programme": (SUMMIT, "list/session"),
        "session-timed": (SUMMIT, "exhibit/izmir-diversity"),
        "session-to-be-confirmed": (SUMMIT, "exhibit/izmir-closing"),
        "declaration": (SUMMIT, "exhibit/dusseldorf-declaration"),
        "commitment-example": (EXAMPLE, "exhibit/lindmark-benches"),
        "words": (SUMMIT, "list/word"),
        "word": (SUMMIT, "exhibit/word-hidalgo"),
        "practice": (EXAMPLE, "exhibit/chair-library"),
        "resource": (SUMMIT, "exhibit/what-is-known"),
        "media": (EXAMPLE, "exhibit/card-wall"),
        "legal": (SUMMIT, "legal/imprint"),
        "privacy-page": (SUMMIT, "legal/privacy"),
        "counting": (SUMMIT, "legal/counting"),
        "accessibility": (SUMMIT, "legal/accessibility"),
    }
)
"""Screens that an address is enough for: exhibition and path."""

WAYS: Mapping[str, Way] = MappingProxyType(
    {
        "attract": attract,
        **{name: to(*where) for name, where in READ.items()},
        "tally": _tally,
        "tally-single": _tally_of_several,
        "privacy-notice": _privacy_notice,
        "comment": written,
        "receipt": _receipt,
        "search": _search,
        "found": finding("bank"),
        "found-nothing": finding("zzzyx"),
        "viewer": _opens(
            ".picture .enlarge", "dialog.viewer[open]", to(EXAMPLE, "exhibit/workshop-streets")
        ),
        "player": _opens(
            "button.enlarge:has(.play-sign)",
            "dialog.player[open]",
            to(EXAMPLE, "exhibit/lindmark-benches"),
        ),
        "report": _opens(".flag", 'dialog[open][data-name="report"]', to(SUMMIT, "voices/benches")),
        "languages": _opens(
            '[data-opens="language"]', 'dialog[open][data-name="language"]', to(SUMMIT, BENCHES)
        ),
        "modes": _opens(".access-knob", 'dialog[open][data-name="access"]', to(SUMMIT, BENCHES)),
        "idle": _idle,
        "staff": _staff,
        "staff-state": _staff_state,
    }
)
"""Every screen that opens from within the exhibition."""
