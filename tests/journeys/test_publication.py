"""Journey 4: from the table's cards to the touchscreen, and back again."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import expect
from sqlalchemy import Connection

from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import Edition
from tests.journeys.browsers import Windows
from tests.journeys.pages.desk import Conclusions
from tests.journeys.pages.phone import Phone
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.people import ROSA, SUMMIT
from tests.journeys.publishing import NEW_TITLE, publish, renames_benches
from tests.journeys.town import Town
from tests.journeys.waiting import until

TITLE = "Shade before parking"
STATEMENTS = "– Every street has a tree within sight.\n– No summer without shade at the bus stop."
DISSENT = "Traders ask to keep their loading bays."
ASKED = "Trees should replace every tenth parking space."


def test_rosa_types_a_conclusion_in_and_it_hangs_on_the_screen_until_it_is_taken_back(
    town: Town, windows: Windows, tmp_path: Path
) -> None:
    """Typed with a photograph, approved, published; shown when idle; rolled back when wrong."""
    town.start()
    rosa = Conclusions(windows.office(), town.desk.address)
    rosa.enter(ROSA)
    rosa.types(TITLE, STATEMENTS, DISSENT, ASKED, "resilient")
    rosa.photograph(cards(tmp_path), "Two cards on a table, one with a tree.")
    rosa.approve()
    visitor = Touchscreen(windows.hall(), town.touch, "en")
    visitor.open("benches")
    idle = windows.hall()
    idle.goto(town.touch.address)

    number = rosa.publish()
    edition = current(town)
    assert edition.number == number
    with town.kiosk_database() as kiosk:

        def is_fetched() -> bool:
            visitor.stays()
            return kiosk.read_now(_current).id == edition.id

        until(is_fetched, "the kiosk has fetched it")
    assert town.touch.shows(SUMMIT) != edition.id, "switched under a visitor's eyes"
    visitor.button("Start").click()
    visitor.button("I am done").click()
    until(lambda: town.touch.shows(SUMMIT) == edition.id, "shown once nobody stands there")

    # Another window each time: an attract screen opens itself again with the new edition just now.
    visitor = Touchscreen(windows.hall(), town.touch, "en")
    visitor.open_topic("resilient")
    visitor.main.get_by_role("button", name=TITLE).click()
    for said in (TITLE, ASKED, "Every street has a tree within sight.", DISSENT):
        expect(visitor.main).to_contain_text(said)
    expect(visitor.main.get_by_role("img", name="Two cards on a table")).to_be_visible()
    visitor.vote("Agree")
    phone = Phone(windows.phone("en-GB"), town.public, "en")
    phone.open(visitor.scan())
    expect(phone.headline).to_have_text(ASKED)
    visitor.button("Start").click()
    visitor.button("I am done").click()

    rosa.go_back_to(number - 1)
    until(lambda: town.touch.shows(SUMMIT) == current(town).id, "the older one hangs again")
    visitor = Touchscreen(windows.hall(), town.touch, "en")
    visitor.open_topic("resilient")
    expect(visitor.main.get_by_role("heading", level=1)).to_be_visible()
    expect(visitor.main).not_to_contain_text(TITLE)


def test_a_file_that_was_changed_is_all_that_a_screen_fetches(town: Town, windows: Windows) -> None:
    """`kiosk publish` with one changed text: the screen asks for that file and shows it."""
    town.start(town.public, town.touch)
    before = _files(town)
    edition = publish(town, renames_benches)
    windows.hall().goto(town.touch.address)
    until(lambda: town.touch.shows(SUMMIT) == edition.id, "the new edition hangs")
    after = _files(town)
    assert len(after - before) == 1
    screen = Touchscreen(windows.hall(), town.touch)
    screen.open("benches")
    expect(screen.main).to_contain_text(NEW_TITLE)


def cards(folder: Path) -> Path:
    """A photograph as a phone takes it: turned by its EXIF data, with a place in it."""
    picture = Image.new("RGB", (1600, 1200), "#d9c7a3")
    ImageDraw.Draw(picture).rectangle((300, 300, 900, 800), fill="#ffffff", outline="#1b1916")
    exif = Image.Exif()
    exif[0x0112] = 6
    path = folder / "cards.jpg"
    picture.save(path, exif=exif)
    return path


def current(town: Town) -> Edition:
    """The edition that the hub released last."""
    with town.hub_database() as hub:
        return hub.read_now(_current)


def _current(connection: Connection) -> Edition:
    edition = edition_store.current(connection, SUMMIT)
    assert edition is not None
    return edition


def _files(town: Town) -> set[str]:
    folder = town.folder / "kiosk/touch/files"
    return {path.name for path in folder.rglob("*") if path.is_file()}
