"""What a screen has promised to forget is gone from it when the date has come."""

from __future__ import annotations

from datetime import timedelta

from kiosk.sync import submit
from kiosk.sync.retention import forget_what_is_over
from kiosk.voice import comment_store, report_store
from kiosk.voice.comment import KEPT_FOR, NewComment, Status
from kiosk.voice.report_store import Report
from tests.sync.conftest import Screen
from tests.world import SUNDAY


async def test_words_are_gone_from_a_screen_when_their_date_has_come(town_hall: Screen) -> None:
    """Ada comments and Ben reports her; a year later his words are gone, after two years hers."""
    said = NewComment(
        "hers", "benches", "Here is my number.", "en", "ada", "r", "", town_hall.place, SUNDAY
    )
    words = "She gives somebody's number away."
    report = Report("his", "hers", town_hall.place, "private-data", words, SUNDAY, "open", False)
    write = town_hall.database.write
    await write(lambda c: submit.submit_comment(c, said, 1, SUNDAY))
    await write(lambda c: submit.report_comment(c, report, SUNDAY))

    assert await write(lambda c: forget_what_is_over(c, SUNDAY + timedelta(days=364))) == 0
    a_year_on = SUNDAY + report_store.KEPT_FOR
    assert await write(lambda c: forget_what_is_over(c, a_year_on)) == 1
    kept = await town_hall.database.read(lambda c: report_store.get(c, "his"))
    assert kept is not None
    assert kept.text == ""

    assert await write(lambda c: forget_what_is_over(c, SUNDAY + KEPT_FOR)) == 1
    gone = await town_hall.database.read(lambda c: comment_store.get(c, "hers"))
    assert gone is not None
    assert (gone.text, gone.participant, gone.status) == ("", "", Status.ERASED)
