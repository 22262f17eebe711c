"""What is heard and looked at closer: pictures and films said aloud, as loud as a visitor wants."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kiosk.locale.translator import Translator, translator
from tests.journeys.browsers import PATIENCE_MS, leave
from tests.journeys.waiting import until
from tests.screens.test_touch_modes import Blind, _choose
from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor, stage_for_file

DRAWING = "/fr/example/exhibit/workshop-streets"
FILM = "/fr/example/exhibit/lindmark-benches"
SEEN = "pas d’accord sur les nuits"
"""Of what is said to be seen on the drawing."""
TOLD = "un banc"
"""Of what is said and seen in the film."""

NOTED = """window.heard = []; addEventListener('kiosk-said',
  e => window.heard.push((e.detail.control ? '[tick] ' : '') + e.detail.text))"""
PAUSED = "() => document.querySelector('video.film-itself').paused"
AT = "() => document.querySelector('video.film-itself').currentTime"
SLOWLY = "() => { document.querySelector('video.film-itself').defaultPlaybackRate = 0.1; }"
"""The film lasts for minutes: a busy machine never comes to its end."""
LOUD = "css => document.querySelector(css).volume"
BENEATH = """() => {
  const film = document.querySelector('video.film-itself');
  window.beneath = [];
  addEventListener('kiosk-said', () => window.beneath.push([film.volume, film.paused]));
}"""
"""Notes how loud the film is, and whether it stands still, as something is said."""
PRESSED_AS_THE_FIRST_IS_HEARD = """() => {
  const press = () => { kiosk.sound.quieter(); kiosk.reading.slower(); };
  window.since = [];
  window.socket.onAny(function answered(_, said) {
    if (!Object.values(said ?? {}).some((one) => one?.props?.['data-loudness'])) return;
    window.socket.offAny(answered);
    press();
    new MutationObserver(() => window.since.push(kiosk.sound.loudness()))
      .observe(document.querySelector('.touch'), { attributes: true });
  });
  press();
}"""
"""Notes how loud it is whenever the server has said something after the second press."""
NO_END_AFTER = """words => addEventListener('kiosk-said', (event) => {
  if (event.detail.text.includes(words))
    HTMLMediaElement.prototype.play = () => new Promise(() => {});
})"""
"""Lets what follows these words never come to an end: there is something to stop."""
SPEECH, SOUND = "body > audio", "video.film-itself"


stage = stage_for_file("full", "speaks=1", "languages=fr,en,de,ar")
"""One touchscreen for the file that can speak."""


@pytest.fixture
def samira(visitor: Visitor) -> Blind:
    """Somebody who hears the loudspeaker."""
    visitor.page.add_init_script(NOTED)
    return Blind(visitor.page)


@pytest.fixture
def t() -> Translator:
    """What the controls are called."""
    return translator("fr")


def _lets_the_server_hear(page: Page) -> None:
    """What was pressed before has arrived once a later press of the same page was answered."""
    page.locator("[data-search]").click()
    expect(page.locator(".screen.search")).to_be_visible()


def _opens_the_film(visitor: Visitor, *modes: str) -> Locator:
    page = visitor.page
    visitor.goes_to(FILM)
    if modes:
        _choose(page, *modes)
    page.evaluate(SLOWLY)
    page.locator(".stage button.enlarge:has(.play-sign)").first.click()
    player = page.locator("dialog.player[open]")
    expect(player).to_be_visible()
    return player


def test_read_aloud_says_what_is_on_a_picture(
    visitor: Visitor, samira: Blind, t: Translator
) -> None:
    """Samira hears it where the picture stands, where she unfolds it, and in the viewer."""
    page = visitor.page
    visitor.goes_to(DRAWING)
    _choose(page, "aloud")
    samira.hears(SEEN)
    samira.hears(t("Enlarge"))
    page.locator(".picture > .seen").click()
    samira.hears(SEEN)
    samira.chooses(t("Enlarge"))
    viewer = page.locator("dialog.viewer[open]")
    expect(viewer).to_have_attribute("data-opened", "whole")
    samira.hears(SEEN)
    samira.hears(t("Whole picture"))
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(viewer.locator(".zoom-place")).to_be_focused()
    samira.hears(t("Picture: arrow keys move it, plus and minus enlarge it, 0 shows it whole."))
    samira.hears(SEEN)


def test_what_is_said_of_a_picture_is_said_once(visitor: Visitor, samira: Blind) -> None:
    """Unfolded, its words stand beside it: read from the top, they are not said a second time."""
    page = visitor.page
    visitor.goes_to(DRAWING)
    page.locator(".picture > .seen").click()
    _choose(page, "aloud")
    samira.hears(translator("fr")("Tab leads to what you can do."))
    page.evaluate("() => { window.heard.length = 0; kiosk.reading.again(); }")
    page.wait_for_function(
        "w => window.heard.some(x => x.includes(w))",
        arg=translator("fr")("Tab leads to what you can do."),
    )
    said = page.evaluate("() => window.heard")
    assert sum(SEEN in each for each in said) == 1, [x for x in said if SEEN in x]


def test_what_begins_anew_leaves_nothing_out(visitor: Visitor, samira: Blind) -> None:
    """Samira asks for it again in the middle of a sentence: the second part was skipped then."""
    page, end = visitor.page, translator("fr")("Tab leads to what you can do.")
    visitor.goes_to(DRAWING)
    _choose(page, "aloud")
    samira.hears(end)
    said: list[list[str]] = []
    for interrupted in (False, True):
        page.evaluate(
            """interrupted => {
              const again = () => { window.heard.length = 0; kiosk.reading.again(); };
              again();
              if (!interrupted) return;
              addEventListener('playing', () => again(), { once: true, capture: true });
            }""",
            interrupted,
        )
        page.wait_for_function("w => window.heard.some(x => x.includes(w))", arg=end)
        said.append(page.evaluate("() => window.heard"))
    assert said[0] == said[1]


def test_a_film_waits_until_its_screen_was_read(
    visitor: Visitor, samira: Blind, t: Translator
) -> None:
    """With read-aloud on, nothing plays over the voice, and the voice is still while it plays."""
    page = visitor.page
    player = _opens_the_film(visitor, "aloud")
    samira.hears(t("Transcript"))
    assert page.evaluate(PAUSED)
    assert player.get_attribute("data-state") == "paused"
    player.locator(".play").click()
    expect(player).to_have_attribute("data-state", "playing")
    expect(page.locator(".tools[data-reads]")).to_have_count(0)
    player.locator('[data-unfolds="transcript"]').click()
    samira.hears(TOLD)
    assert page.evaluate(PAUSED)


def test_the_name_of_a_control_is_heard_over_a_film(
    visitor: Visitor, samira: Blind, t: Translator
) -> None:
    """Samira looks for "Louder" while it plays: it goes on, lower while she is told."""
    page = visitor.page
    player = _opens_the_film(visitor, "aloud")
    samira.hears(t("Transcript"))
    player.locator(".play").click()
    expect(player).to_have_attribute("data-state", "playing")
    page.evaluate(BENEATH)
    page.keyboard.press("Tab")
    page.wait_for_function("() => window.beneath.length")
    (heard, paused), *_ = page.evaluate("() => window.beneath")
    assert 0 < heard < 0.5
    assert not paused
    page.wait_for_function(f"() => ({LOUD})('{SOUND}') === 1")
    assert not page.evaluate(PAUSED)


def test_a_film_stops_where_reading_is_switched_on_over_it(
    visitor: Visitor, samira: Blind, t: Translator
) -> None:
    """Samira comes to a film that somebody left playing, and presses F2."""
    page = visitor.page
    player = _opens_the_film(visitor)
    expect(player).to_have_attribute("data-state", "playing")
    page.evaluate(BENEATH)
    page.keyboard.press("F2")
    page.wait_for_function("() => window.beneath.length")
    assert all(paused for _, paused in page.evaluate("() => window.beneath"))
    samira.hears(t("Transcript"))
    assert page.evaluate(PAUSED)


def test_reading_is_repeated_and_stopped_where_a_film_fills_the_screen(
    visitor: Visitor, samira: Blind, t: Translator
) -> None:
    """The row of aids lies behind the player: its first two stand in the player's own row."""
    page = visitor.page
    player = _opens_the_film(visitor, "aloud")
    samira.hears(t("Transcript"))
    page.evaluate("() => { window.heard.length = 0; }")
    page.evaluate(NO_END_AFTER, t("Captions"))
    player.get_by_role("button", name=t("Read again from the top")).click()
    samira.hears(t("Captions"))
    player.get_by_role("button", name=t("Stop reading")).click()
    goes_on = player.get_by_role("button", name=t("Go on reading"))
    expect(goes_on).to_be_visible()
    goes_on.click()
    expect(player.get_by_role("button", name=t("Stop reading"))).to_be_visible()
    player.get_by_role("button", name=t("Close")).click()
    page.evaluate("() => document.querySelector('.mode[data-mode=aloud]').click()")  # off again
    page.evaluate("() => document.querySelector('.stage button.enlarge').click()")
    expect(page.get_by_role("button", name=t("Read again from the top"))).to_have_count(0)


