"""How a visit ends: asked first, by sight and sound, and then nothing of it remains."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.journeys.waiting import until
from tests.screens.touch_fixtures import LATER, SUMMIT, Stage, Visitor, stage_for_file

SECRET = "Zwetschgenkuchen"
ASKED = 'dialog[data-name="idle"]'
STANDS_STILL = "{ const began = performance.now(); performance.now = () => began; }"
"""Time passes where a story lets it: seconds that are told are not those of a busy machine."""

EXTENDED = 10
"""How often a visitor must be able to ask for more time (WCAG 2.2, 2.2.1)."""

WAKES = """() => {
    const back = document.querySelector("[data-send]");
    back.dispatchEvent(new PointerEvent("pointerdown", {bubbles: true}));
    back.click();
}"""
"""The first that happens after the timers stood still is a touch."""

FIELDS = """() => [...document.querySelectorAll("input, textarea")]
    .filter((field) => field.autocomplete !== "off" || field.spellcheck).map((f) => f.outerHTML)"""


stage = stage_for_file()
"""One touchscreen for all of these visitors, as in a hall."""


def _writes(visitor: Visitor, words: str = SECRET) -> None:
    visitor.goes_to(f"/fr/{SUMMIT}/comment/benches")
    visitor.page.click("[data-agree]")
    expect(visitor.page.locator("textarea")).to_be_focused()
    visitor.page.keyboard.type(words)


def _is_at_the_start(visitor: Visitor) -> None:
    visitor.page.wait_for_url(f"{visitor.stage.address}/")
    expect(visitor.page.locator(".stage .attract")).to_be_visible()


def _forgot(stage: Stage) -> bool:
    return not stage.do("remembers", backwards=SECRET[::-1])


def test_who_is_slow_asks_for_more_time_as_often_as_she_wants(visitor: Visitor) -> None:
    """Ada reads slowly: each question of the screen is answered by one touch, ten times."""
    page = visitor.page
    _writes(visitor)
    for n in range(1, EXTENDED + 1):
        visitor.lets_pass(71)
        expect(page.locator(ASKED)).to_be_visible()
        assert page.evaluate("() => kiosk.tones") == n
        page.locator("[data-stay]").click()
        expect(page.locator(ASKED)).to_be_hidden()
    expect(page.locator("textarea")).to_have_value(SECRET)
    visitor.lets_pass(71)
    expect(page.locator(ASKED)).to_be_visible()
    visitor.lets_pass(20)
    _is_at_the_start(visitor)


def test_the_question_counts_and_who_is_done_need_not_wait(visitor: Visitor, stage: Stage) -> None:
    """Its sentence stood at 20 all the time; Ada, who is done, had to say that she was not."""
    page = visitor.page
    page.add_init_script(STANDS_STILL)
    _writes(visitor)
    visitor.lets_pass(71.5)
    left = page.locator(f"{ASKED} .idle-left")
    expect(left).to_have_text("19")
    visitor.lets_pass(8)
    expect(left).to_have_text("11")
    expect(page.locator("#idle-text")).to_contain_text(re.compile(r"\b11\b"))
    page.locator("[data-done-now]").click()
    _is_at_the_start(visitor)
    until(lambda: _forgot(stage), "the server has forgotten")


def test_who_has_a_keyboard_alone_may_be_done_too(visitor: Visitor, stage: Stage) -> None:
    """Tab leads from “I am still here” to “I am done”, and the question stays for it."""
    page = visitor.page
    _writes(visitor)
    visitor.lets_pass(71)
    expect(page.locator("[data-stay]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[data-done-now]")).to_be_focused()
    visitor.lets_pass(1)
    expect(page.locator("[data-done-now]")).to_be_visible()
    page.keyboard.press("Enter")
    _is_at_the_start(visitor)
    until(lambda: _forgot(stage), "the server has forgotten")


def test_a_key_that_leads_within_the_question_begins_its_time_anew(visitor: Visitor) -> None:
    """Its figure goes on counting from twenty: it never stands still while time runs out."""
    page = visitor.page
    page.add_init_script(STANDS_STILL)
    _writes(visitor)
    left = page.locator(f"{ASKED} .idle-left")
    visitor.lets_pass(71.5)
    visitor.lets_pass(10)
    expect(left).to_have_text("9")
    page.keyboard.press("Tab")
    visitor.lets_pass(5.5)
    expect(left).to_have_text("15")
    visitor.lets_pass(16)
    _is_at_the_start(visitor)


SPEAKS = """speaks => Object.defineProperty(
    window.speechSynthesis, "speaking", { configurable: true, get: () => speaks })"""


def test_the_question_that_is_read_aloud_is_answered_by_a_touch(visitor: Visitor) -> None:
    """Who hears it has time while it is read, and touches anywhere: it is gone at once."""
    page = visitor.page
    _writes(visitor)
    for _ in range(4):
        page.evaluate(SPEAKS, False)
        visitor.lets_pass(71)
        expect(page.locator(ASKED)).to_be_visible()
        visitor.lets_pass(8)
        page.evaluate(SPEAKS, True)
        expect(page.locator(f"{ASKED} .idle-left")).to_have_text("20")
        page.mouse.click(20, 20)
        expect(page.locator(ASKED)).to_be_hidden()
    expect(page.locator("textarea")).to_have_value(SECRET)


def test_a_clock_that_jumps_neither_ends_nor_freezes_a_visit(visitor: Visitor) -> None:
    """The machine's clock is set a year ahead and fifty back while Ada writes."""
    page = visitor.page
    page.clock.install()
    _writes(visitor)
    for year in (2040, 1970):
        page.clock.set_system_time(f"{year}-01-01T00:00:00Z")
        visitor.stage.do("jump", hours=24 * 365 * (year - 2026))
        page.clock.run_for(3_000)
        expect(page.locator(ASKED)).to_be_hidden()
        expect(page.locator("textarea")).to_have_value(SECRET)
    visitor.lets_pass(71)
    expect(page.locator(ASKED)).to_be_visible()
    visitor.lets_pass(20)
    _is_at_the_start(visitor)


