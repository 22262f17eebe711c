"""Journey 2: a comment at the touchscreen, the hub gone, then the power gone; it arrives once."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import Connection, text

from kiosk.voice import actions, comment_store
from kiosk.voice.comment import Status
from tests.journeys.browsers import Windows
from tests.journeys.pages.desk import Desk
from tests.journeys.pages.phone import Phone
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.people import CLARA, TOWN_HALL
from tests.journeys.town import Town
from tests.journeys.waiting import until

BENCHES = "vivre-ensemble/core/benches"
SAID = "Où s’asseoir à l’ombre ? Très peu de bancs, hélas !"


def test_a_comment_survives_a_dead_hub_and_a_dead_screen_and_arrives_once(
    town: Town, windows: Windows
) -> None:
    """Lea types it on our keyboard; both machines die; it is in Clara's queue exactly once."""
    town.start()
    screen = Touchscreen(windows.hall(), town.touch)
    screen.open("benches")
    town.public.kill()

    screen.vote("Agree")
    screen.begin_to_write()
    screen.types(SAID)
    expect(screen.field).to_have_value(SAID)
    screen.send()
    code, number = screen.receipt()
    address = screen.scan("Code of your receipt")
    assert address.endswith(f"/R/{code.replace('-', '')}")
    town.touch.kill()

    town.public.start()
    town.public.await_ready()
    phone = Phone(windows.phone(), town.public)
    phone.open(address)
    expect(phone.headline).to_have_text(phone.t("Still at the screen."))
    expect(phone.main).to_contain_text(TOWN_HALL)

    town.touch.start()
    town.touch.await_ready()
    with town.hub_database() as hub:
        until(lambda: hub.read_now(_arrived) >= 2, "vote and comment arrived")
        assert hub.read_now(_arrived) == 2
        assert hub.read_now(_comments) == [(SAID, Status.WAITING, number)]
        assert hub.read_now(lambda c: actions.tally_of(c, BENCHES)).ballots == 1
    phone.follows(code)
    expect(phone.headline).to_have_text(phone.t("Waiting for review."))
    expect(phone.main).to_contain_text(SAID)

    clara = Desk(windows.office(), town.desk.address)
    clara.enter(CLARA)
    expect(clara.card).to_have_count(1)
    expect(clara.card).to_contain_text(SAID)

    town.public.restart()
    town.touch.restart()
    with town.hub_database() as hub:
        assert hub.read_now(_arrived) == 2
        assert len(hub.read_now(_comments)) == 1


def test_lea_erases_from_her_phone_what_she_said_at_the_screen(
    town: Town, windows: Windows
) -> None:
    """With the receipt alone: her words are gone from hub and touchscreen."""
    town.start(town.public, town.touch)
    screen = Touchscreen(windows.hall(), town.touch)
    screen.open("benches")
    screen.begin_to_write()
    screen.field.fill(SAID)
    screen.send()
    code, _ = screen.receipt()
    phone = Phone(windows.phone(), town.public)
    with town.hub_database() as hub:
        until(lambda: hub.read_now(_arrived), "the comment arrived")
    phone.takes_back(code, "Erase")
    expect(phone.headline).to_have_text(phone.t("Erased."))
    with town.kiosk_database() as kiosk:
        until(lambda: kiosk.read_now(_comments)[0][:2] == ("", Status.ERASED), "erased here too")
    with town.hub_database() as hub:
        assert hub.read_now(_comments)[0][:2] == ("", Status.ERASED)


def _arrived(connection: Connection) -> int:
    return int(connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())


def _comments(connection: Connection) -> list[tuple[str, Status, str]]:
    ids = connection.execute(text("SELECT id FROM comment")).scalars().all()
    found = [comment_store.get(connection, each) for each in ids]
    return [(c.text, c.status, c.voice_number) for c in found if c is not None]
