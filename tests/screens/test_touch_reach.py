"""Low reach: who sits in a wheelchair, or is seven, touches nothing above the lower third."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from kiosk.locale.translator import translator
from tests.journeys.pages.touchscreen import Touchscreen
from tests.pictures.pairs import LAYOUTS as PICTURED
from tests.pictures.ways import WAYS
from tests.screens.touch_fixtures import SUMMIT, Visitor, stage_for_file

HIGH = """() => {
  const third = innerHeight * 2 / 3 - 1;
  const box = one => one.getBoundingClientRect();
  const isLow = b => b.top >= third && b.bottom <= innerHeight + 1;
  const least = b => Math.min(b.width, b.height) + 0.5;
  const names = [...document.querySelectorAll('.double')].map(one => one.dataset.words);
  const inside = b => Math.min(b.bottom, innerHeight) - Math.max(b.top, third);
  const told = (what, one) => `${what}: ${kiosk.wordsOf(one)}`
    + ` ${['width', 'height', 'top'].map(each => Math.round(box(one)[each]))}`;
  const isField = one => /TEXTAREA|INPUT/.test(one.tagName);
  const seen = css => [...document.querySelectorAll(css)].filter(one => one.checkVisibility());
  const keys = seen('.keyboard button');
  const all = kiosk.controls().filter(one => !one.closest('.keyboard, .attract h1'));
  const own = [...keys, ...all.filter(one => one.closest('.bar, .tools, dialog')),
    ...seen('.double:not([hidden], [data-cut])')];
  return [
    ...own.filter(one => !isLow(box(one))).map(one => told('too high', one)),
    ...own.filter(one => least(box(one)) < 44).map(one => told('too small', one)),
    ...all.filter(one => !own.includes(one) && !(isField(one) && keys.length))
      .filter(one => inside(box(one)) < Math.min(43, box(one).height))
      .filter(one => !isField(one) && !names.includes(kiosk.wordsOf(one)))
      .map(one => told('without a double', one)),
  ];
}"""
"""What is touched above the lower third, or too small; a field that is only read while its keys are
there is not touched, nor need the attract screen's sentence be: "Start" leads to all of them."""

READ = (
    "home", "topic", "question", "conclusion", "voices", "map", "programme", "declaration", "media",
)  # fmt: skip

WORN = """names => {
  const root = document.querySelector('#app .touch');
  for (const one of document.querySelectorAll('.mode')) {
    const mode = one.dataset.mode;
    if (names.includes(mode) !== root.dataset.modes.includes(mode)) one.click();
  }
}"""


LAYOUTS = {**PICTURED, "tablet upright": (768, 1024)}

stage = stage_for_file("full", "speaks=1", "languages=fr,en,de,ar,uk")
"""One touchscreen for the file, full, that can speak."""


def _all_is_low(page: Page, where: str, layouts: tuple[str, ...] = tuple(LAYOUTS)) -> None:
    """Measure the screen that is open, within reach, in each size of the list."""
    page.evaluate(WORN, ["low"])
    for layout in layouts:
        wide, high = LAYOUTS[layout]
        page.set_viewport_size({"width": wide, "height": high})
        try:
            page.wait_for_function(f"() => !({HIGH})().length")
        except PlaywrightTimeout:
            found = json.dumps(page.evaluate(HIGH), indent=1, ensure_ascii=False)
            pytest.fail(f"{where} {layout}: {found}")
    page.set_viewport_size({"width": 1920, "height": 1080})


def test_what_is_read_is_touched_in_the_lower_third(visitor: Visitor) -> None:
    """Carla sits in a wheelchair: what stands too high for her has a double, in every size."""
    screen = Touchscreen(visitor.page, visitor.stage, "fr")
    for name in READ:
        WAYS[name](screen)
        _all_is_low(screen.page, name)
    WAYS["home"](screen)
    screen.page.evaluate(WORN, ["low"])
    screen.page.wait_for_function("() => window.did_handshake === true")
    screen.page.locator(".double").first.click()  # and a double does what its control does
    expect(screen.page.locator(".screen.topic")).to_be_visible()
    WAYS["attract"](screen)
    _all_is_low(screen.page, "attract")


TWICE = """() => {
  const now = performance.now();
  performance.now = () => now;
  const double = document.querySelector('.double[data-words="Once"]');
  for (const _ of [1, 2]) {
    double.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    double.click();
  }
  return window.sent;
}"""
"""A hand that trembles touches a double twice; no time passes between."""

ONCE = """() => {
  const made = document.createElement("button");
  made.textContent = "Once";
  made.addEventListener("click", (event) => kiosk.press(event, () => {
    window.sent = (window.sent ?? 0) + 1;
  }));
  document.querySelector(".stage .screen").prepend(made);
}"""


def test_a_double_touched_twice_at_once_is_touched_once(visitor: Visitor) -> None:
    """Carla's hand trembles: what she agrees to by its double is not taken back."""
    screen = Touchscreen(visitor.page, visitor.stage, "fr")
    WAYS["home"](screen)
    screen.page.evaluate(WORN, ["low"])
    screen.page.evaluate(ONCE)
    expect(screen.page.locator('.double[data-words="Once"]')).to_have_count(1)
    assert screen.page.evaluate(TWICE) == 1


def test_what_is_renamed_or_moved_in_place_has_its_double(visitor: Visitor) -> None:
    """As a circle of the map that is patched when the field tells its size: nothing is added."""
    screen = Touchscreen(visitor.page, visitor.stage, "fr")
    WAYS["home"](screen)
    page = screen.page
    page.evaluate(WORN, ["low"])
    expect(page.locator(".double").first).to_be_visible()
    card = page.locator(".screen button").first
    elsewhere = page.locator('.double[data-words="Elsewhere"]')
    card.evaluate("one => one.setAttribute('aria-label', 'Elsewhere')")
    expect(elsewhere).to_have_count(1)
    card.evaluate("one => { one.style.position = 'fixed'; one.style.top = '70%'; }")
    expect(elsewhere).to_have_count(0)


