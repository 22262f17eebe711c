"""Languages that come from files: a page says its own, and what stands in for it hides nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.screens.touch_fixtures import SUMMIT, Visitor

FROM_ELSEWHERE = "fr,en,ar,bs,he,bn,sr-Latn,ps,mt"
"""The framework has Bosnian and Serbian by other names, and neither Pashto nor Maltese."""

SIZES = ((1920, 1080), (1024, 600), (1080, 1920))
READ = ("", "topic/communicative", "exhibit/three-summits", "list/session", "map", "search")

CROWDED = """() => {
  const [note, screen] = document.querySelector(".stage").children;
  const spare = screen.getBoundingClientRect().bottom - Math.max(
    ...[...screen.children].map((each) => each.getBoundingClientRect().bottom));
  return note.getBoundingClientRect().bottom > screen.getBoundingClientRect().top || spare < 0;
}"""
"""Whether the note lies over the step, or pushes something out of it."""


@pytest.mark.parametrize("stage", [(f"languages={FROM_ELSEWHERE}",)], indirect=True)
def test_every_page_says_its_own_language_and_direction(visitor: Visitor) -> None:
    """A screen reader speaks Bosnian to Amra; Yael's page and Zalmai's run from the right."""
    missing: list[str] = []
    visitor.page.on("response", lambda r: missing.append(r.url) if r.status == 404 else None)
    html = visitor.page.locator("html")
    for language in FROM_ELSEWHERE.split(","):
        visitor.goes_to(f"/{language}/{SUMMIT}")
        expect(html).to_have_attribute("lang", language)
        is_from_the_right = language in {"ar", "he", "ps"}
        expect(html).to_have_attribute("dir", "rtl" if is_from_the_right else "ltr")
    visitor.goes_to("/")
    expect(html).to_have_attribute("lang", "fr")
    assert not missing


@pytest.mark.parametrize("stage", [("languages=pl,fr",)], indirect=True)
def test_the_note_of_what_stands_in_hides_nothing(visitor: Visitor) -> None:
    """Ola reads French on a Polish screen, in every size; the steps keep their places."""
    for step in READ:
        visitor.goes_to(f"/pl/{SUMMIT}/{step}".rstrip("/"))
        for wide, high in SIZES:
            visitor.takes_size(wide, high)
            expect(visitor.page.locator(".stands-in")).to_be_visible()
            visitor.page.evaluate("() => document.fonts.ready")
            assert not visitor.page.evaluate(CROWDED), f"{step} {wide} × {high}"
