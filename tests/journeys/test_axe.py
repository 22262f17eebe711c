"""axe finds nothing on any page, in each language, with dialogs open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kiosk import clock
from kiosk.apps import example_voices
from kiosk.people import tokens
from kiosk.people.tokens import Kind
from tests.journeys import town as towns
from tests.journeys.axe import Axe
from tests.journeys.browsers import Windows
from tests.journeys.checkout import ROOT
from tests.journeys.pages.desk import Desk
from tests.journeys.pages.phone import Phone
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.pages.wall import Wall
from tests.journeys.people import EVA, SUMMIT
from tests.journeys.town import Town
from tests.pictures.fleet import set_aside

EXAMPLE = "example"
EXHIBITS = (
    "benches", "first-bench", "benches-at-night", "lindmark-declaration", "workshop-streets",
    "example-timeline", "lindmark-benches", "lindmark", "mayor-word", "chair-library",
    "card-handbook", "card-wall",
)  # fmt: skip
"""One exhibit of each kind."""
LISTS = ("declaration", "timeline", "session", "city", "commitment", "word", "practice", "resource")
LEGAL = ("imprint", "privacy", "accessibility", "counting")

SHOWN = ("fr", "de", "ar")
"""A long one, a longer one, a mirrored one in another script: the layout knows no other kinds."""

every_language = pytest.mark.parametrize("language", SHOWN)


@pytest.fixture(scope="module")
def full_town(tmp_path_factory: pytest.TempPathFactory, template: Path) -> Iterator[Town]:
    """A town with voices, answers and reports: the example's, as in the demo."""
    with towns.town(tmp_path_factory.mktemp("full") / "town", template) as made:
        with made.hub_database() as hub:
            example_voices.load(hub, ROOT / "content" / EXAMPLE, clock.now())
            hub.write_now(set_aside)
        made.start()
        yield made


@every_language
def test_the_touchscreen(full_town: Town, windows: Windows, language: str) -> None:
    """Attract screen, home, every kind of exhibit and list, writing, receipt, dialogs."""
    screen = Touchscreen(windows.hall(language), full_town.touch, language)
    axe = Axe(screen.page)

    def look(path: str) -> None:
        screen.page.goto(f"{screen.address}{path}")
        screen.awake()
        axe.look(path)

    for path in ("/", f"/{language}/{SUMMIT}", f"/{language}/{SUMMIT}/exhibit/benches"):
        look(path)
    here = f"/{language}/{EXAMPLE}"
    for way in (
        "", "/topic/communicative", "/voices", "/voices/benches", "/nowhere",
        *(f"/exhibit/{e}" for e in EXHIBITS),
        *(f"/list/{kind}" for kind in LISTS),
        *(f"/legal/{page}" for page in LEGAL),
    ):  # fmt: skip
        look(here + way)
    screen.open("benches", EXAMPLE)
    screen.vote("Agree")
    axe.look("tally")
    screen.button("Report").first.click()
    axe.look("report dialog")
    screen.page.keyboard.press("Escape")
    screen.button("Language: {name}", name=screen.t.native_name).click()
    axe.look("language dialog")
    screen.page.keyboard.press("Escape")
    screen.page.evaluate("() => document.querySelector('dialog[data-name=idle]').showModal()")
    axe.look("idle dialog")
    screen.page.keyboard.press("Escape")
    screen.button("Say something").click()
    expect(screen.button("I have read this: write")).to_be_visible()
    axe.look("privacy notice")
    screen.button("I have read this: write").click()
    expect(screen.board.get_by_role("button").first).to_be_visible()
    axe.look("writing")
    screen.send()
    expect(screen.main.get_by_role("alert")).to_be_visible()
    axe.look("nothing written")
    screen.field.fill("مقعد من فضلكم، bitte, s’il vous plaît.")
    screen.send()
    screen.receipt()
    axe.look("receipt")
    axe.done(36)


