"""Visitors report what should not stand; a moderator settles it, as the database keeps it."""

from __future__ import annotations

import pytest

from kiosk import ids
from kiosk.database.connection import Database
from kiosk.errors import Conflict, NotFound
from kiosk.messaging import feed_store
from kiosk.moderation import actions, queue_store, reports
from kiosk.people.staff import Actor, Scope
from kiosk.voice import comment_actions, comment_store
from kiosk.voice.comment import Comment, Status
from kiosk.voice.report_store import Report
from tests.staff import appoint_everyone, writes
from tests.world import ADAS_PHONE, LINDMARK, SUNDAY

LINDMARKS = Scope("harbour", every=False, cities=frozenset({LINDMARK}))


def staff(database: Database, *names: str) -> dict[str, Actor]:
    return database.write_now(lambda c: appoint_everyone(c, *names))


def comment(database: Database) -> Comment:
    return database.write_now(lambda c: writes(c, "Where may we sit?"))


def now_is(database: Database, comment_id: str) -> Comment:
    found = database.read_now(lambda c: comment_store.get(c, comment_id))
    assert found is not None
    return found


def feed(database: Database) -> list[tuple[str, str]]:
    entries = database.read_now(lambda c: feed_store.after(c, 0, 100))
    return [(e.kind, e.body["state"]) for e in entries]


def reported(database: Database, asked: Comment, words: str = "") -> str:
    report = Report(
        ids.new_id(), asked.id, ADAS_PHONE, "insult", words, SUNDAY, "open", example=False
    )
    database.write_now(lambda c: comment_actions.report_comment(c, report, SUNDAY))
    return report.id


def test_a_report_is_dismissed_and_the_comment_stands(database: Database) -> None:
    """Meera reads the report and finds nothing wrong; the log says so."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True))
    report = reported(database, asked, "This is rude.")
    waiting = database.read_now(lambda c: reports.waiting(c, LINDMARKS))
    assert [(r.text, c.id) for r, c in waiting] == [("This is rude.", asked.id)]
    database.write_now(lambda c: reports.dismiss(c, report, meera, SUNDAY))
    assert database.read_now(lambda c: reports.waiting(c, LINDMARKS)) == []
    assert now_is(database, asked.id).status is Status.PUBLISHED
    with pytest.raises(Conflict):
        database.write_now(lambda c: reports.dismiss(c, report, meera, SUNDAY))


def test_a_report_that_is_right_takes_the_comment_down_with_all_reports(
    database: Database,
) -> None:
    """Two visitors reported the same comment; one decision settles both."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True))
    first = reported(database, asked)
    reported(database, asked)
    database.write_now(lambda c: reports.uphold(c, first, meera, SUNDAY, ground="insult"))
    assert database.read_now(lambda c: queue_store.open_reports(c, LINDMARKS)) == []
    assert now_is(database, asked.id).status is Status.REFUSED
    assert feed(database) == [("comment", "removed")]


def test_a_report_about_another_city_is_not_seen(database: Database) -> None:
    """Noor has nothing to settle in Lindmark."""
    people = staff(database, "meera", "noor")
    asked = comment(database)
    database.write_now(
        lambda c: actions.approve(c, asked.id, 1, people["meera"], SUNDAY, at_once=True)
    )
    report = reported(database, asked)
    scope = actions.queue_scope(people["noor"], "harbour")
    assert database.read_now(lambda c: reports.waiting(c, scope)) == []
    with pytest.raises(NotFound):
        database.write_now(lambda c: reports.dismiss(c, report, people["noor"], SUNDAY))
