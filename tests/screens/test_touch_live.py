"""What changes elsewhere shows on an open touchscreen without a reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.browsers import leave
from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor

BENCHES = f"/fr/{SUMMIT}/exhibit/benches"


def test_a_voice_comes_is_answered_and_is_taken_down(visitor: Visitor, stage: Stage) -> None:
    """Ada reads while the hub publishes, answers and takes down: the card follows at once."""
    visitor.goes_to(BENCHES)
    voice = stage.do("voice", exhibit="benches", language="fr", text="Trois bancs, pas un bar.")
    visitor.sees("Trois bancs, pas un bar.")
    stage.do("answer", comment=voice)
    visitor.sees("Test Mayor")
    visitor.sees("Réponse officielle")
    stage.do("take_down", comment=voice)
    expect(visitor.page.locator(".stage")).not_to_contain_text("Trois bancs")


def test_a_voice_is_shown_as_it_was_written_never_as_markup(visitor: Visitor, stage: Stage) -> None:
    """Markup in a voice stays text; a voice in Arabic is marked as such."""
    stage.do("voice", exhibit="benches", language="ar", text="<img src=x onerror=alert(1)> مقعد")
    visitor.goes_to(f"/fr/{SUMMIT}/voices")
    quotation = visitor.page.locator(".quotation")
    expect(quotation).to_contain_text("<img src=x onerror=alert(1)>")
    expect(quotation).to_have_attribute("lang", "ar")
    expect(quotation).to_have_attribute("dir", "rtl")
    expect(visitor.page.locator(".quotation img")).to_have_count(0)


def test_more_voices_are_leafed_by_key(visitor: Visitor, stage: Stage) -> None:
    """Eight voices make two pages; none is seen twice, and the way back leads to the first."""
    for n in range(8):
        stage.do("voice", exhibit="benches", language="fr", text=f"Voix numéro {n} dit cela.")
    visitor.goes_to(f"/fr/{SUMMIT}/voices")
    visitor.sees("Voix numéro 7")
    visitor.page.click("[data-more]")
    visitor.sees("Voix numéro 0")
    expect(visitor.page.locator(".stage")).not_to_contain_text("Voix numéro 7")
    visitor.page.click("[data-before]")
    visitor.sees("Voix numéro 7")


def test_a_voice_is_reported_with_its_ground(visitor: Visitor, stage: Stage) -> None:
    """Ben finds a voice insulting and says so, without any login."""
    stage.do("voice", exhibit="benches", language="fr", text="Trois bancs, pas un bar.")
    visitor.goes_to(BENCHES)
    visitor.page.click(".flag")
    expect(visitor.page.locator(".reported-voice")).to_be_visible()
    visitor.page.click('[data-ground="insult"]')
    expect(visitor.page.locator('dialog[data-name="report"] [role="status"]')).to_be_visible()


def test_a_ground_is_heard_though_the_server_hangs(visitor: Visitor, stage: Stage) -> None:
    """Its button was drawn anew with the voice: a press on the one before it was nobody's."""
    voice = stage.do("voice", exhibit="benches", language="fr", text="Trois bancs, pas un bar.")
    visitor.goes_to(BENCHES)
    with stage.away():
        visitor.page.click(".flag")
        visitor.page.click('[data-ground="insult"]')
    expect(visitor.page.locator('dialog[data-name="report"] [role="status"]')).to_be_visible()
    assert stage.do("reported") == [[voice, "insult"]]


def test_a_ground_is_that_of_the_voice_for_which_it_was_pressed(
    visitor: Visitor, stage: Stage
) -> None:
    """The server hangs while Ben reports one voice, closes, and touches the flag of another."""
    one, two = (
        stage.do("voice", exhibit="benches", language="fr", text=words)
        for words in ("Trois bancs, pas un bar.", "Une fontaine.")
    )
    page = visitor.page
    visitor.goes_to(f"/fr/{SUMMIT}/voices")
    with stage.away():
        page.click(f'[data-comment="{one}"] .flag')
        page.click('[data-ground="insult"]')
        page.locator('dialog[data-name="report"] .quiet').click()
        page.click(f'[data-comment="{two}"] .flag')
    expect(page.locator(".reported-voice")).to_contain_text("Une fontaine.")
    page.click('[data-ground="other"]')
    expect(page.locator('dialog[data-name="report"] [role="status"]')).to_be_visible()
    assert stage.do("reported") == [[one, "insult"], [two, "other"]]


