"""Votes that are over or still to come: nobody is asked, everybody is told why and since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest

from kiosk.exhibition import guiding
from kiosk.exhibition.model import Exhibition
from kiosk.screens.touch.context import Hung, TouchContext
from kiosk.screens.touch.group_party import Party
from kiosk.screens.touch.visit import Visit
from kiosk.voice import actions
from tests.screens.touch.standing import Standing
from tests.world import SUNDAY, StoppedClock

OVER = (None, SUNDAY - timedelta(days=1))
TO_COME = (SUNDAY + timedelta(days=1), None)
UNTIL_TONIGHT = (None, SUNDAY + timedelta(hours=6))
ROUND = 30
"""Turns by which a round is over, however long it is."""

pytestmark = pytest.mark.usefixtures("visits")

Period = tuple[datetime | None, datetime | None]


@pytest.fixture
def context(context: TouchContext) -> TouchContext:
    """A screen that turns with every second."""
    return replace(context, turn=1)


def votes(exhibition: Exhibition, periods: Mapping[str, Period]) -> Exhibition:
    """Return the exhibition with the questions of these exhibits asked in these periods alone."""
    exhibits = dict(exhibition.exhibits)
    for name, (opens, closes) in periods.items():
        question = exhibits[name].question
        assert question is not None
        asked = replace(question, opens_at=opens, closes_at=closes)
        exhibits[name] = replace(exhibits[name], question=asked)
    return replace(exhibition, exhibits=exhibits)


def hang(context: TouchContext, periods: Mapping[str, Period], first: str = "") -> Exhibition:
    """Hang the edition with these periods, by whose questions votes are counted from now on."""
    context.shelf.chosen = first or context.shelf.chosen
    hung = context.shelf.first()
    assert hung is not None
    changed = votes(hung.exhibition, periods)
    write = partial(actions.register_questions, exhibition=changed, now=SUNDAY)
    context.database.write_now(write)
    context.shelf.offer(Hung(changed, hung.folder, "second"))
    context.shelf.switch()
    return changed


def every_question(exhibition: Exhibition, period: Period) -> dict[str, Period]:
    return {e.id: period for e in exhibition.exhibits.values() if e.question}


def asked(standing: Standing) -> set[str]:
    """The questions whose answers are on the screen."""
    found = (e.props.get("data-asks") for e in standing.find("answers"))
    return {str(question).rpartition("/")[2] for question in found}


def read(standing: Standing) -> str:
    """The words of the screen, whose dates are kept on one line."""
    return standing.text().replace("\N{NO-BREAK SPACE}", " ")


async def test_the_attract_screen_asks_what_can_be_answered(
    standing: Standing, visits: list[Visit]
) -> None:
    """The first touch of a passer-by is never refused."""
    hang(standing.context, {"benches": OVER, "bus-lane": TO_COME})
    await standing.user.open("/")
    met: set[str] = set()
    for _ in range(ROUND):
        met |= asked(standing)
        await standing.second(visits[-1])
    assert {"cameras", "sixteen-may"} <= met
    assert not met & {"benches", "bus-lane"}


async def test_a_vote_that_ends_leaves_even_a_screen_that_stands_still(
    standing: Standing, visits: list[Visit]
) -> None:
    """Somebody stopped the screen on the evening's question; at eight it goes."""
    assert isinstance(standing.context.clock, StoppedClock)
    hang(standing.context, {"benches": UNTIL_TONIGHT})
    await standing.user.open("/")
    assert asked(standing) == {"benches"}
    standing.happens(standing.find("pause")[0], "click", "one")
    await standing.second(visits[-1])
    assert asked(standing) == {"benches"}
    standing.context.clock.passes(hours=6)
    await standing.second(visits[-1])
    assert not standing.find("answers")
    assert standing.has_button("Read on")


async def test_the_touch_after_the_end_leads_to_what_it_ended_in(standing: Standing) -> None:
    """Ada's finger is a moment too late: she reads that it is over, and the figures."""
    assert isinstance(standing.context.clock, StoppedClock)
    hang(standing.context, {"benches": UNTIL_TONIGHT})
    await standing.user.open("/")
    standing.context.clock.passes(hours=6)
    standing.touch_on(standing.find("answer")[0])
    await standing.comes_to("/exhibit/benches")
    await standing.sees("This vote is over.")
    assert not asked(standing)


async def test_when_every_vote_is_over_the_screen_still_has_a_way_in(
    standing: Standing, visits: list[Visit]
) -> None:
    """What was signed has its turn, and leads on."""
    shown = standing.context.shelf.first()
    assert shown is not None
    hang(standing.context, every_question(shown.exhibition, OVER))
    await standing.user.open("/")
    for _ in range(3):
        assert not standing.find("answers")
        assert standing.has_button("Read on")
        await standing.second(visits[-1])
    standing.touch("Read on")
    await standing.until(lambda: "/exhibit/" in standing.path, "an exhibit")


