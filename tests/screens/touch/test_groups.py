"""A class of 24 before the screen: a code, hands as numbers, the tour, and nothing left behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import msgspec
import pytest
from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.errors import Unavailable
from kiosk.people.group_code_store import GroupCode
from kiosk.screens.touch import resume, screens
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.together import tour_way
from kiosk.screens.touch.visit import Visit
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from kiosk.voice.group import Groups
from tests.screens.touch.facilitator import (
    BENCHES,
    digits,
    groups,
    has_code,
    opens,
    raises,
    session,
)
from tests.screens.touch.standing import Standing
from tests.world import SUNDAY, StoppedClock


@pytest.fixture(autouse=True)
def code(standing: Standing) -> GroupCode:
    """Meera's code of a day."""
    return has_code(standing)


def votes(standing: Standing) -> int:
    return standing.context.database.read_now(partial(actions.tally_of, question=BENCHES)).ballots


async def test_a_class_takes_the_tour_and_answers_five_times(standing: Standing) -> None:
    """24 of them; each time they read, talk and raise hands; at the end stand five answers."""
    await opens(standing)
    await standing.sees("24 of you are here.")
    standing.touch("Guided tour")
    for n in range(1, 6):
        await standing.comes_to(f"tour/{n}")
        await standing.sees(f"{n} of 5")
        await standing.sees("Then raise your hands.")
        standing.touch("To the question")
        await raises(standing, "15", "6")
        standing.touch("Next exhibit" if n < 5 else "To the end of the tour")
    await standing.comes_to("tour/end")
    assert standing.text().count("15 of 24: Agree") == 5
    assert groups(standing) == Groups(BENCHES, 1, 24, {"agree": 15, "disagree": 6, "pass": 0})
    assert votes(standing) == 0
    assert standing.context.database.read_now(kinds) == ["hands"] * 5


