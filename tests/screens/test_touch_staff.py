"""Night, and the corner that is for staff alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.screens.test_touch_axe import _nothing_found, nothing_found_in_modes
from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor

CODE = "40717253"
STAFF = 'dialog[data-name="staff"]'
HELD_MS = 3_200


def _holds(visitor: Visitor, x: int) -> None:
    visitor.page.mouse.move(x, 20)
    visitor.page.mouse.down()
    visitor.page.clock.fast_forward(HELD_MS)
    visitor.page.mouse.up()


def _types(visitor: Visitor, code: str) -> None:
    for digit in code:
        visitor.page.locator(f"{STAFF} .staff-keys").get_by_text(digit, exact=True).click()
    visitor.page.locator(f"{STAFF} .knob.strong").click()


@pytest.mark.parametrize("stage", [("hours=mo 00:00-00:01",)], indirect=True)
def test_at_night_the_screen_is_dark_and_keeps_nothing(visitor: Visitor, stage: Stage) -> None:
    """Whatever address is asked for, it says when it opens; at that hour it does by itself."""
    from kiosk import clock

    days = -clock.now().weekday() % 7 or 7
    visitor.page.goto(f"{stage.address}/fr/{SUMMIT}/comment/benches")
    expect(visitor.page.locator("[data-night]")).to_be_visible()
    expect(visitor.page.locator("button:visible, textarea")).to_have_count(0)
    visitor.page.wait_for_function("() => window.did_handshake === true")
    assert stage.pages() == 1, "a dark screen is none whose page has died"
    _nothing_found(visitor, "night")
    midnight = clock.now().replace(hour=0, minute=0, second=20)
    stage.do("jump", hours=(midnight - clock.now()).total_seconds() / 3600 + 24 * days)
    expect(visitor.page.locator(".attract")).to_be_visible()


@pytest.mark.parametrize("stage", [(f"corner={CODE}",)], indirect=True)
def test_staff_hold_two_corners_and_type_the_code(visitor: Visitor, stage: Stage) -> None:
    """Rosa looks how the screen is, dims it, and pauses it to wipe the glass."""
    page = visitor.page
    page.clock.install()
    visitor.goes_to(f"/fr/{SUMMIT}")
    _holds(visitor, 1900)
    expect(page.locator(STAFF)).to_be_hidden()
    _holds(visitor, 20)
    _holds(visitor, 1900)
    expect(page.locator(STAFF)).to_be_visible()
    nothing_found_in_modes(visitor, "code")
    _types(visitor, "11111111")
    expect(page.locator(f"{STAFF} .staff-state")).to_have_count(0)
    expect(page.locator(f"{STAFF} .staff-problem")).to_be_visible()
    page.keyboard.type(CODE)
    for _ in CODE:
        page.keyboard.press("Backspace")
    page.locator(f"{STAFF} .staff-keys").get_by_text("9", exact=True).click()
    page.locator(f"{STAFF} .staff-keys .knob").nth(9).click()
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.type(CODE)
    expect(page.locator(f"{STAFF} .staff-digits")).to_have_text("•" * len(CODE))
    page.keyboard.press("Enter")
    expect(page.locator(f"{STAFF} .staff-state")).to_contain_text(SUMMIT)
    nothing_found_in_modes(visitor, "staff")
    page.locator(f"{STAFF} .staff-level").first.get_by_role("button").first.click()
    expect(page.locator(f"{STAFF} .staff-figure").first).to_have_text("90 %")
    dim = "() => getComputedStyle(document.documentElement, '::after').opacity"
    assert page.evaluate(dim) == "0.1"
    more = page.locator(f"{STAFF} .staff-level").first.get_by_role("button").last
    more.click()
    expect(more).to_have_attribute("aria-disabled", "true")
    page.locator(f"{STAFF} .staff-level").first.get_by_role("button").first.click()
    expect(page.locator(f"{STAFF} .staff-figure").first).to_have_text("90 %")
    page.locator(STAFF).get_by_role("button", name="30").click()
    expect(page.locator(".cleaning")).to_be_visible()
    expect(page.locator(".cleaning .over-said")).not_to_be_empty()
    _nothing_found(visitor, "the pause for cleaning")
    page.mouse.click(300, 1000)
    page.clock.run_for(32_000)
    page.wait_for_url(f"{stage.address}/")
    assert page.evaluate(dim) == "0.1"
    expect(page.locator(STAFF)).to_be_hidden()


@pytest.mark.parametrize("stage", [(f"corner={CODE}",)], indirect=True)
def test_the_test_pattern_says_what_it_is_and_is_left_by_a_touch(
    visitor: Visitor, stage: Stage
) -> None:
    """Rosa has no keyboard: before, she had to wait a minute for the exhibition."""
    page = visitor.page
    visitor.goes_to(f"/fr/{SUMMIT}")
    page.keyboard.press("Control+Alt+Shift+K")
    _types(visitor, CODE)
    page.locator(f"{STAFF} .staff-state ~ .row .knob").first.click()
    page.mouse.click(40, 40)
    expect(page.locator(".test-pattern i").first).to_be_visible()
    page.locator(".test-pattern button").click()
    page.wait_for_url(f"{stage.address}/")


@pytest.mark.parametrize("stage", [(f"corner={CODE}",)], indirect=True)
def test_the_staffs_code_is_typed_for_the_corner_alone(visitor: Visitor, stage: Stage) -> None:
    """Behind the corner a group is asked for its code: not one digit of staff's stands there."""
    page = visitor.page
    visitor.goes_to(f"/fr/{SUMMIT}/group")
    blanks = page.locator(".group-digits").inner_text()
    page.keyboard.press("Control+Alt+Shift+K")
    expect(page.locator(STAFF)).to_be_visible()
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.type(CODE)
    expect(page.locator(f"{STAFF} .staff-digits")).to_have_text("•" * len(CODE))
    assert page.locator(".group-digits").inner_text() == blanks
    page.keyboard.press("Enter")
    expect(page.locator(f"{STAFF} .staff-state")).to_contain_text(SUMMIT)


@pytest.mark.parametrize("stage", [(f"corner={CODE}",)], indirect=True)
@pytest.mark.parametrize("key", ["Escape", "Alt+ArrowLeft"])
def test_a_corner_that_a_key_closes_is_locked(visitor: Visitor, stage: Stage, key: str) -> None:
    """Rosa closes it by a key: whoever knew the gesture opened it again without the code."""
    page = visitor.page
    visitor.goes_to(f"/fr/{SUMMIT}")
    page.keyboard.press("Control+Alt+Shift+K")
    _types(visitor, CODE)
    expect(page.locator(f"{STAFF} .staff-state")).to_contain_text(SUMMIT)
    page.keyboard.press(key)
    page.wait_for_url(f"{stage.address}/")
    page.wait_for_function("() => window.did_handshake === true")
    page.keyboard.press("Control+Alt+Shift+K")
    expect(page.locator(f"{STAFF} .staff-keys")).to_be_visible()
    expect(page.locator(f"{STAFF} .staff-state")).to_have_count(0)
