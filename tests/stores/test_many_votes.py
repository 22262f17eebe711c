"""A hall votes at once: ballots that arrive together share statements and stay each its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from kiosk.database.connection import Database
from kiosk.errors import InvalidBallot, KioskError, NotFound, QuestionClosed
from kiosk.voice import actions, ballot_store, tally_store
from kiosk.voice.ballot import Cast, Counted
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


def vote(who: str, *choices: str, on: str = BENCHES, at: Place = ADAS_PHONE, seq: int = 0) -> Cast:
    """A ballot by somebody, by default from a phone."""
    return Cast(f"{who}-{on}-{choices}", on, who, choices, at, SUNDAY, seq)


def at_once(hub: Database, *casts: Cast) -> list[Counted | KioskError]:
    """Count ballots that arrived together."""
    sent = [(cast, SUNDAY) for cast in casts]
    return hub.write_now(lambda c: actions.cast_ballots(c, sent))


def test_a_hall_votes_at_once(hub: Database) -> None:
    """Two hundred phones answer within one commit; each counts once, where it voted."""
    casts = [vote(f"phone-{n}", "agree" if n % 4 else "pass") for n in range(200)]
    counted = at_once(hub, *casts, vote("ben", "north", on=FERRY, at=LIBRARY))
    tally = hub.read_now(lambda c: actions.tally_of(c, BENCHES))
    assert dict(tally.by_choice) == {"agree": 150, "pass": 50, "*": 200}
    assert hub.read_now(lambda c: actions.tally_of(c, FERRY)).of("north") == 1
    assert counted == [Counted(cast.choices, None) for cast in casts] + [Counted(("north",), None)]


def test_one_participants_ballots_of_a_moment_count_in_their_order(hub: Database) -> None:
    """Ada taps three answers while the hub is busy: the last counts, each knows the one before."""
    counted = at_once(hub, *(vote("ada", c) for c in ("agree", "pass", "disagree")))
    assert counted == [
        Counted(("agree",), None),
        Counted(("pass",), ("agree",)),
        Counted(("disagree",), ("pass",)),
    ]
    tally = hub.read_now(lambda c: actions.tally_of(c, BENCHES))
    assert dict(tally.by_choice) == {"disagree": 1, "*": 1}


def test_a_refused_ballot_keeps_none_of_its_neighbours_out(hub: Database) -> None:
    """Among three good ballots one names no answer, one comes late, one asks what nobody asked."""
    outcomes = at_once(
        hub,
        vote("ada", "agree"),
        vote("ben", "maybe"),
        vote("cleo", "agree", on=NIGHT_BUS),
        vote("dora", "agree", on="harbour/core/nothing"),
        vote("eva", "north", "south", on=GARDENS),
        vote("finn", "disagree"),
    )
    kinds = [type(outcome) for outcome in outcomes]
    assert kinds == [Counted, InvalidBallot, QuestionClosed, NotFound, Counted, Counted]
    assert hub.read_now(lambda c: actions.tally_of(c, BENCHES)).ballots == 2


def test_a_screens_older_ballot_does_not_replace_a_later_one(hub: Database) -> None:
    """Within a kiosk its sequence decides, also when both ballots arrive together."""
    counted = at_once(
        hub,
        vote("ada", "agree", at=TOWN_HALL, seq=8),
        vote("ada", "disagree", at=TOWN_HALL, seq=7),
    )
    assert counted[1] == Counted(("agree",), ("agree",))
    assert hub.read_now(lambda c: actions.ballot_of(c, BENCHES, "ada")) == ("agree",)


ballots = st.lists(
    st.builds(
        vote,
        st.sampled_from(["ada", "ben", "cleo"]),
        st.sampled_from(["agree", "disagree", "pass"]),
        at=st.sampled_from([ADAS_PHONE, LIBRARY]),
        seq=st.integers(0, 2),
    ),
    max_size=12,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(casts=ballots)
def test_together_is_as_one_by_one(hub: Database, casts: list[Cast]) -> None:
    """However ballots fall into a commit, tally and outcome are those of one after the other."""

    def both(connection: Connection) -> None:
        points = [connection.begin_nested()]
        alone = [actions.cast_ballot(connection, cast, SUNDAY) for cast in casts]
        expected = tally_store.lines(connection, BENCHES)
        points.pop().rollback()
        together = actions.cast_ballots(connection, [(cast, SUNDAY) for cast in casts])
        lines = tally_store.lines(connection, BENCHES)
        assert (together, lines) == (alone, expected)
        assert lines == recount(ballot_store.standing(connection, BENCHES))
        connection.execute(text("DELETE FROM ballot"))
        connection.execute(text("DELETE FROM tally"))

    hub.write_now(both)


async def test_phones_wait_for_their_own_outcome(hub: Database) -> None:
    """Through the writer each phone hears of its own ballot, the refused one of its refusal."""
    casts = [vote(f"phone-{n}", "agree" if n != 7 else "maybe") for n in range(40)]
    outcomes = await asyncio.gather(
        *(hub.write_each(actions.cast_ballots, (cast, SUNDAY)) for cast in casts),
        return_exceptions=True,
    )
    assert isinstance(outcomes[7], InvalidBallot)
    assert sum(outcome == Counted(("agree",), None) for outcome in outcomes) == 39
    assert hub.read_now(lambda c: actions.tally_of(c, BENCHES)).ballots == 39


async def test_votes_share_no_commit_with_other_writes_where_others_write_too(
    hub: Database,
) -> None:
    """Three votes, a comment's place, two votes wait: one commit on a file, three on a server."""
    begun, done = threading.Event(), threading.Event()

    def stay(connection: Connection) -> None:
        begun.set()
        done.wait(30)

    def other(connection: Connection) -> None:
        connection.execute(text("INSERT INTO meta (name, value) VALUES ('ada', '')"))

    staying = asyncio.create_task(hub.write(stay))
    await asyncio.to_thread(begun.wait, 30)
    before = hub.writing.commits
    casts = [vote(f"phone-{n}", "agree") for n in range(5)]
    writes = [hub.write_each(actions.cast_ballots, (cast, SUNDAY)) for cast in casts]
    writes.insert(3, hub.write(other))  # type: ignore[arg-type] # a write of another result
    waiting = [asyncio.create_task(each) for each in writes]
    await asyncio.sleep(0)  # each has taken its place now
    done.set()
    await asyncio.gather(staying, *waiting)
    assert hub.writing.commits - before == 1 + (1 if hub.dialect == "sqlite" else 3)
    assert hub.read_now(lambda c: actions.tally_of(c, BENCHES)).ballots == 5


async def test_a_write_at_fault_undoes_itself_alone(hub: Database) -> None:
    """Of many names written together one is there already: the others are kept, it is refused."""

    def keep(connection: Connection, names: Sequence[str]) -> list[str]:
        for name in names:
            connection.execute(text("INSERT INTO meta (name, value) VALUES (:n, '')"), {"n": name})
        return list(names)

    hub.write_now(lambda c: keep(c, ["ada"]))
    outcomes = await asyncio.gather(
        *(hub.write_each(keep, name) for name in ("ben", "ada", "cleo")), return_exceptions=True
    )
    assert isinstance(outcomes[1], IntegrityError)
    assert (outcomes[0], outcomes[2]) == ("ben", "cleo")


def test_what_a_phone_voted_is_found_without_going_through_every_ballot(database: Database) -> None:
    """The thank-you of the millionth phone comes as fast as the first one's."""
    if database.dialect != "sqlite":
        pytest.skip("PostgreSQL plans by how many rows there are; here are few")
    plan = text(f"EXPLAIN QUERY PLAN {ballot_store._OF_PARTICIPANT.text}")
    steps = database.read_now(lambda c: c.execute(plan, {"participant": ""}).all())
    assert not any(step.detail == "SCAN ballot" for step in steps), steps