def test_nothing_of_a_visit_remains(visitor: Visitor, stage: Stage) -> None:
    """Ben comes after Ada: her words are nowhere, in the server's memory or in the browser."""
    page = visitor.page
    _writes(visitor)
    page.get_by_role("button", name="Français").click()
    page.get_by_role("button", name="Deutsch").click()
    page.wait_for_url("**/de/**")
    expect(page.locator("textarea")).to_have_value(SECRET)
    assert not _forgot(stage)
    visitor.lets_pass(91)
    _is_at_the_start(visitor)
    until(lambda: _forgot(stage), "the server has forgotten")
    assert SECRET not in page.content()
    assert SECRET not in str(page.context.storage_state(indexed_db=True))
    assert SECRET not in page.evaluate("() => JSON.stringify({...sessionStorage})")
    history = page.context.new_cdp_session(page).send("Page.getNavigationHistory")
    assert not [each["url"] for each in history["entries"] if "benches" in each["url"]]
    visitor.goes_to(f"/fr/{SUMMIT}/comment/benches")
    visitor.page.click("[data-agree]")
    expect(page.locator("textarea")).to_be_focused()
    expect(page.locator("textarea")).to_have_value("")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+v")
    expect(page.locator("textarea")).to_have_value("")
    assert page.evaluate(FIELDS) == []


def test_a_touch_that_wakes_the_screen_is_the_next_visitors(visitor: Visitor, stage: Stage) -> None:
    """The display slept with Ada's words on it: Ben's first touch sends nothing of hers."""
    _writes(visitor)
    visitor.page.evaluate(f"seconds => {{ ({LATER})(seconds); ({WAKES})(); }}", 400)
    _is_at_the_start(visitor)
    assert stage.do("waiting") == []


def test_a_visit_that_begins_after_a_long_rest_is_not_over(visitor: Visitor, stage: Stage) -> None:
    """Nobody came for an hour; Ada opens a page, and the hour is not counted against her."""
    visitor.goes_to("/")
    stage.do("sleep", seconds=3_600)
    _writes(visitor)
    assert stage.do("tick")
    expect(visitor.page.locator("textarea")).to_have_value(SECRET)
    stage.do("sleep", seconds=0)


def test_a_machine_that_slept_ends_the_visit_by_itself(visitor: Visitor, stage: Stage) -> None:
    """The page's own clock stood still with the machine: the server's did not."""
    _writes(visitor)
    stage.do("sleep", seconds=3_600)
    _is_at_the_start(visitor)
