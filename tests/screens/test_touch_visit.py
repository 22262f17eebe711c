"""A visit at the touchscreen: votes, comments, what goes wrong, and how it ends."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor

BENCHES = f"/fr/{SUMMIT}/exhibit/benches"
QUESTION = f"{SUMMIT}/core/benches"


def _write(visitor: Visitor, exhibit: str = "benches") -> None:
    visitor.goes_to(f"/fr/{SUMMIT}/comment/{exhibit}")
    visitor.page.click("[data-agree]")
    expect(visitor.page.locator("textarea")).to_be_focused()


def test_the_first_touch_on_the_attract_screen_is_a_vote(visitor: Visitor, stage: Stage) -> None:
    """Ada touches an answer from afar; it is counted before the screen thanks her."""
    visitor.goes_to("/")
    expect(visitor.page.locator(".tally")).to_have_count(0)
    visitor.page.click('[data-choice="agree"]')
    expect(visitor.page.locator(".thanks")).to_be_visible()
    assert stage.do("ballots", question=QUESTION) == 1
    visitor.page.wait_for_url("**/exhibit/benches")


@pytest.mark.parametrize("touched", ["h1", ".dock .pattern"])
def test_who_touches_the_sentence_or_the_poster_reads_first(
    visitor: Visitor, stage: Stage, touched: str
) -> None:
    """Ben wants to know what it is about: the exhibit opens, and nothing is counted for him."""
    visitor.goes_to("/")
    visitor.page.locator(touched).click(position={"x": 60, "y": 60})
    visitor.page.wait_for_url("**/exhibit/benches")
    expect(visitor.page.locator('[data-choice="agree"]')).to_be_visible()
    assert stage.do("ballots", question=QUESTION) == 0


def test_a_keyboard_comes_to_the_sentence_too(visitor: Visitor) -> None:
    """Samir has Tab and Enter alone, or one switch."""
    visitor.goes_to("/")
    visitor.page.keyboard.press("Tab")
    expect(visitor.page.locator("h1").get_by_role("button")).to_be_focused()
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**/exhibit/benches")


def test_a_double_tap_is_one_vote_and_touches_nothing_behind_it(
    visitor: Visitor, stage: Stage
) -> None:
    """Ben taps twice, as on his mouse at home."""
    visitor.goes_to(BENCHES)
    # Both within the moment in which a second tap is the same one, however long the machine takes.
    visitor.page.evaluate("() => { const now = performance.now(); performance.now = () => now; }")
    visitor.page.dblclick('[data-choice="disagree"]')
    expect(visitor.page.locator(".thanks")).to_be_visible()
    assert stage.do("ballots", question=QUESTION) == 1


@pytest.mark.parametrize("stage", [("full",)], indirect=True)
@pytest.mark.parametrize("size", [(1920, 1080), (1280, 800), (1024, 600), (1080, 1920)])
def test_a_conclusion_says_that_its_vote_is_over(
    visitor: Visitor, stage: Stage, size: tuple[int, int]
) -> None:
    """Room was made for the figures by hiding that very sentence, and what was concluded."""
    stage.do("ends", exhibition="example", exhibit="benches")
    visitor.page.set_viewport_size({"width": size[0], "height": size[1]})
    visitor.goes_to("/de/example/exhibit/benches")
    said = visitor.page.get_by_text("Diese Abstimmung ist beendet.")
    expect(said).to_be_in_viewport(ratio=1)
    expect(visitor.page.locator(".column .lead")).to_be_visible()
    figures = visitor.page.locator(".tally").bounding_box()
    bar = visitor.page.locator(".bar").bounding_box()
    assert figures is not None
    assert bar is not None
    assert figures["y"] + figures["height"] <= bar["y"] + 1, "the figures stand in the bar"


def test_a_vote_is_changed_and_withdrawn(visitor: Visitor, stage: Stage) -> None:
    """Ada changes her mind, then wants no vote at all."""
    visitor.goes_to(BENCHES)
    visitor.page.click('[data-choice="agree"]')
    visitor.page.get_by_role("button", name="Changer mon vote").click()
    visitor.page.click('[data-choice="pass"]')
    expect(visitor.page.locator(".bar-line.mine.pass")).to_be_visible()
    assert stage.do("ballots", question=QUESTION) == 1
    visitor.page.click("[data-withdraw]")
    expect(visitor.page.locator(".answer")).to_have_count(3)
    assert stage.do("ballots", question=QUESTION) == 0


def test_the_own_cell_of_the_pattern_lights_up(visitor: Visitor) -> None:
    """Ada's cell is in view, not behind the code."""
    visitor.goes_to(BENCHES)
    expect(visitor.page.locator(".dock .mine")).to_have_count(0)
    visitor.page.click('[data-choice="agree"]')
    own = visitor.page.locator(".dock .mine")
    expect(own).to_be_visible()
    card, cell = visitor.page.locator(".code-card").bounding_box(), own.bounding_box()
    assert card is not None
    assert cell is not None
    assert cell["y"] + cell["height"] < card["y"]


def test_a_comment_gets_a_receipt_whose_code_is_hidden_soon(visitor: Visitor, stage: Stage) -> None:
    """The next person in the queue must not copy Ada's code; her own cell is lit all the while.

    That the machine's clock is set back meanwhile shows it no longer.
    """
    _write(visitor)
    visitor.page.keyboard.type("Un banc à l’ombre, s’il vous plaît.")
    visitor.page.click("[data-send]")
    expect(visitor.page.locator(".code-groups")).to_be_visible()
    stage.do("jump", hours=-1)
    assert stage.do("waiting") == ["Un banc à l’ombre, s’il vous plaît."]
    own = visitor.page.locator(".dock .mine")
    expect(own).to_have_count(1)
    stage.do("sleep", seconds=21)
    expect(visitor.page.locator(".code-groups")).to_be_hidden()
    expect(visitor.page.locator(".voice-number")).to_contain_text("12-1")
    expect(own).to_have_count(1)


