"""What the machine's owner asked for is kept to: forced colours, more contrast, less motion."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import axe
from tests.journeys.browsers import HALL, PATIENCE_MS, leave
from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor, stage_for_file

BENCHES = f"/fr/{SUMMIT}/exhibit/benches"
UNBOUNDED = """() => {
  const seen = one => one.checkVisibility({visibilityProperty: true})
    && one.getClientRects().length;
  const bounded = one => {
    const style = getComputedStyle(one);
    const line = parseFloat(style.borderTopWidth) >= 1
      && style.borderTopColor !== style.backgroundColor;
    const ground = getComputedStyle(document.body).backgroundColor;
    const filled = ![ground, 'rgba(0, 0, 0, 0)'].includes(style.backgroundColor);
    return line || filled || style.textDecorationLine.includes('underline');
  };
  return kiosk.controls().filter(one => seen(one) && !bounded(one))
    .map(one => one.outerHTML.slice(0, 120));
}"""
INVISIBLE_SIGNS = """() => [...document.querySelectorAll('.icon')].filter(one => {
  if (!one.checkVisibility() || !one.getClientRects().length) return false;
  const style = getComputedStyle(one);
  const behind = one.closest('button, a')?? document.body;
  let ground = 'rgba(0, 0, 0, 0)';
  for (let at = behind; at && ground === 'rgba(0, 0, 0, 0)'; at = at.parentElement) {
    ground = getComputedStyle(at).backgroundColor;
  }
  return style.backgroundColor === ground;
}).map(one => one.parentElement.outerHTML.slice(0, 160))"""
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return [style.outlineStyle, parseFloat(style.outlineWidth), style.outlineColor,
    getComputedStyle(document.body).backgroundColor];
}"""
GROUND = "css => getComputedStyle(document.querySelector(css)).backgroundColor"
DRAWN = "() => getComputedStyle(document.querySelector('.dock .pattern')).forcedColorAdjust"


stage = stage_for_file("full", "turn=600")
"""One full touchscreen for the file."""


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A window of a machine with wishes: the parameter of an indirect ``page``."""
    context = browser.new_context(viewport=HALL, bypass_csp=True, **request.param)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    leave(context)


forced = pytest.mark.parametrize(
    "page", [{"forced_colors": "active", "reduced_motion": "reduce"}], indirect=True
)


@forced
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_nothing_invisible(page: Page, stage: Stage, scheme: str) -> None:
    """Windows' high contrast: every control has its line, every sign and the focus are seen."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visitor = Visitor(stage, page)
    for path in (f"/fr/{SUMMIT}", BENCHES, f"/fr/{SUMMIT}/voices", f"/ar/{SUMMIT}/search"):
        visitor.goes_to(path)
        assert page.evaluate(UNBOUNDED) == [], path
        assert page.evaluate(INVISIBLE_SIGNS) == [], path
        page.keyboard.press("Tab")
        line, wide, colour, ground = page.evaluate(FOCUS)
        assert line != "none", path
        assert wide >= 2, path
        assert colour != ground, path
    axe.finds_nothing(page)


@forced
def test_forced_colours_tell_what_is_chosen(page: Page, stage: Stage) -> None:
    """A mode that is on and a vote are seen without our colours; the pattern is still drawn."""
    Visitor(stage, page).goes_to(BENCHES)
    assert page.evaluate(DRAWN) == "none"
    page.click("[data-opens=access]")
    off = page.evaluate(GROUND, ".mode[data-mode=calm]")
    page.click(".mode[data-mode=calm]")
    on = page.evaluate(GROUND, ".mode[data-mode=calm]")
    assert on != off
    page.click(".access [data-close]")
    page.click('[data-choice="agree"]')
    expect(page.locator(".tally")).to_be_visible()
    part = page.evaluate(GROUND, ".track .part")
    assert part != page.evaluate(GROUND, "body")
    axe.finds_nothing(page)


@pytest.mark.parametrize("page", [{"contrast": "more", "reduced_motion": "reduce"}], indirect=True)
def test_who_asks_the_machine_for_contrast_gets_it(page: Page, stage: Stage) -> None:
    """Black on white with strong lines, before anything is chosen at the screen."""
    Visitor(stage, page).goes_to(BENCHES)
    style = page.evaluate(
        "() => { const s = getComputedStyle(document.querySelector('.answer'));"
        " const t = getComputedStyle(document.querySelector('#app .touch'));"
        " return [s.borderTopColor, parseFloat(s.borderTopWidth), t.color, t.backgroundColor]; }"
    )
    assert style == ["rgb(0, 0, 0)", 4, "rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    axe.finds_nothing(page)


MOVING = "() => document.getAnimations().filter(a => a.playState === 'running').length"


@pytest.mark.parametrize("page", [{"reduced_motion": "reduce"}], indirect=True)
def test_who_asks_for_stillness_sees_nothing_move(page: Page, stage: Stage) -> None:
    """On the attract screen, from step to step, in an open dialog."""
    visitor = Visitor(stage, page)
    for path in ("/", f"/fr/{SUMMIT}", BENCHES):
        visitor.goes_to(path)
        assert page.evaluate(MOVING) == 0, path
    page.click("[data-opens=language]")
    assert page.evaluate(MOVING) == 0
    page.keyboard.press("Escape")
    page.click('[data-choice="agree"]')
    expect(page.locator(".tally")).to_be_visible()
    assert page.evaluate(MOVING) == 0


SAME_AS_NOTHING = """letters => {
  const drawn = letter => {
    const canvas = Object.assign(document.createElement('canvas'), {width: 80, height: 80});
    const pen = canvas.getContext('2d');
    pen.font = `60px ${getComputedStyle(document.querySelector('h1')).fontFamily}`;
    pen.fillText(letter, 10, 60);
    return canvas.toDataURL();
  };
  const nothing = drawn('\\u{10FFFD}');
  return [...letters].filter(letter => drawn(letter) === nothing);
}"""


@pytest.mark.parametrize("page", [{"reduced_motion": "reduce"}], indirect=True)
def test_without_font_files_every_script_is_still_readable(page: Page, stage: Stage) -> None:
    """The fonts were deleted under a running screen: the machine's own stand in, none as boxes."""
    page.route("**/files/*.woff2", lambda route: route.abort())
    Visitor(stage, page).goes_to(f"/ar/{SUMMIT}")
    assert not page.evaluate("() => [...document.fonts].some(f => f.status === 'loaded')")
    boxes = page.evaluate(SAME_AS_NOTHING, "éüşłґїعمپ")
    if boxes:
        pytest.skip(f"this machine has no font of its own for {boxes}")
