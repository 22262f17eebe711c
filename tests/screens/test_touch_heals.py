"""A screen that nobody minds: its server hangs, dies and comes back; no touch goes unheard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.journeys.waiting import until
from tests.screens.touch_fixtures import SUMMIT, Stage, Visitor, stage_for_file

BENCHES = f"/fr/{SUMMIT}/exhibit/benches"
QUESTION = f"{SUMMIT}/core/benches"
DRAFT = "Un banc à l’ombre."
STORED = """() => [...Object.keys(sessionStorage), ...Object.keys(localStorage)]
  .filter(name => !name.startsWith('__nicegui_tab_'))"""
"""What is kept in the browser, but for the framework's random name of the tab."""
HANGS_MS = 3_000
"""How long it hangs here; `make soak` lets it hang for 12 s, which is the same path."""


stage = stage_for_file()
"""One touchscreen, killed and started again by its stories."""


def _popup(page: Page, *, is_open: bool) -> None:
    expect(page.locator("#popup")).to_have_attribute("aria-hidden", str(not is_open).lower())


def _starts_again(stage: Stage) -> None:
    stage.end()
    stage.start()
    until(stage.answers, "the touchscreen answers again")


def test_a_page_whose_script_did_not_come_asks_for_it_again(visitor: Visitor) -> None:
    """The line broke in the middle of loading: no key was held, nobody's visit would have ended."""
    lost: list[str] = []

    def breaks_once(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.abort()

    visitor.page.route("**/assets/touch.js*", breaks_once)
    visitor.page.goto(visitor.stage.address + BENCHES)
    visitor.page.wait_for_function("() => window.kiosk && window.did_handshake")
    assert lost


def test_a_touch_made_while_the_server_hangs_arrives(visitor: Visitor, stage: Stage) -> None:
    """Ada votes and is told to wait; her vote is counted once when it goes on."""
    before = stage.do("ballots", question=QUESTION)
    visitor.goes_to(BENCHES)
    with stage.away():
        visitor.page.click('[data-choice="agree"]')
        _popup(visitor.page, is_open=True)
        visitor.page.wait_for_timeout(HANGS_MS)
    expect(visitor.page.locator(".thanks")).to_be_visible()
    _popup(visitor.page, is_open=False)
    assert stage.do("ballots", question=QUESTION) == before + 1


def test_what_was_being_written_outlives_the_server(visitor: Visitor, stage: Stage) -> None:
    """The server dies under Ada's words: she is told, finds them again and sends them."""
    visitor.goes_to(f"/fr/{SUMMIT}/comment/benches")
    visitor.page.click("[data-agree]")
    expect(visitor.page.locator("textarea")).to_be_focused()
    visitor.page.keyboard.type(DRAFT)
    _starts_again(stage)
    expect(visitor.page.locator("[data-again]")).to_be_visible()
    expect(visitor.page.locator("textarea")).to_have_value(DRAFT)
    assert visitor.page.evaluate(STORED) == []
    visitor.page.click("[data-send]")
    expect(visitor.page.locator(".code-groups")).to_be_visible()
    assert stage.do("waiting") == [DRAFT]


def _fits_herself(page: Page, *modes: str) -> None:
    page.click("[data-opens=access]")
    for mode in modes:
        page.click(f".mode[data-mode={mode}]")
    page.click(".access [data-close]")


def test_a_visit_goes_on_after_the_server_was_killed(visitor: Visitor, stage: Stage) -> None:
    """Ada's votes, modes, language and draft are hers when it is back; Ben finds none of it."""
    page, root = visitor.page, visitor.page.locator("#app .touch")
    voice = stage.do("voice", exhibit="benches", language="de", text="Bänke in den Schatten.")
    before = stage.do("ballots", question=QUESTION)
    visitor.goes_to(f"/de/{SUMMIT}/exhibit/benches")
    _fits_herself(page, "large", "contrast")
    page.evaluate("() => { kiosk.reading.slower(); kiosk.reading.slower(); }")
    page.click('[data-choice="agree"]')
    expect(page.locator(".thanks")).to_be_visible()  # so it has heard of the rate, too
    visitor.goes_to(f"/de/{SUMMIT}/voice/{voice}")
    page.click("[data-support]")
    expect(page.locator("[data-support]")).to_have_attribute("aria-pressed", "true")
    visitor.goes_to(f"/de/{SUMMIT}/comment/benches")
    page.click("[data-agree]")
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.type("Mehr Bänke.")
    _starts_again(stage)
    expect(page.locator("[data-again]")).to_be_visible()
    expect(root).to_have_attribute("data-modes", "large contrast")
    expect(root).to_have_attribute("data-rate", "1")
    expect(page.locator("textarea")).to_have_value("Mehr Bänke.")
    visitor.goes_to(f"/de/{SUMMIT}/voice/{voice}")
    expect(page.locator("[data-support]")).to_have_attribute("aria-pressed", "true")
    visitor.goes_to(f"/de/{SUMMIT}/exhibit/benches")
    expect(page.locator(".thanks")).to_be_visible()
    page.get_by_role("button", name="Stimme ändern").click()
    page.click('[data-choice="disagree"]')
    expect(page.locator(".thanks")).to_be_visible()
    assert stage.do("ballots", question=QUESTION) == before + 1
    page.click("[data-done]")
    page.wait_for_url(f"{stage.address}/")
    expect(root).to_have_attribute("data-modes", "")
    visitor.goes_to(f"/de/{SUMMIT}/exhibit/benches")
    expect(page.locator('[data-choice="agree"]')).to_be_visible()
    visitor.goes_to(f"/de/{SUMMIT}/comment/benches")
    expect(page.locator("[data-agree]")).to_be_visible()
    assert page.evaluate(STORED) == []


def test_a_forged_thread_begins_a_fresh_visit(visitor: Visitor, stage: Stage) -> None:
    """Mallory writes another thread into the page: after the restart the screen knows nobody."""
    page, root = visitor.page, visitor.page.locator("#app .touch")
    visitor.goes_to(BENCHES)
    _fits_herself(page, "large")
    page.click('[data-choice="agree"]')
    expect(page.locator(".thanks")).to_be_visible()
    forge = "r => { r.dataset.thread = r.dataset.thread.replace(/^.{20}/, x => x + 'AAAA'); }"
    root.evaluate(forge)
    _starts_again(stage)
    expect(root).to_have_attribute("data-modes", "")
    expect(page.locator('[data-choice="agree"]')).to_be_visible()
    expect(page.locator(".thanks")).to_have_count(0)


def test_a_touch_that_died_with_the_server_is_told(visitor: Visitor, stage: Stage) -> None:
    """Ada's vote never came: the screen says so, and her second touch counts."""
    visitor.goes_to(BENCHES)
    before = stage.do("ballots", question=QUESTION)
    with stage.away():
        visitor.page.click('[data-choice="agree"]')
        stage.end()
    stage.start()
    until(stage.answers, "the touchscreen answers again")
    expect(visitor.page.locator("[data-again]")).to_be_visible(timeout=60_000)
    visitor.page.click('[data-choice="agree"]')
    expect(visitor.page.locator(".thanks")).to_be_visible()
    assert stage.do("ballots", question=QUESTION) == before + 1


def test_a_poster_that_has_turned_is_a_poster_after_a_restart(
    visitor: Visitor, stage: Stage
) -> None:
    """Nobody was there: no page that does not exist, and nobody is asked whether she still is."""
    page, root = visitor.page, visitor.page.locator("#app .touch")
    page.emulate_media(reduced_motion="no-preference")  # else it stands still
    visitor.goes_to("/")
    first = page.locator(".stage").get_attribute("data-step")
    turned = f"() => document.querySelector('.stage').dataset.step !== '{first}'"
    until(lambda: stage.do("tick") and page.evaluate(turned), "a turn")
    page.evaluate("() => { window.isBefore = true; }")
    _starts_again(stage)
    page.wait_for_function("() => !window.isBefore && window.did_handshake === true")
    expect(root).to_have_attribute("data-screen", "attract")
    expect(page.locator(".stage .screen.attract")).to_be_visible()


def test_no_page_is_the_browsers_own(visitor: Visitor, stage: Stage) -> None:
    """A page asked for while the server is away says so, and goes on by itself when it is back."""
    visitor.goes_to("/")
    visitor.page.wait_for_function("() => navigator.serviceWorker.controller")
    stage.end()
    visitor.page.evaluate("() => location.replace('/')")
    expect(visitor.page.locator("[data-away]")).to_contain_text("Un instant")
    stage.start()
    until(stage.answers, "the touchscreen answers again")
    expect(visitor.page.locator(".attract")).to_be_visible(timeout=60_000)


def test_a_page_that_crashed_is_told_by_the_health(visitor: Visitor, stage: Stage) -> None:
    """Chromium shows a page of its own for good: the script that started it must hear of it."""
    until(lambda: stage.pages() == 0, "nobody is there yet")
    visitor.goes_to("/")
    assert stage.pages() == 1
    with pytest.raises(Error, match="crash"):
        visitor.page.goto("chrome://crash")
    until(lambda: stage.pages() == 0, "its line is gone")


def test_a_new_edition_hangs_by_itself_while_nobody_is_there(
    visitor: Visitor, stage: Stage
) -> None:
    """Nobody touches: the attract screen makes room for the new edition."""
    visitor.goes_to("/")
    born = visitor.page.evaluate("() => window.documentId")
    stage.do("edition", motto="Neue Ausgabe")
    visitor.page.wait_for_function(f"() => window.documentId && window.documentId !== '{born}'")
    visitor.goes_to(f"/fr/{SUMMIT}")
    expect(visitor.page.locator("h1")).to_have_text("Neue Ausgabe")


@pytest.mark.parametrize(("hours", "shows"), [(23.9, True), (24.1, False), (-480_000, False)])
def test_voices_hide_after_a_day_without_the_hub(
    visitor: Visitor, stage: Stage, hours: float, *, shows: bool
) -> None:
    """What was taken down meanwhile would still stand here; nor does a clock of 1970 show it."""
    words = f"Voix de la place {hours}"
    stage.do("voice", exhibit="benches", language="fr", text=words)
    stage.do("heard", hours_ago=0)
    stage.do("jump", hours=hours)
    visitor.goes_to(f"/fr/{SUMMIT}/voices")
    if shows:
        visitor.sees(words)
    else:
        expect(visitor.page.locator(".stage")).not_to_contain_text(words)
    stage.do("jump", hours=0)