def test_a_receipts_code_is_kept_by_whoever_needs_longer(visitor: Visitor) -> None:
    """Samir has keys alone: the page's own clock, too, begins anew, and he is led on from there."""
    _write(visitor)
    page = visitor.page
    page.keyboard.type("Un banc à l’ombre.")
    page.click("[data-send]")
    expect(page.locator(".stage h1")).to_be_focused()
    code = page.locator(".code-groups")
    expect(code).to_have_attribute("data-hides-at", re.compile(r"\d"))
    shown, first = code.inner_text(), float(code.get_attribute("data-hides-at") or 0)
    visitor.lets_pass(15)
    page.locator("[data-longer]").focus()
    page.keyboard.press("Enter")
    later = (
        "at => Number(document.querySelector('.code-groups')?.dataset.hidesAt ?? 0) >= at + 10000"
    )
    page.wait_for_function(later, arg=first)
    expect(code).to_have_text(shown)
    expect(page.locator("[data-longer]")).to_be_focused()


def test_who_kept_a_code_stands_at_the_way_on_when_it_is_hidden(
    visitor: Visitor, stage: Stage
) -> None:
    """The button that Samir's keys are on goes with the code: they would begin at the top again."""
    _write(visitor)
    page = visitor.page
    page.keyboard.type("Un banc à l’ombre.")
    page.click("[data-send]")
    expect(page.locator(".stage h1")).to_be_focused()
    page.locator("[data-longer]").focus()
    stage.do("sleep", seconds=21)
    expect(page.locator("[data-longer]")).to_have_count(0)
    expect(page.locator(".receipt .row .knob").first).to_be_focused()
    stage.do("sleep", seconds=0)


def test_who_went_elsewhere_stays_there_when_the_code_is_hidden(
    visitor: Visitor, stage: Stage
) -> None:
    """Nour is at the end of the row, on her way through the voices: nothing leads her back."""
    _write(visitor)
    page = visitor.page
    page.keyboard.type("Un banc à l’ombre.")
    page.click("[data-send]")
    expect(page.locator(".stage h1")).to_be_focused()
    voices = page.locator(".receipt .row .knob").nth(1)
    voices.focus()
    stage.do("sleep", seconds=21)
    expect(page.locator("[data-longer]")).to_have_count(0)
    expect(voices).to_be_focused()
    stage.do("sleep", seconds=0)


def test_the_on_screen_keyboard_writes_with_accents_and_full_stops(visitor: Visitor) -> None:
    """Ada has no keyboard; the text begins with a capital by itself."""
    _write(visitor)
    for key in ("É", "t", "é", "{space}", "œ", "u", "f", "."):
        visitor.page.locator(f'.keyboard [data-skbtn="{key}"]').click()
    expect(visitor.page.locator("textarea")).to_have_value("Été œuf.")


def test_the_draft_survives_another_language(visitor: Visitor) -> None:
    """Halfway through, Ada switches to German; her words stay."""
    _write(visitor)
    visitor.page.keyboard.type("Meine Nachbarin")
    visitor.page.click("[data-opens=language]")
    visitor.page.get_by_role("button", name="Deutsch").click()
    visitor.page.wait_for_url("**/de/**")
    expect(visitor.page.locator("textarea")).to_have_value("Meine Nachbarin")


@pytest.mark.parametrize("words", ["", "   ", "x" * 10_000])
def test_what_cannot_be_taken_is_said_and_stays_in_the_field(
    visitor: Visitor, stage: Stage, words: str
) -> None:
    """Nothing of it is stored, nothing of it is lost."""
    _write(visitor)
    visitor.page.fill("textarea", words)
    visitor.page.click("[data-send]")
    expect(visitor.page.locator(".trouble")).to_be_visible()
    expect(visitor.page.locator("textarea")).to_have_value(words)
    assert stage.do("waiting") == []


def test_a_full_disk_is_said_and_the_text_kept(visitor: Visitor, stage: Stage) -> None:
    """No thanks before the commit: Ada sends again when it works again."""
    _write(visitor)
    visitor.page.keyboard.type("Bleibt da.")
    stage.do("jam")
    visitor.page.click("[data-send]")
    expect(visitor.page.locator(".trouble")).to_be_visible()
    expect(visitor.page.locator("textarea")).to_have_value("Bleibt da.")
    stage.do("unjam")
    expect(visitor.page.locator("[data-send].pressed")).to_have_count(0)
    visitor.page.click("[data-send]")
    expect(visitor.page.locator(".code-groups")).to_be_visible()
    assert stage.do("waiting") == ["Bleibt da."]


def test_who_walks_away_is_asked_and_then_forgotten(visitor: Visitor) -> None:
    """The next visitor finds neither draft nor language nor the notice as read."""
    _write(visitor)
    visitor.page.keyboard.type("Geheim")
    warning = visitor.page.locator('dialog[data-name="idle"]')
    visitor.lets_pass(71)
    expect(warning).to_be_visible()
    assert visitor.page.evaluate("() => kiosk.tones") == 1
    visitor.page.mouse.click(5, 5)
    expect(warning).to_be_hidden()
    visitor.lets_pass(91)
    visitor.page.wait_for_url(f"{visitor.stage.address}/")
    visitor.goes_to(f"/fr/{SUMMIT}/comment/benches")
    visitor.page.click("[data-agree]")
    expect(visitor.page.locator("textarea")).to_have_value("")
