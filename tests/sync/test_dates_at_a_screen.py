"""What a screen has promised to forget is gone from it when the date has come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

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


async def test_a_screen_that_booted_in_1970_does_not_take_new_words_for_old(
    town_hall: Screen,
) -> None:
    """Ada comments before the screen's clock is set; once it is, her words are still young."""
    power_on = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)
    said = NewComment(
        "hers", "benches", "A bench, please.", "en", "ada", "r", "", town_hall.place, power_on
    )
    write = town_hall.database.write
    await write(lambda c: submit.submit_comment(c, said, 1, power_on))
    assert await write(lambda c: forget_what_is_over(c, SUNDAY)) == 0
    kept = await town_hall.database.read(lambda c: comment_store.get(c, "hers"))
    assert kept is not None
    assert kept.text == "A bench, please."
    assert await write(lambda c: forget_what_is_over(c, SUNDAY + KEPT_FOR)) == 1


async def test_a_screen_years_ahead_of_its_hub_forgets_nothing(town_hall: Screen) -> None:
    """Its clock jumps three years ahead; the hub says that it is still Sunday."""
    said = NewComment(
        "hers", "benches", "A bench, please.", "en", "ada", "r", "", town_hall.place, SUNDAY
    )
    write = town_hall.database.write
    await write(lambda c: submit.submit_comment(c, said, 1, SUNDAY))
    await town_hall.push()
    in_three_years = SUNDAY + timedelta(days=3 * 365)
    assert await write(lambda c: forget_what_is_over(c, in_three_years)) == 0
    kept = await town_hall.database.read(lambda c: comment_store.get(c, "hers"))
    assert kept is not None
    assert kept.text == "A bench, please."