async def test_a_conclusion_keeps_its_turn_when_its_vote_is_over(
    standing: Standing, visits: list[Visit]
) -> None:
    """It is told, and no longer asked."""
    hang(standing.context, {"benches": OVER}, first="example")
    await standing.user.open("/")
    titles = set()
    for _ in range(ROUND):
        assert "benches" not in asked(standing)
        titles |= {standing.path.rpartition("/")[2]}
        await standing.second(visits[-1])
    assert "benches" in titles


async def test_a_vote_to_come_says_its_day(standing: Standing) -> None:
    """There is nothing to touch yet, and no figure."""
    hang(standing.context, {"benches": TO_COME})
    await standing.open("exhibit/benches")
    await standing.sees("This vote has not begun.")
    assert "It opens on 7 September 2026, 14:00 UTC." in read(standing)
    assert not asked(standing)
    assert not standing.find("tally")


async def test_a_vote_that_is_over_says_since_when_and_what_it_came_to(standing: Standing) -> None:
    """It can still be read, and commented on."""
    hang(standing.context, {"benches": OVER})
    await standing.open("exhibit/benches")
    await standing.sees("This vote is over.")
    assert "It ended on 5 September 2026, 14:00 UTC." in read(standing)
    assert standing.find("tally")
    assert not asked(standing)


async def test_a_vote_that_ends_before_the_eyes_offers_its_answers_no_more(
    standing: Standing,
) -> None:
    """Ben read for long; his touch is refused, and no second one is asked for."""
    assert isinstance(standing.context.clock, StoppedClock)
    hang(standing.context, {"benches": UNTIL_TONIGHT})
    await standing.open("exhibit/benches")
    standing.context.clock.passes(hours=6)
    standing.touch_on(standing.find("answer")[0])
    await standing.sees("This vote is over.")
    assert not asked(standing)
    assert standing.find("tally")


async def test_the_next_question_is_one_that_can_be_answered(standing: Standing) -> None:
    """After her vote Ada is led past what is over or still to come."""
    hung = standing.context.shelf.first()
    assert hung is not None
    periods = every_question(hung.exhibition, OVER) | {"benches": (None, None)}
    hang(standing.context, periods | {"cameras": (None, None), "bus-lane": TO_COME})
    await standing.open("exhibit/benches")
    standing.touch_on(standing.find("answer")[0])
    await standing.sees("Counted. Thank you.")
    standing.touch("Next question")
    await standing.comes_to("/exhibit/cameras")
    standing.touch_on(standing.find("answer")[0])
    await standing.sees("Counted. Thank you.")
    assert not standing.has_button("Next question")


async def test_a_vote_given_stands_when_the_time_is_over(standing: Standing) -> None:
    """Ada sees her vote counted, and nothing that would be refused."""
    assert isinstance(standing.context.clock, StoppedClock)
    hang(standing.context, {"benches": UNTIL_TONIGHT})
    await standing.open("exhibit/benches")
    standing.touch_on(standing.find("answer")[0])
    await standing.sees("Counted. Thank you.")
    assert standing.has_button("Change my vote")
    standing.context.clock.passes(hours=6)
    await standing.open("exhibit/benches")
    await standing.sees("This vote is over.")
    assert "your vote" in standing.text()
    assert not standing.has_button("Change my vote")
    assert not standing.has_button("Withdraw my vote")


async def test_no_way_promises_a_vote_that_is_over(standing: Standing) -> None:
    """Cards, declaration and guiding question lead on to be read, not to be answered."""
    hung = standing.context.shelf.first()
    assert hung is not None
    hang(standing.context, every_question(hung.exhibition, OVER))
    await standing.open("topic/communicative")
    assert standing.has_button("Read it")
    assert not standing.has_button("Answer it")
    await standing.open("exhibit/dusseldorf-declaration")
    assert not standing.has_button("And your city? Answer")
    question = next(q for q in guiding.every(hung.exhibition) if q.put_as)
    await standing.open(f"exhibit/{question.subject}")
    assert standing.has_button("Answer in your own words")
    assert not standing.has_button("Vote on it")
    standing.touch("See how residents voted")
    await standing.comes_to(f"exhibit/{question.put_as}")
    await standing.sees("This vote is over.")
    await standing.open(f"exhibit/{question.session.id}")
    assert not standing.has_button("Vote on it")


