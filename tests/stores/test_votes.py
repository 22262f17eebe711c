"""Votes are counted once, changed, withdrawn, and their tally equals a recount."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.database.connection import Database
from kiosk.errors import InvalidBallot, NotFound, QuestionClosed
from kiosk.voice import actions, ballot_store, tally_store
from kiosk.voice.ballot import Cast
from kiosk.voice.place import Place
from kiosk.voice.tally import recount
from tests.world import (
    ADAS_PHONE,
    BENCHES,
    FERRY,
    GARDENS,
    LIBRARY,
    NIGHT_BUS,
    SUNDAY,
    TOWN_HALL,
    harbour,
)


@pytest.fixture
def hub(database: Database) -> Database:
    """The hub, with the harbour exhibition released."""
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    return database


def vote(
    who: str,
    *choices: str,
    on: str = BENCHES,
    at: Place = TOWN_HALL,
    seq: int = 0,
    ballot: str = "",
) -> Cast:
    """A ballot by somebody, by default at the town hall's screen."""
    return Cast(ballot or f"{who}-{seq}-{choices}", on, who, choices, at, SUNDAY, seq)


def test_a_vote_is_counted_once_however_often_it_is_sent(hub: Database) -> None:
    """Ada's finger bounces: the same ballot three times is one vote."""
    for _ in range(3):
        hub.write_now(lambda c: actions.cast_ballot(c, vote("ada", "agree"), SUNDAY))
    tally = hub.read_now(lambda c: actions.tally_of(c, BENCHES))
    assert (tally.ballots, tally.of("agree")) == (1, 1)


def test_another_answer_changes_the_vote(hub: Database) -> None:
    """Ada thinks again; her second answer takes the place of the first, where she first voted."""
    hub.write_now(lambda c: actions.cast_ballot(c, vote("ada", "agree", at=ADAS_PHONE), SUNDAY))
    elsewhere = Place("harbour", "port-aubier", "Library", "phone")
    counted = hub.write_now(
        lambda c: actions.cast_ballot(c, vote("ada", "disagree", at=elsewhere), SUNDAY)
    )
    tally = hub.read_now(lambda c: actions.tally_of(c, BENCHES))
    assert counted.before == ("agree",)
    assert dict(tally.by_choice) == {"disagree": 1, "*": 1}
    assert list(tally.by_city) == ["lindmark"]


def test_a_withdrawn_vote_leaves_the_count(hub: Database) -> None:
    """Ada takes her vote back, and may vote again afterwards."""
    hub.write_now(lambda c: actions.cast_ballot(c, vote("ada", "agree"), SUNDAY))
    hub.write_now(lambda c: actions.withdraw_ballot(c, vote("ada"), SUNDAY))
    assert hub.read_now(lambda c: actions.tally_of(c, BENCHES)).ballots == 0
    assert hub.read_now(lambda c: actions.ballot_of(c, BENCHES, "ada")) is None
    hub.write_now(lambda c: actions.cast_ballot(c, vote("ada", "pass"), SUNDAY))
    assert hub.read_now(lambda c: actions.tally_of(c, BENCHES)).of("pass") == 1


def test_of_several_choices_each_counts_and_the_ballot_once(hub: Database) -> None:
    """Ben wants gardens north and south: two choices, one ballot."""
    hub.write_now(
        lambda c: actions.cast_ballot(c, vote("ben", "north", "south", on=GARDENS), SUNDAY)
    )
    tally = hub.read_now(lambda c: actions.tally_of(c, GARDENS))
    assert (tally.of("north"), tally.of("south"), tally.ballots) == (1, 1, 1)


@pytest.mark.parametrize(
    ("choices", "on"),
    [
        ((), BENCHES),
        (("maybe",), BENCHES),
        (("north", "south"), FERRY),
        (("north", "north"), GARDENS),
        (("north", "south", "both"), GARDENS),
    ],
)
def test_a_ballot_that_the_question_does_not_offer_is_refused(
    hub: Database, choices: tuple[str, ...], on: str
) -> None:
    """None, unknown, too many, twice the same: refused, and nothing is counted."""
    with pytest.raises(InvalidBallot):
        hub.write_now(lambda c: actions.cast_ballot(c, vote("eve", *choices, on=on), SUNDAY))
    assert hub.read_now(lambda c: actions.tally_of(c, on)).ballots == 0


