"""One visit by finger through every way: map, city, practice, timeline, programme, names."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import axe
from tests.screens.touch_fixtures import SUMMIT, Visitor

LEAST = 44
"""CSS pixels that a target measures at least (WCAG 2.2, 2.5.5)."""

MEETING = """() => {
  const boxes = [...document.querySelectorAll('.map-name, .map-group')]
    .map((e) => [e.textContent, e.getBoundingClientRect()]);
  const wrong = boxes.filter(([, b]) => b.width < LEAST || b.height < LEAST).map(([t]) => t);
  boxes.forEach(([t, a], i) => boxes.slice(0, i).forEach(([u, b]) => {
    const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    if (!apart) wrong.push(`${t} on ${u}`);
  }));
  return wrong;
}""".replace("LEAST", str(LEAST))

DRAWN_FOR_ITS_FIELD = """() => {
  const lines = document.querySelector('.map-lines svg');
  if (!lines) return false;
  const field = document.querySelector('.map-field').getBoundingClientRect();
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [, , wide, high] = lines.getAttribute('viewBox').split(' ').map(Number);
  return Math.abs(field.width / rem - wide) < 0.5 && Math.abs(field.height / rem - high) < 0.5;
}"""
"""At first the map is drawn for the size that the last one had."""

STRETCHED = """() => {
  const field = document.querySelector('.map-field').getBoundingClientRect();
  const land = document.querySelector('.map-land svg').getAttribute('viewBox');
  const [, , wide, high] = land.split(' ').map(Number);
  return Math.abs(field.width / field.height - wide / high);
}"""
"""How far the land's proportions are from those of its field."""


def arrives(page: Page, path: str) -> None:
    """Wait until the page shows a step, and axe finds nothing there."""
    expect(page.locator(".stage")).to_have_attribute("data-path", path)
    axe.finds_nothing(page, path)


@pytest.mark.parametrize("stage", [("full",)], indirect=True)
def test_ada_goes_every_way_by_finger(fingers: Visitor) -> None:
    """From the map to a city, its practice and back; a moment, a question, a signatory."""
    page = fingers.page
    fingers.goes_to("/fr/example/map")
    arrives(page, "/fr/example/map")
    page.locator('.map-name[data-city="orsavento"]').tap()
    arrives(page, "/fr/example/exhibit/orsavento")
    page.locator('.entry[data-exhibit="chair-library"]').tap()
    expect(page.locator(".stage")).to_have_attribute(
        "data-path", "/fr/example/exhibit/chair-library"
    )
    page.locator("[data-back]").tap()
    arrives(page, "/fr/example/exhibit/orsavento")
    expect(page.locator("[data-back].pressed")).to_have_count(0)
    page.locator("[data-back]").tap()
    arrives(page, "/fr/example/map")

    fingers.goes_to(f"/fr/{SUMMIT}/exhibit/three-summits")
    page.locator('[data-moment="dusseldorf"]').tap()
    expect(page.locator('[data-moment="dusseldorf"]')).to_have_attribute("aria-current", "step")
    page.locator('.told [data-exhibit="dusseldorf"]').tap()
    arrives(page, f"/fr/{SUMMIT}/exhibit/dusseldorf")

    fingers.goes_to(f"/fr/{SUMMIT}/list/session")
    arrives(page, f"/fr/{SUMMIT}/list/session")
    page.locator('[data-exhibit="izmir-resilient-cities"]').tap()
    arrives(page, f"/fr/{SUMMIT}/exhibit/izmir-resilient-cities")
    page.locator('[data-guiding="short-or-long"]').tap()
    arrives(page, f"/fr/{SUMMIT}/exhibit/izmir-resilient-cities_short-or-long")
    page.locator("[data-vote]").tap()
    page.locator('[data-choice="root-causes"]').tap()
    expect(page.locator(".thanks")).to_be_visible()

    fingers.goes_to(f"/fr/{SUMMIT}/exhibit/dusseldorf-declaration")
    arrives(page, f"/fr/{SUMMIT}/exhibit/dusseldorf-declaration")
    page.locator('.signature[data-exhibit="malaga"]').tap()
    arrives(page, f"/fr/{SUMMIT}/exhibit/malaga")


def test_targets_on_the_map_stand_apart_on_every_screen(fingers: Visitor) -> None:
    """Large enough for a finger and none under another, also on a tablet and in Arabic."""
    page = fingers.page
    for language, wide, high in (("ar", 1920, 1080), ("fr", 1080, 1920), ("de", 1024, 600)):
        page.set_viewport_size({"width": wide, "height": high})
        for view in ("map", "map/29_-10_58_38"):
            fingers.goes_to(f"/{language}/{SUMMIT}/{view}")
            expect(page.locator(".map-name, .map-group").first).to_be_visible()
            page.wait_for_function(DRAWN_FOR_ITS_FIELD)
            assert page.evaluate(MEETING) == []
            assert page.evaluate("() => document.querySelectorAll('.map-land path').length") == 1


def test_the_map_of_a_small_screen_is_drawn_for_it(fingers: Visitor) -> None:
    """The field tells its size; the drawing fills it without being stretched."""
    page = fingers.page
    page.set_viewport_size({"width": 1024, "height": 600})
    fingers.goes_to(f"/fr/{SUMMIT}/map")
    page.wait_for_function(DRAWN_FOR_ITS_FIELD)
    assert page.evaluate(STRETCHED) < 0.03


BROKEN = """() => {
  const words = document.querySelector(".topic h1").firstChild;
  const range = document.createRange();
  return [...words.data.matchAll(/\\S+/g)].map(([word], at, all) => {
    range.setStart(words, all[at].index);
    range.setEnd(words, all[at].index + word.length);
    return new Set([...range.getClientRects()].map((box) => box.top)).size > 1 ? word : "";
  }).filter(Boolean);
}"""
"""The words of a topic's name that stand on two lines."""


def test_no_word_of_a_topics_name_is_broken(visitor: Visitor) -> None:
    """“Die widerstandsfähige Stadt” ended its line in the middle: not every browser hyphenates."""
    for language in ("fr", "en", "de", "ar"):
        for topic in ("communicative", "healthy", "resilient", "connective", "inclusive"):
            visitor.goes_to(f"/{language}/{SUMMIT}/topic/{topic}")
            for wide, high in ((1920, 1080), (1280, 800), (1024, 600), (1080, 1920)):
                visitor.takes_size(wide, high)
                broken = visitor.page.evaluate(BROKEN)
                assert broken == [], f"{language} {topic} {wide} × {high}"