def _presses_to_the_end(control: Locator) -> None:
    for _ in range(8):
        control.dispatch_event("click")
    expect(control).to_have_attribute("aria-disabled", "true")


def test_a_visitor_makes_it_quieter_and_the_next_one_hears_it_as_before(
    visitor: Visitor, samira: Blind, t: Translator
) -> None:
    """Speech and films follow her, on every page; never above what the staff set."""
    page = visitor.page
    visitor.goes_to(DRAWING)
    _choose(page, "aloud")
    samira.hears(SEEN)
    tools = page.locator(".tools")
    louder, quieter = (tools.get_by_role("button", name=t(name)) for name in ("Louder", "Quieter"))
    expect(louder).to_have_attribute("aria-disabled", "true")
    assert page.evaluate(LOUD, SPEECH) == 1
    quieter.click()
    quieter.click()
    assert page.evaluate(LOUD, SPEECH) == pytest.approx(0.5)
    expect(louder).to_have_attribute("aria-disabled", "false")

    _lets_the_server_hear(page)
    player = _opens_the_film(visitor)
    assert page.evaluate(LOUD, SOUND) == pytest.approx(0.5)
    player.get_by_role("button", name=t("Louder")).click()
    assert page.evaluate(LOUD, SOUND) == pytest.approx(0.7)
    player.locator(".play").click()
    expect(player).to_have_attribute("data-state", "playing")
    assert page.evaluate(LOUD, SOUND) == pytest.approx(0.7)
    _presses_to_the_end(player.get_by_role("button", name=t("Quieter")))
    assert 0 < page.evaluate(LOUD, SOUND) < 0.2
    player.get_by_role("button", name=t("Close")).click()

    page.locator("[data-done]").click()
    page.wait_for_url(f"{visitor.stage.address}/")
    visitor.goes_to(FILM)
    assert page.evaluate("() => kiosk.sound.loudness()") == 1


