"""A screen of 1024 × 600, the smallest there is: what is touched is whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

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


@pytest.mark.parametrize("language", ["fr", "de", "ar"])
def test_answers_and_tally_stand_above_the_bar(visitor: Visitor, language: str) -> None:
    """The answers to a long sentence had slid over the bar: neither could be touched for sure."""
    visitor.page.set_viewport_size({"width": 1024, "height": 600})
    for exhibit in ("benches", "empty-plot"):
        visitor.goes_to(f"/{language}/{SUMMIT}/exhibit/{exhibit}")
        assert visitor.page.evaluate(COVERED) == [], f"{language} {exhibit}"
    visitor.goes_to(f"/{language}/{SUMMIT}/exhibit/benches")
    visitor.page.click('[data-choice="agree"]')
    expect(visitor.page.locator(".thanks")).to_be_visible()
    assert visitor.page.evaluate(COVERED) == [], f"{language} the tally"
