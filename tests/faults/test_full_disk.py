"""The disk is full: what a visitor does is refused clearly, and what she typed stays."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import text

from tests.faults.disk import full
from tests.journeys.browsers import Windows
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.town import Town

NOTHING_KEPT = "Nothing was kept. Try again in a moment."
SAID = "Des bancs, et de l’ombre."


def test_a_comment_at_a_screen_whose_disk_is_full_stays_in_the_field(
    town: Town, windows: Windows
) -> None:
    """Ada is told that nothing was kept; her words stay, and go once there is space again."""
    town.start(town.touch)
    screen = Touchscreen(windows.hall(), town.touch)
    screen.open("benches")
    screen.begin_to_write()
    screen.types(SAID)
    with full(town.touch):
        screen.send()
        alert = screen.main.get_by_role("alert")
        expect(alert).to_contain_text(screen.t(NOTHING_KEPT))
        expect(screen.field).to_have_value(SAID)
        assert _kept(town) == 0
    screen.send()
    screen.receipt()
    assert _kept(town) == 1


def test_a_vote_at_a_screen_whose_disk_is_full_is_not_called_counted(
    town: Town, windows: Windows
) -> None:
    """Ben is told so, sees no thanks, and his second tap counts once there is space again."""
    town.start(town.touch)
    screen = Touchscreen(windows.hall(), town.touch)
    screen.open("benches")
    with full(town.touch):
        screen.main.get_by_role("button", name=screen.t("Agree"), exact=True).click()
        expect(screen.main.get_by_role("alert")).to_contain_text(screen.t(NOTHING_KEPT))
        expect(screen.main.get_by_text(screen.t("Counted. Thank you."))).to_have_count(0)
    screen.vote("Agree")
    expect(screen.tally("Agree")).to_contain_text("1 vote")


def _kept(town: Town) -> int:
    with town.kiosk_database() as database:
        count = text("SELECT count(*) FROM comment")
        return int(database.read_now(lambda c: c.execute(count).scalar_one()))
