"""A screen of 1024 × 600, the smallest there is: what is touched is whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kiosk.locale.translator import LANGUAGES
from tests.screens.touch_fixtures import SUMMIT, Visitor

COVERED = """() => {
  const bar = document.querySelector(".bar").getBoundingClientRect();
  const high = document.querySelector(".stage").getBoundingClientRect().top;
  return [...document.querySelectorAll(".stage button")].filter((one) => {
    const box = one.getBoundingClientRect();
    if (!box.width || one.closest(".column, .cards, .leafing, [hidden]")) return false;
    const words = [one, ...one.querySelectorAll("span:not(.icon)")];
    const cut = words.some((part) => part.scrollWidth > one.clientWidth + 1);
    return box.bottom > bar.top + 1 || box.top < high || cut;
  }).map((one) => one.innerText.trim());
}"""
"""The buttons of a step that stand in the bar, or are too narrow for their words."""


@pytest.mark.parametrize("stage", [("languages=fr,en,de,ar,tr,es,it,nl,pl,uk",)], indirect=True)
def test_answers_and_tally_stand_above_the_bar(visitor: Visitor) -> None:
    """The answers to a long sentence had slid over the bar: neither could be touched for sure."""
    visitor.page.set_viewport_size({"width": 1024, "height": 600})
    covered: dict[str, list[str]] = {}
    for language in LANGUAGES:
        for exhibit in ("empty-plot", "benches"):
            visitor.goes_to(f"/{language}/{SUMMIT}/exhibit/{exhibit}")
            expect(visitor.page.locator("[data-choice]").first).to_be_visible()
            covered[f"{language} {exhibit}"] = visitor.page.evaluate(COVERED)
    visitor.page.click('[data-choice="agree"]')
    expect(visitor.page.locator(".thanks")).to_be_visible()
    for language in LANGUAGES:
        visitor.goes_to(f"/{language}/{SUMMIT}/exhibit/benches")
        expect(visitor.page.locator(".thanks")).to_be_visible()
        covered[f"{language} the tally"] = visitor.page.evaluate(COVERED)
    assert {where: buttons for where, buttons in covered.items() if buttons} == {}
