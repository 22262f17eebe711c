"""A question that is released anew while a hall votes on it: who votes next is held to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from kiosk.database.connection import Database
from kiosk.errors import KioskError, NotFound, QuestionClosed
from kiosk.exhibition.model import Exhibition
from kiosk.voice import actions, question_memory
from kiosk.voice.ballot import Cast, Counted
from kiosk.voice.question_memory import Known
from tests.world import ADAS_PHONE, BENCHES, FERRY, GARDENS, SUNDAY, harbour

OVER = SUNDAY - timedelta(minutes=1)


@pytest.fixture
def hub(database: Database) -> Database:
    """The hub, with the harbour exhibition released."""
    release(database, None)
    return database


def benches_until(closes_at: datetime | None) -> Exhibition:
    """The harbour exhibition, with another end of the vote on benches."""
    edition = harbour()
    exhibit = edition.exhibits["benches"]
    assert exhibit.question is not None
    question = replace(exhibit.question, closes_at=closes_at)
    return replace(
        edition, exhibits={**edition.exhibits, "benches": replace(exhibit, question=question)}
    )


def release(hub: Database, closes_at: datetime | None) -> None:
    """Release the edition; it is another connection that writes it than those that count votes."""
    hub.write_now(lambda c: actions.register_questions(c, benches_until(closes_at), SUNDAY))


def votes(hub: Database, *who: str, on: str = BENCHES) -> list[Counted | KioskError]:
    """Count votes that arrived together, as the counting office does."""
    choice = "agree" if on == BENCHES else "north"
    sent = [(Cast(f"{n}-{on}", on, n, (choice,), ADAS_PHONE, SUNDAY), SUNDAY) for n in who]
    told = hub.write_many_now(actions.cast_ballots, sent)
    assert all(isinstance(each, Counted | KioskError) for each in told)
    return told  # type: ignore[return-value] # as the line above says


def kinds(told: list[Counted | KioskError]) -> list[type]:
    """What became of each vote."""
    return [type(each) for each in told]


def test_a_vote_that_was_ended_meanwhile_takes_no_more(hub: Database) -> None:
    """What was remembered says that it is open: nothing is written by it."""
    assert kinds(votes(hub, "ada", "ben")) == [Counted, Counted]
    release(hub, OVER)
    assert kinds(votes(hub, "cleo", "dora")) == [QuestionClosed, QuestionClosed]
    assert hub.read_now(lambda c: actions.tally_of(c, BENCHES)).ballots == 2


def test_a_vote_that_was_opened_again_takes_all(hub: Database) -> None:
    """What was remembered says that it is over: it refuses nobody."""
    release(hub, OVER)
    assert kinds(votes(hub, "ada")) == [QuestionClosed]
    release(hub, None)
    assert kinds(votes(hub, "ada", "ben")) == [Counted, Counted]
    assert hub.read_now(lambda c: actions.tally_of(c, BENCHES)).ballots == 2


def test_each_question_is_remembered_beside_the_others(hub: Database) -> None:
    """Votes on one and on another, then on both; the end of one does not concern the other."""
    votes(hub, "ada")
    votes(hub, "ada", on=FERRY)
    release(hub, OVER)
    told = votes(hub, "ben", on=FERRY) + votes(hub, "ben") + votes(hub, "cleo", on=FERRY)
    assert kinds(told) == [Counted, QuestionClosed, Counted]
    assert hub.read_now(lambda c: actions.tally_of(c, FERRY)).ballots == 3


def test_a_question_that_nobody_asked_stays_unknown_until_it_is_released(
    database: Database,
) -> None:
    """Its code was printed before the edition was released: then it counts, with no restart."""
    assert kinds(votes(database, "ada")) == [NotFound]
    release(database, None)
    assert kinds(votes(database, "ada")) == [Counted]


def test_a_question_is_looked_up_once_for_many_commits(
    hub: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL a look is a way to the server; on SQLite each commit looks for itself."""
    looks: list[set[str]] = []
    look_up = question_memory.look_up

    def noted(connection: Connection, wanted: set[str]) -> Known:
        looks.append(set(wanted))
        return look_up(connection, wanted)

    monkeypatch.setattr(question_memory, "look_up", noted)
    for n in range(5):
        votes(hub, f"phone-{n}")
    once = [{BENCHES}]
    assert looks == (once if hub.dialect == "postgresql" else 5 * once)
    release(hub, SUNDAY + timedelta(days=1))
    votes(hub, "ada", "ben")
    votes(hub, "cleo", on=GARDENS)
    assert hub.read_now(lambda c: actions.tally_of(c, BENCHES)).ballots == 7