def test_a_vote_and_a_comment_are_made_in_the_lower_third(visitor: Visitor) -> None:
    """Carla votes, reads the notice, writes, is thanked, and reports; never does she reach up."""
    page = visitor.page
    screen = Touchscreen(page, visitor.stage, "fr")
    WAYS["tally"](screen)
    _all_is_low(page, "tally")
    WAYS["privacy-notice"](screen)
    _all_is_low(page, "notice")
    screen.button("I have read this: write").press("Enter")
    expect(screen.board.get_by_role("button").first).to_be_visible()
    _all_is_low(page, "comment")
    screen.field.fill("Une place à l’ombre.")
    screen.send()
    screen.receipt()
    _all_is_low(page, "receipt")
    for name in ("languages", "modes", "report"):
        WAYS[name](screen)
        _all_is_low(page, name)


@pytest.mark.parametrize("language", ["fr", "ar", "uk"])
def test_a_search_is_made_in_the_lower_third(visitor: Visitor, language: str) -> None:
    """What is found stands beside the keys; once all is shown, a touch brings the keys back."""
    page = visitor.page
    screen = Touchscreen(page, visitor.stage, language)
    WAYS["search"](screen)
    _all_is_low(page, "search", ("small", "tablet", "tablet upright"))
    page.locator(".search-field").fill("bank")
    expect(page.locator(".found-card").first).to_be_visible()
    _all_is_low(page, "found")
    page.locator(".search-field").press("Enter")
    expect(page.locator(".keyboard")).to_be_hidden()
    _all_is_low(page, "all that was found", ("small", "landscape"))
    page.locator(".double", has_text=translator(language)("What are you looking for?")).click()
    expect(page.locator(".keyboard .hg-button").first).to_be_visible()
    expect(page.locator(".search-field")).to_be_focused()


def test_four_rows_hold_every_letter(visitor: Visitor) -> None:
    """On the smallest screen the letters on top stand beside the others; capitals are there too."""
    page = visitor.page
    visitor.goes_to(f"/fr/{SUMMIT}/search")
    expect(page.locator(".keyboard .hg-row").first).to_be_visible()
    five = set(_keys(page))
    page.set_viewport_size({"width": 1024, "height": 600})
    page.evaluate(WORN, ["low"])
    expect(page.locator(".keyboard .hg-row")).to_have_count(4)
    assert five <= set(_keys(page))
    page.locator(".keyboard .key-shift").click()
    assert {each.upper() for each in five} <= {each.upper() for each in _keys(page)}
    page.locator("[data-skbtn='é'], [data-skbtn='É']").first.click()
    expect(page.locator(".search-field")).to_have_value("é")


def _keys(page: Page) -> list[str]:
    keys = "k => k.map(one => one.dataset.skbtn)"
    return list(page.locator(".keyboard .hg-button").evaluate_all(keys))


KEYS = """() => {
  const box = one => one.getBoundingClientRect();
  const seen = css => [...document.querySelectorAll(css)]
    .filter(one => one.checkVisibility() && box(one).width);
  const least = one => Math.round(Math.min(box(one).width, box(one).height));
  const small = (css, px) => seen(css).filter(one => least(one) < px)
    .map(one => `${kiosk.wordsOf(one)} ${least(one)}`);
  const cut = seen('.keyboard button, .bar button, .typing-side button').filter(one =>
    box(one).bottom > innerHeight + 1 || box(one).right > innerWidth + 1 || box(one).left < -1);
  return {keys: small('.keyboard button', 44), bar: small('.bar button', 44),
    send: small('[data-send]', 64), cut: cut.map(one => kiosk.wordsOf(one)),
    top: box(document.querySelector('.keyboard')).top / innerHeight,
    room: box(document.querySelector('textarea')).height};
}"""


@pytest.mark.parametrize(("wide", "high", "aloud"), [(1280, 800, 0.66), (1024, 600, 0.58)])
def test_keys_can_be_hit_on_a_small_screen(
    visitor: Visitor, wide: int, high: int, aloud: float
) -> None:
    """Carla writes on a small screen: every key is 44 pixels, in the languages with most letters.

    Where the screen is read aloud, too, the row of what reads needs a little more than the third
    of the smallest.
    """
    page = visitor.page
    page.set_viewport_size({"width": wide, "height": high})
    for language in ("uk", "fr"):
        visitor.goes_to(f"/{language}/{SUMMIT}/comment/benches")
        if language == "uk":
            page.evaluate("() => document.querySelector('[data-agree]').click()")
        expect(page.locator(".keyboard .hg-button").first).to_be_visible()
        for worn, starts in ((("calm",), 0.0), (("low",), 0.66), (("low", "aloud"), aloud)):
            page.evaluate(WORN, list(worn))
            page.wait_for_function(
                "n => document.querySelectorAll('.keyboard .hg-row').length <= n",
                arg=5 if starts == 0 else 4 if high == 600 or "aloud" in worn else 5,
            )
            page.evaluate(
                "() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
            )
            found = page.evaluate(KEYS)
            where = f"{language} {worn} {json.dumps(found, ensure_ascii=False)}"
            assert not any(found[each] for each in ("keys", "bar", "send", "cut")), where
            assert found["room"] >= 64, where
            assert found["top"] >= starts, where
