"""Comments that nobody can read, or that want to be more than words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Connection, text

from kiosk.locale.translator import Translator
from tests.journeys.browsers import Windows
from tests.journeys.pages.desk import Desk
from tests.journeys.pages.phone import Phone
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.pages.wall import Wall
from tests.journeys.people import CLARA
from tests.journeys.town import Town

SQUARE = "vivre-ensemble/core/square-at-night"

EMPTY = "There is nothing to read yet."
TOO_LONG = "This is too long: {length} characters."
LONG = "mot " * 2_500
MARKUP = "<script>window.ran=1</script><img src=x onerror='window.ran=1'> & <b>gras</b> {{7*7}}"
MIXED = "Le mot \u202eسلام\u202c veut dire paix, \u2067שלום\u2069 aussi."
PLAIN = "Le mot سلام veut dire paix, שלום aussi."


@pytest.mark.parametrize(
    ("typed", "told"),
    [("", EMPTY), ("  \n\t \u00a0 ", EMPTY), ("\u202e\u200f\ufeff", EMPTY), (LONG, TOO_LONG)],
    ids=["empty", "spaces", "invisible", "10,000 characters"],
)
def test_what_nobody_could_read_is_not_taken_and_not_lost(
    shared_town: Town, windows: Windows, typed: str, told: str
) -> None:
    """At the touchscreen and on the phone: the sentence says what to do, the words stay there."""
    with shared_town.hub_database() as hub, shared_town.kiosk_database() as kiosk:
        before = (hub.read_now(_comments), kiosk.read_now(_comments))
    screen = Touchscreen(windows.hall(), shared_town.touch)
    screen.open("benches")
    screen.begin_to_write()
    screen.field.fill(typed)
    screen.send()
    expect(screen.main.get_by_role("alert")).to_contain_text(_told(screen.t, told))
    expect(screen.field).to_have_value(typed)

    phone = Phone(windows.phone(), shared_town.public)
    phone.open("/say/vivre-ensemble/benches")
    field = phone.page.get_by_label(phone.t("Your words"))
    field.evaluate("field => field.removeAttribute('required')")
    field.fill(typed)
    phone.button("Send it for review").click()
    expect(phone.trouble).to_contain_text(_told(phone.t, told))
    expect(field).to_have_value(typed)
    with shared_town.hub_database() as hub, shared_town.kiosk_database() as kiosk:
        assert (hub.read_now(_comments), kiosk.read_now(_comments)) == before


def test_markup_is_words_on_every_screen(shared_town: Town, windows: Windows) -> None:
    """Eve's script and picture are read by Clara, then by everybody, as the signs that they are."""
    pages = [windows.hall(), windows.hall(), windows.office(), windows.phone(script=True)]
    screen = Touchscreen(pages[0], shared_town.touch)
    wall = Wall(pages[1], shared_town.public)
    clara = Desk(pages[2], shared_town.desk.address)
    phone = Phone(pages[3], shared_town.public)
    clara.enter(CLARA)
    wall.open(SQUARE)
    screen.open("square-at-night")
    screen.begin_to_write()
    screen.field.fill(MARKUP)
    screen.send()
    code, _ = screen.receipt()
    clara.leafs_to(MARKUP)
    clara.key("Shift+A")
    screen.open("square-at-night")
    expect(screen.said).to_contain_text(MARKUP)
    expect(wall.main).to_contain_text(MARKUP)
    phone.open("/e/square-at-night?more=1")
    expect(phone.main).to_contain_text(MARKUP)
    phone.follows(code)
    expect(phone.main).to_contain_text(MARKUP)
    assert not any(_ran(page) for page in pages)


def test_marks_that_turn_the_reading_direction_are_taken_out(
    shared_town: Town, windows: Windows
) -> None:
    """French with Arabic and Hebrew inside reads as it was meant, and turns nothing around it."""
    phone = Phone(windows.phone(), shared_town.public)
    phone.writes("benches", MIXED)
    receipt = phone.receipt()
    with shared_town.hub_database() as hub:
        assert PLAIN in hub.read_now(_comments)
    phone.takes_back(receipt, "Erase")


def _told(t: Translator, sentence: str) -> str:
    """The sentence up to its figure, which each language writes in its own way."""
    return t(sentence).split("{", maxsplit=1)[0]


def _ran(page: Page) -> bool:
    return bool(page.evaluate("() => window.ran"))


def _comments(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT text FROM comment")).scalars())
