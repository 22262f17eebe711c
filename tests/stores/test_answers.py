"""A mayor answers: drafted by the office, released in her name, corrected in the open."""

from __future__ import annotations

import pytest

from kiosk import ids
from kiosk.database.connection import Database
from kiosk.errors import Conflict, Forbidden, InvalidText, NotFound
from kiosk.messaging import feed_store
from kiosk.moderation import actions, answers
from kiosk.moderation.answers import Draft
from kiosk.people.staff import Actor
from kiosk.voice import answer_store, comment_actions
from kiosk.voice.comment import Comment
from tests.staff import appoint_everyone, writes
from tests.world import LIBRARY, SUNDAY, TOWN_HALL, StoppedClock


@pytest.fixture
def people(database: Database) -> dict[str, Actor]:
    return database.write_now(appoint_everyone)


def public(database: Database, people: dict[str, Actor], words: str, place=TOWN_HALL) -> Comment:  # type: ignore[no-untyped-def]
    who = people["meera" if place is TOWN_HALL else "noor"]
    asked = database.write_now(lambda c: writes(c, words, place))
    return database.write_now(lambda c: actions.approve(c, asked.id, 1, who, SUNDAY, at_once=True))


def draft(
    *comments: Comment, text: str = "We will mend it.", revision: int = 0, id: str = ""
) -> Draft:
    return Draft(id or ids.new_id(), "en", text, tuple(c.id for c in comments), revision)


def test_one_answer_reaches_every_comment_that_it_answers(
    database: Database, people: dict[str, Actor]
) -> None:
    """Odile drafts, Maren releases: both residents find the same answer, in Maren's name."""
    asked = [public(database, people, f"Mend the bench {n}") for n in range(2)]
    written = draft(*asked)
    database.write_now(lambda c: answers.save_draft(c, written, people["odile"], SUNDAY))
    shown = database.read_now(lambda c: comment_actions.published_comments(c, "harbour"))
    assert [s.answers for s in shown] == [(), ()]
    database.write_now(lambda c: answers.release(c, written.id, 1, people["maren"], SUNDAY))
    shown = database.read_now(lambda c: comment_actions.published_comments(c, "harbour"))
    assert [(s.answers[0].author, s.answers[0].office) for s in shown] == [
        ("Maren Lund", "Mayor of Lindmark")
    ] * 2
    entry = database.read_now(lambda c: feed_store.after(c, 0, 10))[-1]
    assert (entry.kind, entry.body["state"]) == ("answer", "released")
    assert set(entry.body["comments"]) == {a.id for a in asked}


def test_the_office_cannot_release(database: Database, people: dict[str, Actor]) -> None:
    """Odile writes for the mayor, but only the mayor speaks."""
    written = draft(public(database, people, "Mend the bench"))
    database.write_now(lambda c: answers.save_draft(c, written, people["odile"], SUNDAY))
    with pytest.raises(Forbidden):
        database.write_now(lambda c: answers.release(c, written.id, 1, people["odile"], SUNDAY))


def test_a_correction_is_seen_as_one_and_keeps_what_was_said(
    database: Database, people: dict[str, Actor]
) -> None:
    """Maren got the year wrong; the new wording says when it was corrected."""
    clock = StoppedClock()
    asked = public(database, people, "When?")
    written = draft(asked, text="In 2027.")
    database.write_now(lambda c: answers.save_draft(c, written, people["maren"], clock()))
    database.write_now(lambda c: answers.release(c, written.id, 1, people["maren"], clock()))
    later = clock.passes(days=1)
    database.write_now(
        lambda c: answers.correct(c, written.id, 2, "In 2028.", people["maren"], later)
    )
    shown = database.read_now(lambda c: comment_actions.published_comment(c, asked.id))
    assert shown is not None
    assert (shown.answers[0].text, shown.answers[0].corrected_at) == ("In 2028.", later)
    assert shown.answers[0].released_at == SUNDAY
    kept = database.read_now(lambda c: answer_store.revisions(c, written.id))
    assert [k.text for k in kept] == ["In 2027.", "In 2028."]


def test_a_withdrawn_answer_leaves_the_screens(
    database: Database, people: dict[str, Actor]
) -> None:
    """The feed keeps nothing of its text."""
    asked = public(database, people, "When?")
    written = draft(asked)
    database.write_now(lambda c: answers.save_draft(c, written, people["maren"], SUNDAY))
    database.write_now(lambda c: answers.release(c, written.id, 1, people["maren"], SUNDAY))
    database.write_now(lambda c: answers.withdraw(c, written.id, 2, people["maren"], SUNDAY))
    shown = database.read_now(lambda c: comment_actions.published_comment(c, asked.id))
    assert shown is not None
    assert shown.answers == ()
    entries = database.read_now(lambda c: feed_store.after(c, 0, 10))
    assert "We will mend it." not in str(entries)


def test_an_answer_stays_within_its_city(database: Database, people: dict[str, Actor]) -> None:
    """Odile of Lindmark cannot answer what was asked in Port-Aubier."""
    elsewhere = public(database, people, "À la bibliothèque", LIBRARY)
    with pytest.raises(Forbidden):
        database.write_now(
            lambda c: answers.save_draft(c, draft(elsewhere), people["odile"], SUNDAY)
        )


def test_what_is_not_public_cannot_be_answered(
    database: Database, people: dict[str, Actor]
) -> None:
    """A waiting comment is nobody's to answer, nor is an answer to nothing."""
    waiting = database.write_now(lambda c: writes(c, "Not yet read"))
    with pytest.raises(NotFound):
        database.write_now(lambda c: answers.save_draft(c, draft(waiting), people["odile"], SUNDAY))
    with pytest.raises(InvalidText):
        database.write_now(lambda c: answers.save_draft(c, draft(), people["odile"], SUNDAY))


def test_an_answer_to_what_was_taken_down_is_not_released(
    database: Database, people: dict[str, Actor]
) -> None:
    """Between draft and release the comment went; the mayor is told."""
    asked = public(database, people, "Mend the bench")
    written = draft(asked)
    database.write_now(lambda c: answers.save_draft(c, written, people["odile"], SUNDAY))
    database.write_now(
        lambda c: actions.unpublish(
            c, asked.id, asked.revision, people["meera"], SUNDAY, ground="insult"
        )
    )
    with pytest.raises(Conflict, match="not public any more"):
        database.write_now(lambda c: answers.release(c, written.id, 1, people["maren"], SUNDAY))


def test_a_draft_that_someone_else_changed_is_not_overwritten(
    database: Database, people: dict[str, Actor]
) -> None:
    """Odile and Maren have the same draft open; the second to save is told."""
    asked = public(database, people, "Mend the bench")
    written = draft(asked)
    database.write_now(lambda c: answers.save_draft(c, written, people["odile"], SUNDAY))
    again = draft(asked, text="We mend it in May.", revision=1, id=written.id)
    database.write_now(lambda c: answers.save_draft(c, again, people["maren"], SUNDAY))
    with pytest.raises(Conflict):
        database.write_now(
            lambda c: answers.save_draft(
                c, draft(asked, text="Old", revision=1, id=written.id), people["odile"], SUNDAY
            )
        )
    with pytest.raises(Conflict):
        database.write_now(lambda c: answers.release(c, written.id, 1, people["maren"], SUNDAY))
    kept = database.read_now(lambda c: answer_store.get(c, written.id))
    assert kept is not None
    assert kept.text == "We mend it in May."