def test_a_vote_that_is_over_takes_no_ballot_but_what_a_kiosk_counted_stays(hub: Database) -> None:
    """The night bus vote ended on Saturday; the library's offline screen had counted one."""
    with pytest.raises(QuestionClosed):
        hub.write_now(lambda c: actions.cast_ballot(c, vote("eve", "agree", on=NIGHT_BUS), SUNDAY))
    late = vote("lea", "agree", on=NIGHT_BUS, at=LIBRARY, seq=7)
    hub.write_now(lambda c: actions.count_received(c, late, SUNDAY + timedelta(days=2)))
    assert hub.read_now(lambda c: actions.tally_of(c, NIGHT_BUS)).of("agree") == 1


def test_a_question_nobody_released_is_not_known(hub: Database) -> None:
    """A made-up question gets a clear answer."""
    with pytest.raises(NotFound):
        hub.write_now(
            lambda c: actions.cast_ballot(c, vote("eve", "agree", on="harbour/core/x"), SUNDAY)
        )


def test_within_a_kiosk_its_sequence_decides_not_the_order_of_arrival(hub: Database) -> None:
    """A batch sent again after a restore brings an older ballot last; the newer one stands."""
    newer, older = vote("mia", "disagree", seq=9), vote("mia", "agree", seq=4)
    for cast in (newer, older):
        hub.write_now(partial(actions.count_received, cast=cast, now=SUNDAY))
    assert hub.read_now(lambda c: actions.ballot_of(c, BENCHES, "mia")) == ("disagree",)


async def test_many_fingers_at_once_are_all_counted(hub: Database) -> None:
    """Two hundred visitors vote in the same moment, some of them twice."""
    await asyncio.gather(
        *(
            hub.write(partial(actions.cast_ballot, cast=vote(f"p{n % 150}", "agree"), now=SUNDAY))
            for n in range(200)
        )
    )
    tally = await hub.read(lambda c: actions.tally_of(c, BENCHES))
    assert tally.ballots == 150


def test_a_closed_vote_is_cut_from_its_voters_and_stays_counted(hub: Database) -> None:
    """After closing nobody can tell any more which phone voted what."""
    phone = vote("ada", "agree", on=NIGHT_BUS, at=ADAS_PHONE)
    hub.write_now(lambda c: actions.count_received(c, phone, SUNDAY))
    assert hub.write_now(lambda c: actions.seal_closed(c, SUNDAY)) == 1
    assert hub.read_now(lambda c: actions.ballot_of(c, NIGHT_BUS, "ada")) is None
    assert hub.read_now(lambda c: actions.tally_of(c, NIGHT_BUS)).ballots == 1


votes = st.lists(
    st.tuples(
        st.sampled_from(["ada", "ben", "mia", "lea"]),
        st.sampled_from([("agree",), ("disagree",), ("pass",), ()]),
        st.sampled_from([TOWN_HALL, LIBRARY, ADAS_PHONE]),
    ),
    max_size=12,
)


@given(votes)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_tally_equals_a_recount(
    hub: Database, given_votes: list[tuple[str, tuple[str, ...], Place]]
) -> None:
    """Whatever people vote, change and withdraw, the kept tally is what a recount finds."""
    for seq, (who, choices, place) in enumerate(given_votes):
        cast = vote(f"{who}-{place.origin}-{place.channel}", *choices, at=place, seq=seq)
        hub.write_now(partial(actions.count_received, cast=cast, now=SUNDAY))
    kept = hub.read_now(lambda c: tally_store.lines(c, BENCHES))
    assert kept == recount(hub.read_now(lambda c: ballot_store.standing(c, BENCHES)))