async def test_a_guiding_question_leads_to_no_vote_that_is_to_come(standing: Standing) -> None:
    """There is nothing to vote on and nothing to see yet."""
    hung = standing.context.shelf.first()
    assert hung is not None
    hang(standing.context, every_question(hung.exhibition, TO_COME))
    question = next(q for q in guiding.every(hung.exhibition) if q.put_as)
    await standing.open(f"exhibit/{question.subject}")
    assert standing.has_button("Answer in your own words")
    assert not standing.has_button("Vote on it")
    assert not standing.has_button("See how residents voted")


async def test_who_takes_back_too_late_hears_once_that_it_is_over(standing: Standing) -> None:
    """Ada's vote stands; the refusal and the screen drawn anew would say the same."""
    assert isinstance(standing.context.clock, StoppedClock)
    hang(standing.context, {"benches": UNTIL_TONIGHT})
    await standing.open("exhibit/benches")
    standing.touch_on(standing.find("answer")[0])
    await standing.sees("Counted. Thank you.")
    standing.context.clock.passes(hours=6)
    standing.touch("Withdraw my vote")
    await standing.sees("This vote is over.")
    assert standing.text().count("This vote is over.") == 1
    assert "your vote" in standing.text()


async def test_a_vote_that_opens_asks_who_waits_for_it(
    standing: Standing, visits: list[Visit]
) -> None:
    """Ben reads until the hour has come: he is asked without going away and coming back."""
    assert isinstance(standing.context.clock, StoppedClock)
    hang(standing.context, {"benches": TO_COME})
    for path in ("exhibit/benches", "ask/benches"):
        standing.context.clock.at = SUNDAY
        await standing.open(path)
        await standing.second(visits[-1])
        assert "This vote has not begun." in standing.text()
        standing.context.clock.passes(days=1)
        await standing.second(visits[-1])
        assert asked(standing) == {"benches"}
        assert "This vote has not begun." not in standing.text()


async def test_a_tour_tells_its_minutes_and_asks_when_the_vote_opens(
    standing: Standing, visits: list[Visit]
) -> None:
    """Both are looked at with each second."""
    assert isinstance(standing.context.clock, StoppedClock)
    hang(standing.context, {"benches": TO_COME})
    await standing.open("tour/1")
    standing.touch("To the question")
    await standing.comes_to("ask/benches")
    assert "About 30 minutes left" in standing.text()
    begun = standing.context.sessions.since_boot()
    standing.context.sessions.since_boot = lambda: begun + 60
    standing.context.clock.passes(days=1)
    await standing.second(visits[-1])
    assert asked(standing) == {"benches"}
    assert "About 29 minutes left" in standing.text()


async def test_answers_under_a_finger_stay_when_the_vote_ends(
    standing: Standing, visits: list[Visit]
) -> None:
    """What she is about to touch does not go from under her finger; her touch is told why."""
    assert isinstance(standing.context.clock, StoppedClock)
    hang(standing.context, {"benches": UNTIL_TONIGHT})
    await standing.open("exhibit/benches")
    (box,) = standing.find("answers")
    standing.context.clock.passes(hours=6)
    await standing.second(visits[-1])
    assert standing.find("answers") == [box]


async def test_a_group_hears_before_it_talks_that_a_vote_is_over(
    standing: Standing, visits: list[Visit]
) -> None:
    """At the stop itself, with the day, in the place of what it would do; and so at the end."""
    hang(standing.context, {"benches": OVER, "bus-lane": TO_COME})
    await standing.open("")
    visits[-1].gather(Party("vivre-ensemble", "one", size=24))
    await standing.open("tour/1")
    assert "This vote is over." in standing.text()
    assert "It ended on 5 September 2026, 14:00 UTC." in read(standing)
    assert "Then raise your hands." not in standing.text()
    await standing.open("tour/2")
    assert "This vote has not begun." in standing.text()
    await standing.open("tour/3")
    assert "Then raise your hands." in standing.text()
    await standing.open("tour/end")
    assert standing.text().count("This vote is over.") == 1
    assert standing.text().count("This vote has not begun.") == 1
    assert standing.text().count("Not answered yet.") == 3


async def test_a_group_that_waits_for_a_vote_is_asked_when_it_opens(
    standing: Standing, visits: list[Visit]
) -> None:
    """At the stop and before the question: the hands are called for as the hour comes."""
    assert isinstance(standing.context.clock, StoppedClock)
    hang(standing.context, {"benches": TO_COME})
    await standing.open("")
    visits[-1].gather(Party("vivre-ensemble", "one", size=24))
    for path, sign in (("tour/1", "tour-how"), ("ask/benches", "hand-choice")):
        standing.context.clock.at = SUNDAY
        await standing.open(path)
        await standing.second(visits[-1])
        assert "This vote has not begun." in standing.text()
        assert not standing.find(sign)
        standing.context.clock.passes(days=1)
        await standing.second(visits[-1])
        assert standing.find(sign)
        assert "This vote has not begun." not in standing.text()
