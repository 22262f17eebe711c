"""The screen fits itself to each visitor: larger, lower, aloud, by one switch; then it forgets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kiosk.locale.translator import translator
from kiosk.screens.touch import modes
from tests.journeys.browsers import HALL, PATIENCE_MS, leave
from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor, stage_for_file

WIDE_MM = 700
"""A screen of 32 inches, lying."""

HOME = f"/de/{SUMMIT}"
BENCHES = f"/fr/{SUMMIT}/exhibit/benches"
QUESTION = f"{SUMMIT}/core/benches"

SCREENS = (HOME, BENCHES, f"/ar/{SUMMIT}/list/session")
"""The kinds of screen that differ most."""

CAPITALS = """mm => {
  const pen = document.createElement('canvas').getContext('2d');
  const low = [];
  const seen = new Set();
  const walk = document.createTreeWalker(document.querySelector('.touch'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const holder = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || seen.has(holder)) continue;
    if (holder.closest('[aria-hidden], dialog:not([open])')) continue;
    seen.add(holder);
    if (!holder.checkVisibility({visibilityProperty: true}) || holder.closest('.unseen')) continue;
    const box = holder.getBoundingClientRect();
    if (box.width < 3 || box.height < 3) continue;
    const style = getComputedStyle(holder);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    const high = pen.measureText('H').actualBoundingBoxAscent * mm / innerWidth;
    if (high < 7.3) low.push([holder.outerHTML.slice(0, 90), high]);
  }
  return low;
}"""


stage = stage_for_file("full", "speaks=1", f"wide={WIDE_MM}", "languages=fr,en,de,ar,uk")
"""One touchscreen for the file, in all languages, that can speak."""


@pytest.fixture
def visitor(stage: Stage, browser: Browser) -> Iterator[Visitor]:
    """A visitor with a browser of her own; what the loudspeaker says is noted."""
    context = browser.new_context(viewport=HALL, reduced_motion="reduce", bypass_csp=True)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(
        "window.heard = []; addEventListener('kiosk-said',"
        " e => window.heard.push((e.detail.control ? '[tick] ' : '') + e.detail.text))"
    )
    yield Visitor(stage, context.new_page())
    leave(context)


def _choose(page: Page, *names: str) -> None:
    """Open the dialog, choose modes by finger, close it."""
    page.click("[data-opens=access]")
    for name in names:
        page.click(f".mode[data-mode={name}]")
        expect(page.locator(f".mode[data-mode={name}]")).to_have_attribute("aria-pressed", "true")
    page.click(".access [data-close]")


def test_modes_stay_for_the_visit_and_go_with_it(visitor: Visitor) -> None:
    """Ada's large text follows her into Arabic; Ben, after her, finds nothing of it."""
    page = visitor.page
    visitor.goes_to(BENCHES)
    _choose(page, "large", "contrast")
    root = page.locator(".touch")
    expect(root).to_have_attribute("data-modes", "large contrast")
    page.click("[data-opens=language]")
    page.locator(".language", has_text="العربية").click()
    page.wait_for_url("**/ar/**")
    expect(root).to_have_attribute("data-modes", "large contrast")
    page.locator("[data-done]").click()
    page.wait_for_url(f"{visitor.stage.address}/")
    expect(root).to_have_attribute("data-modes", "")


