"""The smallest screen, and those between the pictures' sizes: a tablet upright, a cheap display."""

from __future__ import annotations

from playwright.sync_api import expect

from kiosk.locale.translator import LANGUAGES
from tests.journeys.waiting import until
from tests.screens.test_touch_small import COVERED, WAYS
from tests.screens.touch_fixtures import SUMMIT, Visitor, stage_for_file

OWN = ("en", *(language for language in LANGUAGES if language != "en"))
stage = stage_for_file("full", "turn=1", f"languages={','.join(OWN)}")

SMALLEST = (1024, 600)
BETWEEN = ((768, 1024), (800, 1280), (1280, 720))
EVERY = (SMALLEST, (1280, 800), (1920, 1080), (1080, 1920), *BETWEEN)

RUNS_OVER = """() => {
  const stage = document.querySelector(".stage").getBoundingClientRect();
  const outside = [...document.querySelectorAll(".attract > *")].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.top < stage.top - 1 || box.bottom > stage.bottom + 1 || box.right > stage.right + 1;
  });
  return [document.querySelector(".stage").dataset.path, outside.map((one) => one.innerText)];
}"""
"""The attract screen's turn, and what of it stands outside of its stage, or in the bar."""

TURNS = 6
"""Five questions and a conclusion; exchanges have turns between them."""


def test_every_way_is_whole(visitor: Visitor) -> None:
    """In ten languages on the smallest screen, in the longest and the other script in between.

    There the buttons of the notice lay in the bar, a programme's over its title; on a tablet that
    stands upright the start's ways lay over its topics, and at 720 lines keys.
    """
    covered: dict[str, list[str]] = {}

    def look(where: str) -> None:
        for size in (SMALLEST, *(BETWEEN if where[:2] in {"de", "uk", "ar"} else ())):
            visitor.takes_size(*size)
            covered[f"{where} {size}"] = visitor.page.evaluate(COVERED)

    for language in LANGUAGES:
        for way in (*WAYS, "/exhibit/benches", "/exhibit/empty-plot"):
            visitor.goes_to(f"/{language}/{SUMMIT}{way}")
            look(f"{language} {way}")
        visitor.goes_to(f"/{language}/{SUMMIT}/exhibit/benches")
        visitor.page.click("[data-say]")
        expect(visitor.page.locator("[data-agree]")).to_be_visible()
        look(f"{language} the notice")
    assert {where: buttons for where, buttons in covered.items() if buttons} == {}


def test_what_the_attract_screen_asks_is_as_large_as_it_finds_room(visitor: Visitor) -> None:
    """In English “No name, no account.” lay in the bar at 1920 × 1080: it asks in more words."""
    visitor.page.emulate_media(reduced_motion="no-preference")  # else it stands still
    visitor.goes_to("/")
    visitor.page.add_style_tag(content=".attract { animation: none !important; }")  # it would move
    outside: dict[str, dict[tuple[int, int], list[str]]] = {}

    def all_seen() -> bool:
        for size in EVERY:
            visitor.takes_size(*size)
            turn, words = visitor.page.evaluate(RUNS_OVER)
            outside.setdefault(turn, {})[size] = words
        return sum(len(sizes) == len(EVERY) for sizes in outside.values()) >= TURNS

    until(all_seen, "all turns in all sizes", patience_s=400)
    assert not [(turn, sizes) for turn, sizes in outside.items() if any(sizes.values())]