def test_a_voice_that_is_taken_down_leaves_the_report_about_it(
    visitor: Visitor, stage: Stage
) -> None:
    """Ben wonders what is wrong with it while the moderator decides; closed, it stays nowhere."""
    voice = stage.do("voice", exhibit="benches", language="fr", text="Trois bancs, pas un bar.")
    visitor.goes_to(BENCHES)
    flag, reported = visitor.page.locator(".flag"), visitor.page.locator(".reported-voice")
    flag.click()
    expect(reported).to_contain_text("Trois bancs")
    stage.do("take_down", comment=voice)
    expect(reported).to_have_count(0)
    gone = visitor.page.locator('dialog[data-name="report"] [role="status"]')
    expect(gone).to_have_text("Cet avis n’est plus affiché.")
    expect(visitor.page.locator("[data-ground]:visible")).to_have_count(0)
    visitor.page.locator('dialog[data-name="report"] .quiet').click()
    stage.do("voice", exhibit="benches", language="fr", text="Un banc suffit.")
    visitor.sees("Un banc suffit.")
    flag.click()
    expect(reported).to_contain_text("Un banc suffit")
    visitor.page.locator('dialog[data-name="report"] .quiet').click()
    expect(reported).to_have_count(0)


@pytest.mark.parametrize("stage", [("turn=60",)], indirect=True)
def test_a_new_edition_waits_until_nobody_reads(visitor: Visitor, stage: Stage) -> None:
    """Ada reads on undisturbed; the next visitor sees the new edition."""
    visitor.goes_to(f"/fr/{SUMMIT}")
    before = visitor.page.locator("h1").inner_text()
    stage.do("edition", motto="Neue Ausgabe")
    visitor.page.click(".poster")
    visitor.page.wait_for_url("**/topic/*")
    visitor.page.keyboard.press("Alt+ArrowLeft")
    expect(visitor.page.locator("h1")).to_have_text(before)
    visitor.page.click("[data-done]")
    visitor.page.wait_for_url(f"{stage.address}/")
    visitor.goes_to(f"/fr/{SUMMIT}")
    expect(visitor.page.locator("h1")).to_have_text("Neue Ausgabe")


def test_a_voice_taken_down_leaves_the_home_screen_too(visitor: Visitor, stage: Stage) -> None:
    """The strip beside the topics shows the newest voice; nobody sees one that was taken down."""
    voice = stage.do("voice", exhibit="benches", language="fr", text="Trois bancs, pas un bar.")
    visitor.goes_to(f"/fr/{SUMMIT}")
    strip = visitor.page.locator(".newest")
    expect(strip).to_contain_text("Trois bancs")
    stage.do("take_down", comment=voice)
    expect(strip).not_to_contain_text("Trois bancs")


def test_a_vote_elsewhere_leaves_her_where_she_is(visitor: Visitor, browser: Browser) -> None:
    """Léa has voted and stands on “Change my vote” while the hall votes: its figures alone change.

    The whole panel was drawn anew: the focus fell to the page, and a switch began at the top again.
    """
    page = visitor.page
    visitor.goes_to(BENCHES)
    page.click('[data-choice="agree"]')
    change = page.locator(".ballot-box .knob", has_text="Changer mon vote")
    change.focus()
    ben = Visitor(visitor.stage, browser.new_page())
    ben.goes_to(BENCHES)
    ben.page.click('[data-choice="agree"]')
    expect(page.locator(".bar-line.agree .bar-count")).to_contain_text("2")
    expect(page.locator(".by-channel")).to_contain_text("2")
    expect(page.locator(".tally .said")).to_contain_text("2")
    expect(change).to_be_focused()
    leave(ben.page.context)
