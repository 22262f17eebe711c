"""A screen of 1024 × 600, the smallest there is: what is touched is whole."""

from __future__ import annotations

from playwright.sync_api import expect

from kiosk.locale.translator import LANGUAGES
from tests.screens.touch_fixtures import SUMMIT, Visitor, stage_for_file

stage = stage_for_file("full", f"languages={','.join(LANGUAGES)}")

COVERED = """() => {
  const bar = document.querySelector(".bar").getBoundingClientRect();
  const high = document.querySelector(".stage").getBoundingClientRect().top;
  const end = document.querySelector(".stage").getBoundingClientRect();
  const moves = (one) => {
    for (let at = one.parentElement; at && !at.matches(".stage"); at = at.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(at).overflow)) return true;
    }
    return false;
  };
  const shown = (one) => {
    const box = one.getBoundingClientRect();
    const seen = box.width && getComputedStyle(one).visibility === "visible";
    return seen && !one.closest(".map") && !moves(one);
  };
  const over = (a, b) => a.left < b.right - 2 && b.left < a.right - 2
    && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  const words = (one) => { const range = document.createRange(); range.selectNodeContents(one);
    return [...range.getClientRects()]; };
  const heads = [...document.querySelectorAll(".stage h1")].filter(shown).flatMap(words);
  const pressed = [...document.querySelectorAll(".stage :is(button, a)")].filter(shown);
  return pressed.filter((one) => {
    const box = one.getBoundingClientRect();
    const cut = [one, ...one.querySelectorAll("span:not(.icon)")].some(
      (part) => part.scrollWidth > one.clientWidth + 1);
    const another = pressed.some((two) => two !== one && !one.contains(two) && !two.contains(one)
      && over(box, two.getBoundingClientRect()));
    return box.bottom > bar.top + 1 || box.top < high || box.left < end.left - 1
      || box.right > end.right + 1 || cut || another || heads.some((head) => over(box, head));
  }).map((one) => one.innerText.trim() || one.getAttribute("aria-label") || one.className);
}"""
"""What can be touched in a step and stands in the bar, on the heading, on another control or
outside the step, or is too narrow for its words. What a list moves may be cut by its edge."""

WAYS = (
    "",
    "/topic/communicative",
    "/exhibit/dusseldorf-declaration",
    "/list/session",
    "/list/practice",
    "/list/summit",
    "/map",
    "/voices",
    "/search",
    "/legal/imprint",
    "/group",
    "/tour/1",
    "/tour/end",
    "/ask/benches",
)


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