def test_what_the_server_says_of_one_press_takes_no_later_one_back(
    visitor: Visitor, stage: Stage, samira: Blind
) -> None:
    """Samira makes it quieter and slower twice, and goes on in between."""
    page = visitor.page
    visitor.goes_to(DRAWING)
    page.evaluate(PRESSED_AS_THE_FIRST_IS_HEARD)
    page.locator("[data-home]").click()
    page.wait_for_function("() => window.since.length")
    expect(page.locator(".screen.home")).to_be_visible()
    assert {*page.evaluate("() => window.since")} == {0.5}
    page.evaluate("() => { kiosk.sound.louder(); kiosk.reading.faster(); }")
    _lets_the_server_hear(page)
    visitor.goes_to(DRAWING)
    assert page.evaluate("() => kiosk.sound.loudness()") == pytest.approx(0.7)
    _choose(page, "aloud")
    samira.hears(SEEN)
    assert page.evaluate(f"() => document.querySelector('{SPEECH}').playbackRate") == 0.9


def test_half_of_what_the_staff_set_is_half_of_that(visitor: Visitor, t: Translator) -> None:
    """The staff's volume is the visitor's whole."""
    page = visitor.page
    player = _opens_the_film(visitor)
    page.evaluate("() => { kiosk.volume = 0.4; kiosk.sound.apply(); }")
    assert page.evaluate(LOUD, SOUND) == pytest.approx(0.4)
    player.get_by_role("button", name=t("Quieter")).click()
    player.get_by_role("button", name=t("Quieter")).click()
    assert page.evaluate(LOUD, SOUND) == pytest.approx(0.2)
    _presses_to_the_end(player.get_by_role("button", name=t("Louder")))
    assert page.evaluate(LOUD, SOUND) == pytest.approx(0.4)