@every_language
def test_the_phone(full_town: Town, windows: Windows, language: str) -> None:
    """Every page that a phone can come to, also those that say what went wrong."""
    phone = Phone(windows.phone(language, script=True), full_town.public, language)
    axe = Axe(phone.page)

    def look(path: str) -> None:
        phone.open(path + ("&" if "?" in path else "?") + f"lang={language}")
        axe.look(path)

    for path in (
        "/", "/e/benches", f"/x/{EXAMPLE}", "/nowhere", "/q/AAAAAA", "/r/AAAA",
        f"/q/{_code(full_town, 'benches-at-night', step_back=600)}",
        *(f"/e/{EXAMPLE}/{e}?more=1" for e in ("communicative", *EXHIBITS)),
        *(f"/legal/{page}?x={EXAMPLE}" for page in LEGAL),
    ):  # fmt: skip
        look(path)
    for exhibit in ("benches-at-night", "first-bench"):
        look(f"/q/{_code(full_town, exhibit)}")
    look(f"/q/{_code(full_town, 'benches-at-night')}")
    phone.vote("Pass")
    axe.look("counted")
    _leads_on(phone.page, phone.link("Change my vote").click)
    axe.look("change")
    phone.writes("benches", " ", EXAMPLE)
    expect(phone.trouble).to_be_visible()
    axe.look("nothing written")
    phone.writes("benches", "Un banc, eine Bank, مقعد.", EXAMPLE)
    receipt = phone.receipt()
    axe.look("received")
    for way in ("", "?do=withdraw", "?do=erase"):
        look(f"/r/{receipt}{way}")
    phone.open(f"/e/{EXAMPLE}/benches?more=1")
    _leads_on(phone.page, phone.link("Report").first.click)
    axe.look("report")
    phone.open(f"/e/{EXAMPLE}/benches?more=1")
    phone.page.locator(".nod button").first.click()
    expect(phone.page.locator(".nod b").first).to_be_visible()
    axe.look("agreed")
    look(phone.page.locator(".nod button").first.get_attribute("formaction") or "")
    axe.done(34)


@every_language
def test_the_wall(full_town: Town, windows: Windows, language: str) -> None:
    """Everything in turn, one question, one with answers of its own, one without votes."""
    wall = Wall(windows.hall(language), full_town.public, language)
    axe = Axe(wall.page)
    for question in (
        f"{EXAMPLE}/core/benches", f"{EXAMPLE}/core/first-bench", f"{SUMMIT}/core/benches", ""
    ):  # fmt: skip
        wall.open(question)
        expect(wall.main).to_be_visible()
        axe.look(f"wall {question}")
    for key in "qtvam":
        wall.press(key)
        axe.look(f"wall, key {key}")
    wall.press("?")
    axe.look("wall, its keys")
    axe.done(10)


@every_language
def test_the_desk(full_town: Town, windows: Windows, language: str) -> None:
    """Entrance, every section, a comment, an answer, a conclusion, dialogs."""
    desk = Desk(windows.office(language), full_town.desk.address, language)
    axe = Axe(desk.page)
    desk.log_in(EVA.user, "guessed")
    expect(desk.page.get_by_role("alert")).to_be_visible()
    axe.look("wrong password")
    desk.enter(EVA)

    def look(path: str, exhibition: str = EXAMPLE) -> None:
        desk.look_at(path, exhibition)
        axe.look(path)

    for section in (
        "public", "refused", "reports", "answers", "conclusions", "conclusions/new", "editions",
        "kiosks", "kiosks/new", "set-aside", "log", "walls", "groups", "visits",
    ):  # fmt: skip
        look(section)
    for section in ("queue", "answers", "conclusions", "reports"):
        look(section, SUMMIT)
    look("public")
    decisions = desk.t("Decisions on {number}", number="").strip()
    _follow(desk, desk.main.get_by_role("link", name=decisions).first.click)
    axe.look("decisions on a comment")
    look("answers")
    desk.page.get_by_role("checkbox").first.check()
    _follow(desk, desk.button("Answer what is ticked").click)
    axe.look("new answer")
    look("queue")
    desk.key("?")
    expect(desk.page.get_by_role("dialog")).to_be_visible()
    axe.look("keys")
    desk.key("Escape")
    desk.key("r")
    expect(desk.page.get_by_role("dialog")).to_be_visible()
    axe.look("refusal")
    look("kiosks")
    desk.page.locator("table button").first.click()
    expect(desk.page.get_by_role("dialog")).to_be_visible()
    axe.look("shall it be shut out")
    look("kiosks/new")
    desk.page.get_by_label(desk.t("Name"), exact=True).fill("Library")
    desk.button("Make a code").click()
    expect(desk.page.get_by_role("img")).to_be_visible()
    axe.look("a code for a kiosk")
    axe.done(29)


def _follow(desk: Desk, go: Callable[[], None]) -> None:
    _leads_on(desk.page, go)
    desk.awake()


def _leads_on(page: Page, go: Callable[[], None]) -> None:
    """Do what opens another page, and wait for it: else it is looked at while it goes."""
    with page.expect_navigation():
        go()


def _code(town: Town, exhibit: str, step_back: int = 0) -> str:
    target = tokens.target_of(f"{EXAMPLE}/core/{exhibit}")
    then = clock.now() - timedelta(minutes=step_back)
    return tokens.issue(town.screen.key, town.screen.number, Kind.SCREEN, target, then)