async def test_a_text_is_read_aloud_whatever_its_pattern_knows(
    standing: Standing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kiosk's database does not answer: the tour's text stands, its pattern has no light."""

    async def nothing(_fn: object) -> None:
        raise Unavailable("The database cannot be read.", "Try again in a moment.")

    await opens(standing)
    await standing.sees("24 of you are here.")
    monkeypatch.setattr(standing.context.database, "read", nothing)
    standing.touch("Guided tour")
    await standing.comes_to("tour/1")
    await standing.sees("Then raise your hands.")
    assert "cannot be shown" not in standing.text()


async def test_a_group_hears_before_it_counts_that_a_vote_is_over(standing: Standing) -> None:
    """No rows to fill whose numbers would be refused: since when, and what single voters said."""
    assert isinstance(standing.context.clock, StoppedClock)
    ends(standing, SUNDAY + timedelta(hours=1))
    await opens(standing)
    await standing.sees("24 of you are here.")
    standing.context.clock.passes(hours=2)
    await standing.open("exhibit/benches")
    await standing.sees("This vote is over.")
    assert not standing.has_button("Raise hands")
    await standing.open("ask/benches")
    await standing.sees("This vote is over.")
    assert not standing.find("hand-choice")


async def test_hands_raised_as_the_time_ends_are_not_asked_for_again(standing: Standing) -> None:
    """The class counted for long: it is told that it is over, in the place of empty rows."""
    assert isinstance(standing.context.clock, StoppedClock)
    ends(standing, SUNDAY + timedelta(hours=1))
    await opens(standing)
    await standing.open("ask/benches")
    digits(standing, "12")
    standing.touch("Look at the numbers")
    await standing.sees("Is this what you see?")
    standing.context.clock.passes(hours=2)
    standing.touch("Record the hands")
    await standing.sees("This vote is over.")
    assert not standing.find("hand-choice")
    assert groups(standing).groups == 0


async def test_recorded_hands_stand_when_the_vote_is_over(standing: Standing) -> None:
    """The class sees its answer; to correct it would be refused."""
    assert isinstance(standing.context.clock, StoppedClock)
    ends(standing, SUNDAY + timedelta(hours=1))
    await opens(standing)
    await standing.open("ask/benches")
    await raises(standing, "15", "6")
    assert standing.has_button("Correct the numbers")
    standing.context.clock.passes(hours=2)
    await standing.open("ask/benches")
    await standing.sees("15 of 24: Agree")
    assert "This vote is over." in standing.text()
    assert not standing.has_button("Correct the numbers")


def ends(standing: Standing, at: datetime) -> None:
    """Let the vote on the benches end at this moment."""
    hung = standing.context.shelf.first()
    assert hung is not None
    benches = hung.exhibition.exhibits["benches"]
    assert benches.question is not None
    changed = replace(benches, question=replace(benches.question, closes_at=at))
    exhibits = {**hung.exhibition.exhibits, "benches": changed}
    edition = replace(hung, exhibition=replace(hung.exhibition, exhibits=exhibits))
    register = partial(actions.register_questions, exhibition=edition.exhibition, now=SUNDAY)
    standing.context.database.write_now(register)
    standing.context.shelf.offer(edition)
    standing.context.shelf.switch()


def kinds(connection: Connection) -> list[str]:
    """What waits for the hub."""
    return list(connection.execute(text("SELECT kind FROM outbox")).scalars())


async def test_no_count_is_seen_before_the_hands_are_recorded(standing: Standing) -> None:
    """Ada and Ben voted; the class sees it once its own hands stand, and its own apart from it."""
    place = standing.context.where("vivre-ensemble")
    for who in ("ada", "ben"):
        cast = Cast(who, BENCHES, who, ("disagree",), place, SUNDAY)
        await standing.context.database.write(partial(actions.cast_ballot, cast=cast, now=SUNDAY))
    await opens(standing)
    await standing.sees("24 of you")
    for path in ("exhibit/benches", "ask/benches"):
        await standing.open(path)
        assert "2 votes" not in standing.text()
        assert not standing.find("answer")
    await raises(standing, "20")
    await standing.sees("2 votes")
    await standing.sees("20 of 24: Agree")
    await standing.sees("hands are never added to votes")
    assert votes(standing) == 2


async def test_no_more_hands_than_people_and_who_raised_none_is_told(standing: Standing) -> None:
    """Twelve say yes; 30 no is a slip of the finger: only twelve are left."""
    await opens(standing)
    await standing.open("ask/benches")
    assert "No hand: 24" in standing.text()
    digits(standing, "12")
    await standing.sees("No hand: 12")
    standing.happens(standing.find("hand-choice")[1], "click", "tap")
    digits(standing, "30")
    await standing.sees("You are 24: there are no more hands.")
    assert "No hand: 0" in standing.text()
    standing.touch("One hand less: Disagree")
    standing.touch("One hand less: Disagree")
    await standing.until(lambda: "no more hands" not in standing.text())
    standing.touch("Look at the numbers")
    await standing.sees("raised no hand")


async def test_a_keyboards_digits_count_once_and_only_where_they_are_seen(
    standing: Standing,
) -> None:
    """The facilitator has a keyboard; she looks at the numbers, changes them, and types again."""
    await opens(standing)
    await standing.sees("24 of you are here.")
    await standing.open("ask/benches")
    await standing.until(lambda: bool(standing.find("hand-choice")), "rows")
    (screen,) = standing.find("screen")
    standing.happens(screen, "keydown", "9")
    standing.touch("Look at the numbers")
    await standing.sees("Is this what you see?")
    standing.happens(screen, "keydown", "1")
    standing.touch("Change the numbers")
    await standing.until(lambda: bool(standing.find("hand-number")), "rows")
    assert standing.words_of(standing.find("hand-number")[0]) == "9"
    standing.happens(standing.find("hand-choice")[0], "click", "tap")
    standing.happens(screen, "keydown", "1")
    assert standing.words_of(standing.find("hand-number")[0]) == "1"


async def test_a_miscount_is_put_right_until_the_session_ends(standing: Standing) -> None:
    """15 were 14: the correction takes the place of what was recorded."""
    await opens(standing)
    await standing.open("ask/benches")
    await raises(standing, "15", "6")
    standing.touch("Correct the numbers")
    await raises(standing, "14")
    assert groups(standing).by_choice == {"agree": 14, "disagree": 6, "pass": 0}
    assert groups(standing).groups == 1


async def test_the_session_ends_and_leaves_nothing(standing: Standing) -> None:
    """The class goes; whoever touches next is asked for a code, and no number stands anywhere."""
    await opens(standing)
    await standing.open("ask/benches")
    await raises(standing, "15")
    mine = session(standing)
    await standing.open("group")
    await standing.sees("Your answers")
    standing.touch("End the group session")
    await standing.until(lambda: standing.context.sessions.count() == 0, "the visit's end")
    assert mine.id not in {each.id for each in standing.context.sessions._by_browser.values()}
    await standing.open("group")
    assert "For a class or a council" in standing.text()
    assert "24" not in standing.text()
    await standing.open("exhibit/benches")
    assert standing.find("answer")


async def test_a_group_may_talk_longer_than_a_visitor_is_silent(standing: Standing) -> None:
    """Nine minutes of talk end no lesson, and the page knows it; alone it is ninety seconds."""
    await opens(standing)
    root = next(e for e in standing.user.client.layout.descendants() if "touch" in e.classes)  # type: ignore[union-attr]
    assert root.props["data-idle-after"] == "620"
    await standing.open("exhibit/benches")
    root = next(e for e in standing.user.client.layout.descendants() if "touch" in e.classes)  # type: ignore[union-attr]
    assert root.props["data-idle-after"] == "620"
    standing.context.sessions.since_boot = lambda: clock.since_boot() + 540
    standing.touch("Raise hands")
    await standing.comes_to("ask/benches")
    await standing.open("group")
    standing.context.sessions.since_boot = lambda: clock.since_boot() + 540 + 700
    standing.touch("Choose an exhibit yourselves")
    await standing.until(lambda: standing.context.sessions.count() == 0)


async def test_a_group_goes_on_after_the_screen_was_started_anew(standing: Standing) -> None:
    """The page's thread knows how many they are and what they raised, after seven minutes' talk."""
    await opens(standing)
    await standing.open("ask/benches")
    await raises(standing, "15", "6")
    mine, context = session(standing), standing.context
    found = resume.read(context, "browser", resume.thread(context, "browser", mine))
    assert found is not None
    told = resume.Told(thread="", idle=420.0)
    again = resume._session(found, told, context.sessions.since_boot())
    assert again.party == mine.party
    assert again.party is not mine.party
    body = msgspec.json.encode({"thread": resume.thread(context, "browser", mine), "idle": 420.0})
    assert await resume._resume(context, screens.known, "browser", body)


async def test_one_visitor_takes_the_tour_without_a_code(standing: Standing) -> None:
    """Ada walks through the five exhibits alone and votes where she likes."""
    await standing.open("")
    standing.touch("Guided tour")
    await standing.comes_to("tour/1")
    assert "raise your hands" not in standing.text()
    await standing.sees("About 30 minutes left")
    standing.touch("To the question")
    await standing.comes_to("ask/benches")
    standing.touch("Agree")
    await standing.sees("Counted. Thank you.")
    standing.touch("Next exhibit")
    await standing.comes_to("tour/2")
    await standing.open("tour/end")
    await standing.sees("Your vote: Agree")
    assert standing.text().count("Not answered yet.") == 4
    assert votes(standing) == 1
    assert groups(standing).groups == 0


async def test_an_edition_without_a_tour_offers_none(standing: Standing) -> None:
    """The fictional exhibition has no tour: nothing leads there, and its address neither."""
    await standing.open("", exhibition="example")
    assert "Guided tour" not in standing.text()
    await standing.open("tour/1", exhibition="example")
    assert standing.path == "/en/vivre-ensemble"


async def test_time_left_is_told_in_minutes(standing: Standing) -> None:
    """After 24 minutes six are left; after 31 nobody is hurried."""
    await standing.open("tour/1")
    mine = session(standing)
    mine.tour_begun = 1000.0
    hung = standing.context.shelf.first()
    assert hung is not None
    visit = Visit(standing.context, "", hung, Step("en", "vivre-ensemble"))
    visit.session = mine
    for minutes, said in ((24, "About 6 minutes left"), (31, "Take the time you need.")):
        standing.context.sessions.since_boot = lambda m=minutes: 1000.0 + m * 60  # type: ignore[misc]
        assert tour_way.time_left(visit) == said