def test_a_film_goes_back_and_on_by_buttons(visitor: Visitor, t: Translator) -> None:
    """Léa cannot aim at the track: ten seconds back, ten on, never beyond the end."""
    page = visitor.page
    player = _opens_the_film(visitor)
    expect(player).to_have_attribute("data-state", "playing")
    player.locator(".play").click()
    expect(player).to_have_attribute("data-state", "paused")
    page.evaluate("() => { document.querySelector('video.film-itself').currentTime = 1; }")
    on = player.get_by_role("button", name=t("Forward 10 seconds"))
    on.click()
    assert page.evaluate(AT) == pytest.approx(11)
    on.click()
    assert 11 < page.evaluate(AT) < 16
    back = player.get_by_role("button", name=t("Back 10 seconds"))
    back.click()
    assert back.evaluate(f"b => {{ b.click(); return ({AT})(); }}") == 0  # it plays on from there


def _middle(viewer: Locator) -> tuple[float, float]:
    x, y = (viewer.get_attribute("data-middle") or "0 0").split()
    return float(x), float(y)


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_picture_is_moved_by_buttons(visitor: Visitor, language: str) -> None:
    """One switch looks around in the drawing; left is left, in Arabic as well."""
    page, t = visitor.page, translator(language)
    visitor.goes_to(DRAWING.replace("fr", language, 1))
    page.locator(".picture .enlarge").click()
    viewer = page.locator("dialog.viewer[open]")
    expect(viewer).to_have_attribute("data-opened", "whole")
    moves = {
        name: viewer.get_by_role("button", name=t(name), exact=True)
        for name in ("Left", "Up", "Down", "Right")
    }
    expect(viewer.locator("[data-move]:visible")).to_have_count(0)
    for _ in range(3):
        viewer.locator("[data-zoom=in]").click()
    for name, place, way in (("Right", 0, 1), ("Left", 0, -1), ("Down", 1, 1), ("Up", 1, -1)):
        before = _middle(viewer)
        moves[name].focus()
        page.keyboard.press("Enter")
        until(lambda: (_middle(viewer)[place] - before[place]) * way > 0, name)  # noqa: B023
    boxes = [moves[name].bounding_box() for name in ("Left", "Right")]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["x"] < boxes[1]["x"]
    viewer.locator("[data-zoom=whole]").click()
    expect(viewer.locator("[data-move]:visible")).to_have_count(0)


def test_large_text_leaves_the_picture_its_place(visitor: Visitor, t: Translator) -> None:
    """Ada reads large and looks at the drawing: the viewer fills the screen for her as well."""
    page = visitor.page
    page.set_viewport_size({"width": 1024, "height": 600})
    visitor.goes_to(DRAWING)
    _choose(page, "large")
    page.evaluate("() => document.querySelector('.picture .enlarge').click()")
    viewer = page.locator("dialog.viewer[open]")
    expect(viewer).to_have_attribute("data-opened", "whole")
    place = viewer.locator(".zoom-place").bounding_box()
    assert place is not None
    assert place["width"] == 1024
    close = viewer.get_by_role("button", name=t("Close")).bounding_box()
    assert close is not None
    assert close["y"] + close["height"] <= 600


SCROLLS = """() => {
  window.scrolled = [];
  const scrollTo = Element.prototype.scrollTo;
  Element.prototype.scrollTo = function (how) {
    window.scrolled.push(how.behavior);
    scrollTo.call(this, how);
  };
}"""


@pytest.fixture
def unasked(browser: Browser) -> Iterator[Page]:
    """A window of a machine whose owner wished for nothing."""
    context = browser.new_context(
        viewport={"width": 1024, "height": 600}, reduced_motion="no-preference", bypass_csp=True
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    leave(context)


def test_without_motion_a_column_leafs_at_once(unasked: Page, stage: Stage) -> None:
    """Who chose “No motion” is not glided past the lines; who did not sees where they go."""
    visitor = Visitor(stage, unasked)
    visitor.goes_to(f"/fr/{SUMMIT}/legal/accessibility")
    unasked.evaluate(SCROLLS)
    unasked.locator(".read-on").first.click()
    _choose(unasked, "calm")
    unasked.locator(".read-on").first.click()
    assert unasked.evaluate("() => window.scrolled") == ["smooth", "auto"]
