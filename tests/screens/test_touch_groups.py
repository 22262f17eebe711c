"""Group mode and the tour in Chromium: nothing for axe to find, all by keyboard, nothing left."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.screens.test_touch_axe import nothing_found_in_modes
from tests.screens.touch_fixtures import SUMMIT, Visitor

CODE = "48217306"


def says_how_many(visitor: Visitor) -> None:
    """The facilitator types that they are 24, on a keyboard."""
    page = visitor.page
    page.keyboard.type("24")
    expect(page.locator(".group-entry .wide")).to_have_attribute("aria-disabled", "false")
    page.locator(".group-entry .wide").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".together")).to_be_visible()


@pytest.mark.parametrize("stage", [("full", f"groupcode={CODE}")], indirect=True)
def test_axe_finds_nothing_in_group_mode(visitor: Visitor) -> None:
    """The door, the size, the group's page, a stop, hands, the look at them, result and end."""
    page, language = visitor.page, "ar"
    visitor.goes_to(f"/{language}/{SUMMIT}")
    page.locator(".way:has(.icon[style*='group.svg'])").click()
    expect(page.locator(".group-digits")).to_be_visible()
    nothing_found_in_modes(visitor, "door")
    page.keyboard.type("00000000")
    expect(page.locator(".group-problem")).not_to_be_empty()
    nothing_found_in_modes(visitor, "a wrong code")
    page.keyboard.type(CODE)
    expect(page.locator(".group-size")).to_be_visible()
    nothing_found_in_modes(visitor, "size")
    says_how_many(visitor)
    page.click("[data-tour]")
    expect(page.locator(".tour-stop")).to_be_visible()
    nothing_found_in_modes(visitor, "stop")
    page.click("[data-question]")
    page.locator(".hand-choice").first.focus()
    page.keyboard.type("15")
    expect(page.locator(".hand-number").first).to_have_text("15")
    nothing_found_in_modes(visitor, "hands")
    # By key: so fast a finger on the same spot is taken for the second half of a double tap.
    page.locator("[data-look-hands]").press("Enter")
    expect(page.locator(".hand-bars")).to_be_visible()
    nothing_found_in_modes(visitor, "the look at them")
    page.locator("[data-record-hands]").press("Enter")
    expect(page.locator(".two-counts")).to_be_visible()
    nothing_found_in_modes(visitor, "result")
    visitor.goes_to(f"/{language}/{SUMMIT}/tour/end")
    nothing_found_in_modes(visitor, "end")
    visitor.goes_to(f"/{language}/{SUMMIT}/exhibit/heating")
    expect(page.locator("[data-raise]")).to_be_visible()
    nothing_found_in_modes(visitor, "an exhibit in group mode")
    visitor.goes_to(f"/{language}/{SUMMIT}/group")
    nothing_found_in_modes(visitor, "together")
    page.click("[data-end-group]")
    page.wait_for_url("**/")
    visitor.goes_to(f"/{language}/{SUMMIT}/group")
    expect(page.locator(".group-digits")).to_be_visible()
    expect(page.locator(".stage")).not_to_contain_text("24")


@pytest.mark.parametrize("stage", [("full", f"groupcode={CODE}")], indirect=True)
def test_a_code_is_typed_also_after_a_touch_beside_the_keys(visitor: Visitor) -> None:
    """A facilitator leans on the glass where nothing is, and types on: none is lost, none twice."""
    page = visitor.page
    visitor.goes_to(f"/fr/{SUMMIT}/group")
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.type("4821")
    expect(page.locator(".group-digits")).to_have_text("4821 ––––")
    page.locator(".pad button").first.focus()
    page.keyboard.type("730")
    expect(page.locator(".group-digits")).to_have_text("4821 730–")
    page.keyboard.press("Backspace")
    expect(page.locator(".group-digits")).to_have_text("4821 73––")
