"""A keyboard's Back leads out of what lies on top first; a poster waits for who goes by keys."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.screens.touch_fixtures import Visitor, stage_for_file

PICTURE = "/fr/example/exhibit/card-wall"
OTHER = "/fr/example/exhibit/workshop-streets"
BACK = "Alt+ArrowLeft"


stage = stage_for_file("full")
"""One touchscreen with the fictional exhibition, which has pictures."""


def _enlarges(visitor: Visitor) -> Locator:
    visitor.page.locator(".picture .enlarge").first.click()
    viewer = visitor.page.locator("dialog.viewer[open]")
    expect(viewer).to_have_attribute("data-opened", "whole")
    return viewer


def test_back_closes_an_open_dialog_and_leads_back_only_then(visitor: Visitor) -> None:
    """Leo chooses no language after all: the step changed behind the dialog that stayed."""
    page = visitor.page
    visitor.goes_to(PICTURE)
    page.click(".link-card")
    page.wait_for_url(f"**{OTHER}")
    page.click("[data-opens=language]")
    dialog = page.locator('dialog[data-name="language"]')
    expect(dialog).to_be_visible()
    page.keyboard.press(BACK)
    expect(dialog).to_be_hidden()
    page.keyboard.press(BACK)
    page.wait_for_url(f"**{PICTURE}")


def test_a_picture_is_enlarged_again_after_back(visitor: Visitor) -> None:
    """Back closes it; after that, the next picture was only as large as the screen."""
    page = visitor.page
    visitor.goes_to(PICTURE)
    viewer = _enlarges(visitor)
    page.keyboard.press(BACK)
    expect(viewer).to_have_count(0)
    _enlarges(visitor)


def test_a_picture_whose_step_went_is_let_go(visitor: Visitor) -> None:
    """The step changes under an open picture, as by a touch that was late: the next one opens."""
    page = visitor.page
    visitor.goes_to(PICTURE)
    _enlarges(visitor)
    page.evaluate("() => document.querySelector('.link-card').click()")
    page.wait_for_url(f"**{OTHER}")
    _enlarges(visitor)


def test_a_poster_is_told_of_keys_and_no_other_step(visitor: Visitor) -> None:
    """Leo goes slowly from answer to answer: his turn begins anew, as under a finger."""
    page = visitor.page
    for path, times in (("/", 1), (PICTURE, 0)):
        visitor.goes_to(path)
        page.evaluate(
            """() => { window.told = []; window.emitEvent = name => window.told.push(name); }"""
        )
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("() => window.told").count("kiosk-keyed") == times