def test_modes_pressed_one_after_the_other_stay_on(visitor: Visitor) -> None:
    """Ada presses two before the server has heard of the first: no word of it takes one back."""
    page = visitor.page
    visitor.goes_to(BENCHES)
    page.click("[data-opens=access]")
    page.evaluate("""() => {
      const root = document.querySelector('.touch');
      const press = (name) => document.querySelector(`.mode[data-mode=${name}]`).click();
      window.seen = [];
      new MutationObserver(() => window.seen.push(root.dataset.modes))
        .observe(root, { attributes: true, attributeFilter: ['data-modes'] });
      window.socket.onAny(function answered(_, said) {
        if (!Object.values(said ?? {}).some((one) => one?.props?.['data-modes'])) return;
        window.socket.offAny(answered);
        press('contrast');
      });
      press('large');
    }""")
    page.wait_for_function("() => document.querySelector('.touch').dataset.heard === '2'")
    page.click(".access [data-close]")
    assert {*page.evaluate("window.seen")} == {"large", "large contrast"}
    assert page.evaluate("window.seen.lastIndexOf('large') < window.seen.indexOf('large contrast')")
    expect(page.locator(".touch")).to_have_attribute("data-modes", "large contrast")


@pytest.mark.parametrize("screen", SCREENS)
def test_large_capitals_are_as_high_as_the_standard_wants(visitor: Visitor, screen: str) -> None:
    """On the declared width every word's H measures 7.3 mm, and nothing is cut at the side."""
    page = visitor.page
    visitor.goes_to(screen)
    _choose(page, "large")
    page.evaluate("() => document.fonts.ready")
    low: list[Any] = page.evaluate(CAPITALS, WIDE_MM)
    assert not low, json.dumps(low, indent=1, ensure_ascii=False)
    stage = page.locator(".stage")
    assert stage.evaluate("s => s.scrollWidth - s.clientWidth") <= 1
    page.click("[data-opens=access]")
    assert not page.evaluate(CAPITALS, WIDE_MM)


def test_a_smaller_screen_gets_larger_text() -> None:
    """One rem grows as the declared screen shrinks: 7.3 mm stay 7.3 mm."""
    share = float(modes.style(600).split(":")[2].rstrip("}"))
    assert share * 600 * modes.SMALLEST_REM * modes.CAPITAL_EM == pytest.approx(7.3, abs=0.01)
    assert float(modes.style(217).split(":")[2].rstrip("}")) > 2 * share


HELD_IF_MEANT = """(() => {
  const later = window.setTimeout;
  window.setTimeout = (act, ms, ...rest) => {
    const holds = ms === 700 && window.event?.type === "keydown" && !window.isHeld;
    return later(act, holds ? 2 ** 30 : ms, ...rest);
  };
})()"""
"""A busy machine lets go of a key late: what is pressed and not held is never held too long."""


class Switch:
    """One switch: pressed it leads on, held it chooses. It sees what is marked, nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.add_init_script(HELD_IF_MEANT)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it for as long as the block lasts."""
        self.page.evaluate("() => { window.isHeld = true; }")
        self.page.keyboard.down("Space")
        yield
        self.page.keyboard.up("Space")
        self.page.evaluate("() => { window.isHeld = false; }")

    def chooses(self, words: str) -> None:
        """Lead to the control with these words, and hold the switch."""
        self.leads_to(words)
        self.hold()

    def leads_to(self, words: str) -> None:
        """Lead to the control with these words."""
        for _ in range(60):
            self.page.keyboard.press("Space")
            led = self.page.evaluate(
                "() => { const at = document.querySelector('[data-led]');"
                " return at ? kiosk.wordsOf(at) : ''; }"
            )
            if kiosk_words(words) in led:
                return
        raise AssertionError(f"the switch never came to {words!r}")

    def hold(self) -> None:
        """Hold it until it has chosen."""
        before = self.page.evaluate("() => document.querySelector('[data-led]')?.outerHTML")
        with self.held():
            self.page.wait_for_function(
                "was => document.querySelector('[data-led]')?.outerHTML !== was", arg=before
            )


def test_a_switch_pressed_while_the_page_is_made_breaks_nothing(visitor: Visitor) -> None:
    """For a moment there is nothing to lead through; the next press meets what came."""
    page, broken = visitor.page, []
    page.on("pageerror", lambda error: broken.append(str(error)))
    visitor.goes_to(BENCHES)
    page.evaluate("() => document.querySelector('.touch').remove()")
    page.keyboard.press("Space")
    page.keyboard.press("Space")
    assert broken == []


