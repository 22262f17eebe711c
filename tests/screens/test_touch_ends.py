"""A visit that ends wholly: nobody who comes next stands in it, or finds what was shown in it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor, stage_for_file

QUESTION = f"{SUMMIT}/core/benches"
ASKED = 'dialog[data-name="idle"]'
ATTRACT = ".stage .attract"
CARD = ".dock .code-card"
IS_FROM_ITS_END = """ms => {
    const end = Number(document.querySelector("[data-hides-at]").dataset.hidesAt);
    performance.now = () => end + ms;
}"""
"""Lets the page's time stand so far from the moment in which a code is hidden."""


stage = stage_for_file("turn=3600", "speaks=1")
"""One touchscreen for all of these visitors; it stays on its first question, and can speak."""


def _sends(visitor: Visitor) -> None:
    visitor.goes_to(f"/fr/{SUMMIT}/comment/benches")
    visitor.page.click("[data-agree]")
    expect(visitor.page.locator("textarea")).to_be_focused()
    visitor.page.keyboard.type("Un banc à l’ombre.")
    visitor.page.click("[data-send]")
    code = visitor.page.locator(".code-groups")
    expect(code).to_have_attribute("data-hides-at", re.compile(r"\d"))
    expect(visitor.page.locator(CARD)).to_be_visible()


def _fits_herself(page: Page, mode: str) -> None:
    page.click("[data-opens=access]")
    page.click(f".mode[data-mode={mode}]")
    page.click(".access [data-close]")


def test_back_from_the_first_exhibit_stays_within_the_visit(visitor: Visitor, stage: Stage) -> None:
    """Ada answers the attract screen, writes and goes back: Ben's answer was hers, changed."""
    page = visitor.page
    before = stage.do("ballots", question=QUESTION)
    visitor.goes_to("/")
    page.click('[data-choice="agree"]')
    expect(page.locator(".thanks")).to_be_visible()
    page.get_by_role("button", name="Dire quelque chose").click()
    page.click("[data-agree]")
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.type("Un banc à l’ombre.")
    for path in ("exhibit/benches", "topic/communicative", SUMMIT):
        page.click("[data-back]")
        page.wait_for_url(f"**/{path}")
        expect(page.locator("[data-back].pressed")).to_have_count(0)  # so soon it is the same tap
    expect(page.locator("[data-done]")).to_be_visible()
    visitor.lets_pass(71)
    expect(page.locator(ASKED)).to_be_visible()
    page.click("[data-done-now]")
    expect(page.locator(ATTRACT)).to_be_visible()
    page.click('[data-choice="disagree"]')
    expect(page.locator(".thanks")).to_be_visible()
    assert stage.do("ballots", question=QUESTION) == before + 2
    page.get_by_role("button", name="Dire quelque chose").click()
    page.click("[data-agree]")
    expect(page.locator("textarea")).to_have_value("")


def test_back_from_the_first_exhibit_in_another_language(visitor: Visitor) -> None:
    """Jonas is called in German; Back told him that this page does not exist."""
    page = visitor.page
    visitor.goes_to("/")
    page.locator(".call[lang=de]").click()
    page.wait_for_url("**/de/**/exhibit/benches")
    page.click("[data-back]")
    page.wait_for_url("**/de/**/topic/*")
    expect(page.locator(".trouble")).to_have_count(0)


def test_what_does_not_come_is_heard_by_nobody(visitor: Visitor) -> None:
    """The voice's clips hang: whoever chose to hear them is asked whether she is there."""
    page = visitor.page
    page.route("**/speech/**", lambda _: None)
    visitor.goes_to(f"/fr/{SUMMIT}/exhibit/benches")
    _fits_herself(page, "aloud")
    page.wait_for_function("() => document.querySelector('body > audio')?.paused === false")
    visitor.lets_pass(71)
    expect(page.locator(ASKED)).to_be_visible()


def test_a_receipts_code_is_hidden_though_the_server_hangs(visitor: Visitor, stage: Stage) -> None:
    """The page counts by itself: what Ada might have scanned is not there for Ben."""
    page = visitor.page
    _sends(visitor)
    with stage.away():
        page.evaluate(IS_FROM_ITS_END, -5_000)
        expect(page.locator(".code-groups")).to_be_visible()
        page.evaluate(IS_FROM_ITS_END, 1_000)
        expect(page.locator(".code-groups")).to_be_hidden()
        expect(page.locator(CARD)).to_be_hidden()
    stage.do("sleep", seconds=21)
    expect(page.locator(".code-groups")).to_have_count(0)
    expect(page.locator(CARD)).to_be_visible()
    stage.do("sleep", seconds=0)


def test_a_draft_s_code_is_hidden_though_the_server_hangs(visitor: Visitor, stage: Stage) -> None:
    """It holds all that Ben wrote: who comes after him could scan it for as long as it stands."""
    page = visitor.page
    visitor.goes_to(f"/fr/{SUMMIT}/comment/benches")
    page.click("[data-agree]")
    page.fill("textarea", "Un banc à l’ombre.")
    page.click("[data-hand-over]")
    code = page.locator(".handover-code svg")
    expect(code).to_be_visible()
    expect(page.locator("[data-hides-at]")).to_have_count(1)
    page.evaluate("() => { document.querySelector('.touch').dataset.idleAfter = '900'; }")
    with stage.away():
        page.evaluate(IS_FROM_ITS_END, -5_000)
        expect(code).to_be_visible()
        page.evaluate(IS_FROM_ITS_END, 1_000)
        expect(code).to_be_hidden()


def test_a_visit_that_ends_while_the_server_hangs_shows_no_code(
    visitor: Visitor, stage: Stage
) -> None:
    """Where a screen waits for a few seconds only, Ada's code went with the server's next word."""
    page = visitor.page
    _sends(visitor)
    with stage.away():
        page.evaluate("() => { document.querySelector('.touch').dataset.idleAfter = '10'; }")
        visitor.lets_pass(11)
        expect(page.locator(".stage")).to_be_hidden()
        expect(page.locator(CARD)).to_be_hidden()


def test_modes_chosen_on_the_attract_screen_end_like_a_visit(visitor: Visitor) -> None:
    """Nour chose large text and went on her way: the screen asks, then Ben finds it as it was."""
    page = visitor.page
    visitor.goes_to("/")
    _fits_herself(page, "large")
    visitor.lets_pass(71)
    expect(page.locator(ASKED)).to_be_visible()
    visitor.lets_pass(20)
    expect(page.locator("#app .touch")).to_have_attribute("data-modes", "")
    page.click('[data-choice="agree"]')
    expect(page.locator(".thanks")).to_be_visible()
