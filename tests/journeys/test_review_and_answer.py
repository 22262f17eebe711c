"""Journey 3: judged at the desk by keyboard, seen everywhere, answered; or refused, and why."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.moderation import erasure
from tests.journeys.browsers import Windows
from tests.journeys.pages.desk import Desk
from tests.journeys.pages.phone import Phone
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.pages.wall import Wall
from tests.journeys.people import CLARA, MAREN, ODILE
from tests.journeys.town import Town
from tests.journeys.watching import Watch, once_in_time

ABOUT = ("bus-lane", "free-bus", "heating", "two-steps")
"""What is spoken about, in one try after the other."""
SAID = "Un banc devant l’école, pour celles et ceux qui attendent."
ANSWER = "Deux bancs seront posés devant l’école en avril."
HOLD_S = 10
WAITING = text("SELECT id FROM comment WHERE status = 'waiting'")


@dataclass
class Hall:
    """Everything that the people of this journey look at."""

    town: Town
    windows: Windows
    phone: Phone
    clara: Desk

    def screen(self, exhibit: str) -> Touchscreen:
        """The touchscreen, open on an exhibit."""
        made = Touchscreen(self.windows.hall(), self.town.touch)
        made.open(exhibit)
        return made


@pytest.fixture
def hall(shared_town: Town, windows: Windows) -> Hall:
    """Hub, desk and touchscreen run; Clara sits at the queue, which others have left empty."""
    with shared_town.hub_database() as hub:
        hub.write_now(empty_the_queue)
    phone = Phone(windows.phone(), shared_town.public)
    clara = Desk(windows.office(), shared_town.desk.address)
    clara.enter(CLARA)
    return Hall(shared_town, windows, phone, clara)


def empty_the_queue(connection: Connection) -> None:
    """Have whoever still waits take her comment back."""
    for comment in connection.execute(WAITING).scalars().all():
        erasure.withdraw(connection, comment, clock.now())


def test_clara_approves_and_maren_answers_on_every_screen(hall: Hall) -> None:
    """After the hold on touchscreen, phone, wall; then the answer on all, and at the receipt."""
    odile = Desk(hall.windows.office(), hall.town.desk.address)
    odile.enter(ODILE)
    maren = Desk(hall.windows.office(), hall.town.desk.address)
    maren.enter(MAREN)

    def said_and_answered(number: int) -> bool:
        about = ABOUT[number - 1]
        screen = hall.screen(about)
        wall = Wall(hall.windows.hall(), hall.town.public)
        wall.open(f"vivre-ensemble/core/{about}")
        pages = (screen.page, wall.page)
        receipt, published = _approves(hall, about, pages)
        expect(screen.said.locator("blockquote")).to_have_attribute("lang", "fr")
        odile.drafts_answer(ANSWER)
        maren.opens_draft()
        screen.stays()
        # The wall of a question tells who answered; the answer itself is a scene of its own.
        seen = [Watch(screen.page, ANSWER), Watch(wall.page, "Maren Lund")]
        for watch in seen:
            watch.begins()
        maren.button("Release in my name").click()
        answered = [watch.seconds() for watch in seen]
        print("answer to touchscreen {:.2f} s, to wall {:.2f} s".format(*answered))
        expect(screen.said).to_contain_text("Maren Lund")
        expect(screen.said).to_contain_text("Mayor of Sceaux")
        hall.phone.open(f"/e/{about}?more=1")
        expect(hall.phone.main).to_contain_text(ANSWER)
        hall.phone.follows(receipt)
        expect(hall.phone.headline).to_have_text(hall.phone.t("Published and answered."))
        expect(hall.phone.main).to_contain_text(ANSWER)
        return max(published) < HOLD_S + 3 and max(answered) < 3

    once_in_time(said_and_answered)


def _approves(hall: Hall, about: str, pages: tuple[Page, ...]) -> tuple[str, list[float]]:
    """A voice comes and is approved: return its receipt, and when it stood on each page."""
    hall.phone.writes(about, SAID)
    receipt = hall.phone.receipt()
    expect(hall.clara.card).to_contain_text(SAID)
    seen = [Watch(page, "Un banc devant") for page in pages]
    for watch in seen:
        watch.begins()
    hall.clara.key("a")
    expect(hall.clara.decided).to_contain_text(SAID)
    hall.phone.follows(receipt)
    expect(hall.phone.headline).to_have_text(hall.phone.t("Waiting for review."))
    took = [watch.seconds() for watch in seen]
    print("approval to touchscreen {:.2f} s, to wall {:.2f} s".format(*took))
    assert min(took) > HOLD_S - 0.5
    hall.phone.open(f"/e/{about}?more=1")
    expect(hall.phone.main).to_contain_text(SAID)
    hall.phone.follows(receipt)
    expect(hall.phone.headline).to_have_text(hall.phone.t("Published."))
    return receipt, took


def test_clara_refuses_with_a_ground_that_ada_reads_behind_her_receipt(hall: Hall) -> None:
    """R, a digit, a note, Enter: no screen shows it; Ada reads why, and that she may object."""
    screen = hall.screen("cameras")
    hall.phone.writes("cameras", SAID)
    receipt = hall.phone.receipt()
    expect(hall.clara.card).to_contain_text(SAID)
    hall.clara.key("r")
    expect(hall.clara.page.get_by_role("dialog")).to_be_visible()
    hall.clara.key("4")
    hall.clara.page.keyboard.type("Votre avis porte sur l’école.")
    hall.clara.key("Enter")
    expect(hall.clara.decided).to_contain_text(hall.clara.t("Refused"))
    hall.phone.follows(receipt)
    expect(hall.phone.headline).to_have_text(hall.phone.t("Not published."))
    expect(hall.phone.main).to_contain_text(hall.phone.t("It is not about this subject."))
    expect(hall.phone.main).to_contain_text("Votre avis porte sur l’école.")
    expect(hall.phone.main).to_contain_text(hall.phone.t("You may object"))
    expect(screen.said).not_to_contain_text(SAID)
    hall.phone.open("/e/cameras?more=1")
    expect(hall.phone.main).not_to_contain_text(SAID)


def test_clara_takes_an_approval_back_within_the_hold(hall: Hall) -> None:
    """U: it waits again, and nobody outside ever saw it."""
    hall.phone.writes("counter", SAID)
    receipt = hall.phone.receipt()
    expect(hall.clara.card).to_contain_text(SAID)
    hall.clara.key("a")
    expect(hall.clara.decided).to_contain_text(SAID)
    hall.clara.key("u")
    expect(hall.clara.card).to_contain_text(SAID)
    expect(hall.clara.decided).not_to_contain_text(SAID)
    hall.clara.key("a")
    hall.clara.decided.get_by_role("button", name=hall.clara.t("Undo")).first.focus()
    hall.clara.key("Enter")
    expect(hall.clara.card).to_contain_text(SAID)
    expect(hall.clara.decided).not_to_contain_text(SAID)
    expect(hall.clara.decided_with_focus).to_have_count(1)  # her keyboard goes on from there
    hall.phone.follows(receipt)
    expect(hall.phone.headline).to_have_text(hall.phone.t("Waiting for review."))
    hall.clara.key("r")
    expect(hall.clara.page.get_by_role("dialog")).to_be_visible()
    hall.clara.key("4")
    hall.clara.key("Enter")
    expect(hall.clara.card).to_have_count(0)


def test_taking_down_reaches_an_open_touchscreen_at_once(hall: Hall) -> None:
    """Published at once with Shift A; taken down, it leaves the screen on which it is read."""
    screen = hall.screen("sixteen-may")
    wall = Wall(hall.windows.hall(), hall.town.public)
    wall.open("vivre-ensemble/core/sixteen-may")
    hall.phone.writes("sixteen-may", SAID)
    expect(hall.clara.card).to_contain_text(SAID)
    hall.clara.key("Shift+A")
    expect(screen.said).to_contain_text("Un banc devant l’école")
    expect(wall.main).to_contain_text("Un banc devant l’école")

    hall.clara.turn_to("Public")
    hall.clara.page.get_by_role("button", name="down").first.click()
    expect(hall.clara.page.get_by_role("dialog")).to_be_visible()
    hall.clara.key("3")
    hall.clara.key("Enter")
    hall.clara.says("Taken off every screen.")
    expect(screen.said).not_to_contain_text("Un banc devant l’école")
    expect(wall.main).not_to_contain_text("Un banc devant l’école")
    hall.phone.open("/e/sixteen-may?more=1")
    expect(hall.phone.main).not_to_contain_text(SAID)