def test_a_switch_held_at_the_idle_question_presses_nothing_behind_it(
    visitor: Visitor, stage: Stage
) -> None:
    """Led to an answer she rests; held at “Are you still there?”, the switch had voted for her."""
    page, lea = visitor.page, Switch(visitor.page)
    before = stage.do("ballots", question=QUESTION)
    visitor.goes_to(BENCHES)
    lea.leads_to("D’accord")
    visitor.lets_pass(71)
    asked = page.locator('dialog[data-name="idle"]')
    expect(asked).to_be_visible()
    with lea.held():
        expect(asked.locator("[data-led]")).to_be_visible()
    lea.chooses("Je suis encore là")
    expect(asked).to_be_hidden()
    assert stage.do("ballots", question=QUESTION) == before


def test_one_switch_votes_and_writes(visitor: Visitor, stage: Stage) -> None:
    """Léa has one switch at her headrest: she votes, and types two letters and sends them."""
    page, lea = visitor.page, Switch(visitor.page)
    before = stage.do("ballots", question=QUESTION)
    visitor.goes_to(BENCHES)
    lea.chooses("D’accord")
    expect(page.locator(".thanks")).to_be_visible()
    assert stage.do("ballots", question=QUESTION) == before + 1
    lea.chooses("Dire quelque chose")
    expect(page.locator("[data-agree]")).to_be_visible()
    lea.chooses(page.locator("[data-agree]").inner_text())
    expect(page.locator(".keyboard .hg-button").first).to_be_visible()
    for key in ("O", "k"):
        row = page.locator(".keyboard .hg-row", has=page.locator(f"[data-skbtn='{key}']"))
        lea.chooses(kiosk_words(row.inner_text()))
        lea.chooses(key)
    expect(page.locator("textarea")).to_have_value("Ok")
    lea.chooses(page.locator("[data-send]").inner_text())
    expect(page.locator(".code-groups")).to_be_visible()


def kiosk_words(text: str) -> str:
    """Return words as the page reads them from a control."""
    return " ".join(text.split())


TICKED = "window.heard.find(each => each.startsWith('[tick]'))"
"""What was said after a tick: a control."""


SILENT = "() => !document.activeElement.matches('button, a[href], summary, textarea, input')"
"""Whether the keyboard came to what is no control: a column that scrolls, the browser's own."""


