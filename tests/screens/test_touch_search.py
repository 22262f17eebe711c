"""Fingers on the glass: a misspelt word leads to an exhibit, a voice is supported once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys import axe
from tests.screens.test_touch_modes import Switch
from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor


def _types(visitor: Visitor, letters: str) -> None:
    for letter in letters:
        key = visitor.page.locator(f'.keyboard [data-skbtn="{letter}"]').or_(
            visitor.page.locator(f'.keyboard [data-skbtn="{letter.upper()}"]')
        )
        key.first.tap()


def test_a_misspelt_word_leads_to_its_exhibit(fingers: Visitor, stage: Stage) -> None:
    """Ada types “terase” on the glass, finds the statement about terraces, reads it, goes back."""
    page = fingers.page
    stage.do("voice", exhibit="benches", language="de", text="Die Terrasse bleibt, sagt mein Wirt.")
    fingers.goes_to(f"/fr/{SUMMIT}")
    page.locator(".great-way", has_text="Recherche").or_(
        page.get_by_role("button", name="Rechercher")
    ).first.tap()
    expect(page.locator("textarea.search-field")).to_be_focused()
    _types(fingers, "terase")
    expect(page.locator("textarea.search-field")).to_have_value("Terase")
    first = page.locator(".found-card").first
    expect(first).to_contain_text("terrasse")
    expect(page.locator(".found-card.of-voice")).to_contain_text("allemand")
    axe.finds_nothing(page)
    page.locator('.keyboard [data-skbtn="{enter}"]').tap()
    expect(page.locator(".keyboard")).to_be_hidden()
    axe.finds_nothing(page)
    page.locator('[data-found="benches"]').tap()
    page.wait_for_url("**/exhibit/benches")
    page.locator(".bar .strong").tap()
    expect(page.locator(".found-card").first).to_contain_text("terrasse")
    page.locator("textarea.search-field").tap()
    expect(page.locator(".keyboard")).to_be_visible()


@pytest.mark.parametrize("stage", [("full",)], indirect=True)
def test_a_voice_is_supported_once_a_visit(fingers: Visitor, stage: Stage) -> None:
    """Ben agrees, agrees elsewhere with the same voice: once; the next touch takes it back."""
    page = fingers.page
    voice = stage.do("voice", exhibit="benches", language="fr", text="Trois bancs, pas un bar.")
    fingers.goes_to(f"/ar/{SUMMIT}/voices")
    agree = page.locator(f'[data-comment="{voice}"] .agree')
    agree.tap()
    expect(agree).to_have_attribute("aria-pressed", "true")
    expect(page.locator(f'[data-comment="{voice}"] .supported')).not_to_be_empty()
    axe.finds_nothing(page)
    fingers.goes_to(f"/fr/{SUMMIT}/voice/{voice}")
    expect(page.locator(".agree")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".supported")).to_have_text("Soutenu 1 fois")
    axe.finds_nothing(page)
    page.locator(".agree").tap()
    expect(page.locator(".agree")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".supported")).to_be_empty()


def test_arabic_keys_stand_where_every_arabic_keyboard_has_them(visitor: Visitor) -> None:
    """Samira's page runs from the right; her hand knows ض on the left, before ص."""
    page = visitor.page
    visitor.goes_to(f"/ar/{SUMMIT}/search")
    keys = page.locator(".keyboard")
    places = []
    for letter in ("ض", "ص", "ث", "د"):
        box = keys.get_by_role("button", name=letter, exact=True).bounding_box()
        assert box is not None
        places.append(box["x"])
    assert places == sorted(places)
    keys.get_by_role("button", name="ض", exact=True).click()
    expect(page.locator("textarea.search-field")).to_have_value("ض")
    expect(page.locator("textarea.search-field")).to_have_css("direction", "rtl")


def test_who_asks_for_more_by_keyboard_or_switch_goes_on_there(visitor: Visitor) -> None:
    """Carla has no finger on the glass: what she asked for is where she is, not behind her."""
    page, lea = visitor.page, Switch(visitor.page)
    visitor.goes_to(f"/fr/{SUMMIT}/search")
    page.locator("textarea.search-field").press_sequentially("ville")
    page.keyboard.press("Enter")
    group = page.locator(".found-group", has=page.locator(".found-more")).first
    group.locator(".found-more").focus()
    page.keyboard.press("Enter")
    expect(group.locator(".found-card").nth(3)).to_be_focused()
    visitor.goes_to(f"/fr/{SUMMIT}/search")
    group = page.locator(".found-group", has=page.locator(".found-more")).first
    lea.chooses(group.locator(".found-more").inner_text())
    expect(group.locator(".found-card").nth(3)).to_have_attribute("data-led", "")
    page.keyboard.press("Space")
    expect(group.locator(".found-card").nth(4)).to_have_attribute("data-led", "")


def test_what_is_found_does_not_move_the_clear_button_from_under_the_finger(
    fingers: Visitor,
) -> None:
    """“Show all” comes and goes in its line with each letter; who clears the field touches that."""
    page = fingers.page
    fingers.goes_to(f"/fr/{SUMMIT}/search")
    clear, show_all = page.locator(".search-line .round"), page.locator("[data-all]")
    _types(fingers, "vi")
    expect(show_all).to_be_visible()
    there = clear.bounding_box()
    _types(fingers, "xqxq")
    expect(show_all).to_be_hidden()
    assert clear.bounding_box() == there
    clear.tap()
    expect(page.locator(".search-results .topic-ways")).to_be_visible()


def test_who_clears_the_field_again_at_once_finds_it_empty(fingers: Visitor) -> None:
    """A letter between two touches on “clear” tells them from one touch that trembled."""
    page = fingers.page
    fingers.goes_to(f"/fr/{SUMMIT}/search")
    clear, said = page.locator(".search-line .round"), page.locator(".search-said p")
    page.evaluate("() => { const now = performance.now(); performance.now = () => now; }")
    for _ in range(2):
        _types(fingers, "v")
        expect(said).to_be_visible()
        clear.tap()
        expect(said).to_have_count(0)