class Blind:
    """Somebody who hears the loudspeaker and has a keyboard; she knows what she heard, no more."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def hears(self, words: str) -> None:
        """Wait until the loudspeaker has said so; forget what came before."""
        self.page.wait_for_function(
            "w => { const at = window.heard.findIndex(x => x.includes(w));"
            " if (at < 0) return false; window.heard.splice(0, at + 1); return true; }",
            arg=words,
        )

    def chooses(self, words: str) -> None:
        """Press Tab until the loudspeaker names it, then Enter."""
        for _ in range(60):
            self.page.evaluate("() => { window.heard.length = 0; }")
            self.page.keyboard.press("Tab")
            if self.page.evaluate(SILENT):
                continue
            self.page.wait_for_function(f"() => {TICKED}")
            if words in self.page.evaluate(f"() => {TICKED}"):
                self.page.keyboard.press("Enter")
                return
        raise AssertionError(f"never heard {words!r}")


def test_by_ear_alone_a_vote_and_a_comment(visitor: Visitor, stage: Stage) -> None:
    """Samira sees nothing: told of F2, she hears the question, answers, writes and is thanked."""
    page, samira, t = visitor.page, Blind(visitor.page), translator("fr")
    before = stage.do("ballots", question=QUESTION)
    visitor.goes_to("/")
    page.keyboard.press("Tab")
    samira.hears("F2")
    page.keyboard.press("F2")
    samira.hears("Chaque place")
    samira.chooses(t("Agree"))
    samira.hears(t("Counted. Thank you."))
    assert stage.do("ballots", question=QUESTION) == before + 1
    samira.chooses(t("Say something"))
    samira.hears(t("Before you write"))
    expect(page.locator(".stage h1")).to_be_focused()  # before, a key would be the old step's
    samira.chooses(kiosk_words(t("I have read this: write")))
    samira.hears(kiosk_words(t("What do you say?")))
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.type("Des bancs à l’ombre.")
    samira.chooses(t("Send for review"))
    samira.hears(kiosk_words(t("Received. Waiting for review.")))
    code = page.locator(".code-groups").inner_text()
    said = page.evaluate("() => window.heard")
    assert not any("ombre" in each or code[:5] in each for each in said)


def test_the_loudspeaker_says_no_resident_s_words_and_none_that_were_typed(
    visitor: Visitor, stage: Stage
) -> None:
    """Samira searches by ear: what was found is named and counted, its words are for eyes."""
    page, samira, t = visitor.page, Blind(visitor.page), translator("fr")
    said: list[str] = []
    page.expose_function("noted", lambda text: said.extend([text]))
    page.add_init_script("addEventListener('kiosk-said', e => noted(e.detail.text))")
    stage.do("voice", exhibit="benches", language="fr", text="La zibeline dort sous le banc.")
    visitor.goes_to(f"/fr/{SUMMIT}/search")
    _choose(page, "aloud")
    page.locator(".search-field").press_sequentially("zibeline")
    expect(page.locator(".found-card.of-voice")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".found-group .of-voice")).to_be_visible()  # drawn anew, not in one list
    samira.chooses(t("A resident says"))
    page.wait_for_url("**/voice/*")
    visitor.goes_to(f"/fr/{SUMMIT}/search")
    samira.hears(t.plural("{n} result", "{n} results", 1))  # what she looked for is there
    page.locator(".search-field").fill("qqqqqqqq")
    samira.hears(t.plural("{n} result", "{n} results", 0))
    page.evaluate("() => kiosk.reading.again()")
    samira.hears(t("Try one word, or begin with a topic."))
    assert t("A resident says") in " ".join(said)
    assert not any("zibeline" in each.casefold() or "qqq" in each for each in said)


def test_a_draft_goes_on_on_a_phone_and_leaves_the_screen(visitor: Visitor) -> None:
    """Ben's bus comes: his text is in the code, then neither in the field nor on the screen."""
    page = visitor.page
    visitor.goes_to(f"/fr/{SUMMIT}/comment/cameras")
    page.click("[data-agree]")
    page.fill("textarea", "Des caméras ? Plutôt des bancs.")
    page.click("[data-hand-over]")
    code = page.locator(".handover-code svg")
    expect(code).to_be_visible()
    box = code.bounding_box()
    assert box
    modules = int((code.get_attribute("viewBox") or "").split()[-1])
    assert box["width"] / modules >= 5
    assert "caméras ?" not in page.locator(".touch").inner_text()
    page.click("[data-taken]")
    expect(page.locator(".screen.exhibit")).to_be_visible()
    visitor.goes_to(f"/fr/{SUMMIT}/comment/cameras")
    expect(page.locator("textarea")).to_have_value("")


def test_easy_language_is_labelled_and_where_it_lacks_that_is_said(visitor: Visitor) -> None:
    """Dilan reads short sentences on the benches, and is told where there are none."""
    page = visitor.page
    visitor.goes_to(f"/de/{SUMMIT}/exhibit/benches")
    _choose(page, "easy")
    visitor.sees("Auf einer Bank sitzen Sie kostenlos.")
    expect(page.locator(".easy-mark")).to_have_count(1)
    visitor.goes_to(f"/de/{SUMMIT}/exhibit/square-at-night")
    expect(page.locator(".easy-mark")).to_be_visible()
