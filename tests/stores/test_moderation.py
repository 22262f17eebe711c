"""A comment's way from the queue to the screens and back, as the database keeps it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from msgspec import Raw
from sqlalchemy import Connection, text

from kiosk import ids
from kiosk.database.connection import Database
from kiosk.errors import Conflict, Forbidden, InvalidText, NotFound
from kiosk.messaging import feed_store, quarantine_store
from kiosk.messaging.envelope import Message, body_hash
from kiosk.moderation import actions, decision_store, erasure, queue_store
from kiosk.moderation.decision import HOLD
from kiosk.people.staff import Actor, Scope
from kiosk.voice import comment_actions, comment_store
from kiosk.voice.actions import register_questions
from kiosk.voice.comment import Comment, NewComment, Status
from tests.staff import appoint_everyone, writes
from tests.world import ADAS_PHONE, LIBRARY, LINDMARK, SUNDAY, StoppedClock, harbour

EVERYWHERE = Scope("harbour", every=True, cities=frozenset())
LINDMARKS = Scope("harbour", every=False, cities=frozenset({LINDMARK}))


def staff(database: Database, *names: str) -> dict[str, Actor]:
    return database.write_now(lambda c: appoint_everyone(c, *names))


def comment(database: Database, words: str = "Where may we sit?", **how: object) -> Comment:
    return database.write_now(lambda c: writes(c, words, **how))  # type: ignore[arg-type]


def approve(database: Database, asked: Comment, who: Actor) -> None:
    database.write_now(lambda c: actions.approve(c, asked.id, 1, who, SUNDAY))


def rows_of(*tables: str) -> Callable[[Connection], str]:
    return lambda c: str([c.execute(text(f"SELECT * FROM {t}")).fetchall() for t in tables])


def now_is(database: Database, comment_id: str) -> Comment:
    found = database.read_now(lambda c: comment_store.get(c, comment_id))
    assert found is not None
    return found


def feed(database: Database) -> list[tuple[str, str]]:
    entries = database.read_now(lambda c: feed_store.after(c, 0, 100))
    return [(e.kind, e.body["state"]) for e in entries]


def test_an_approved_comment_is_public_after_the_hold(database: Database) -> None:
    """Meera approves; for ten seconds nobody sees it, then every screen is told."""
    meera = staff(database, "meera")["meera"]
    clock = StoppedClock()
    asked = comment(database)
    held = database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, clock()))
    assert held.status is Status.HELD
    assert feed(database) == []
    assert database.write_now(lambda c: actions.publish_due(c, clock.passes(seconds=9))) == 0
    assert database.write_now(lambda c: actions.publish_due(c, clock.passes(seconds=1))) == 1
    assert feed(database) == [("comment", "published")]
    shown = database.read_now(lambda c: comment_actions.published_comments(c, "harbour"))
    assert [s.text for s in shown] == ["Where may we sit?"]


def test_publishing_what_is_due_twice_publishes_it_once(database: Database) -> None:
    """The desk was killed during the hold and starts again: it is public once, not twice."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY))
    later = SUNDAY + timedelta(hours=3)
    assert database.write_now(lambda c: actions.publish_due(c, later)) == 1
    assert database.write_now(lambda c: actions.publish_due(c, later)) == 0
    assert feed(database) == [("comment", "published")]


def test_it_is_known_whose_hold_ends_next(database: Database) -> None:
    """Meera approves one, then another: the desk sleeps until the first one's hold is over."""
    meera = staff(database, "meera")["meera"]
    first, second = comment(database), comment(database, "And a bench at the quay?")
    assert database.read_now(comment_store.next_due) is None
    approve(database, first, meera)
    later = SUNDAY + timedelta(seconds=4)
    database.write_now(lambda c: actions.approve(c, second.id, 1, meera, later))
    assert database.read_now(comment_store.next_due) == SUNDAY + HOLD
    database.write_now(lambda c: actions.publish_due(c, SUNDAY + HOLD))
    assert database.read_now(comment_store.next_due) == later + HOLD
    database.write_now(lambda c: actions.publish_due(c, later + HOLD))
    assert database.read_now(comment_store.next_due) is None


def test_looking_for_held_comments_does_not_go_through_all_of_them(database: Database) -> None:
    """The desk looks twice a second, also when a hundred thousand people have written."""
    if database.dialect != "sqlite":
        pytest.skip("PostgreSQL plans by how many rows there are; here are few")
    for query in (comment_store._NEXT_DUE, comment_store._DUE):
        plan = text(f"EXPLAIN QUERY PLAN {query.text}")
        steps = database.read_now(lambda c, plan=plan: c.execute(plan, {"now": ""}).all())  # type: ignore[misc]
        assert any("comment_by_status" in step.detail for step in steps)
        assert not any(step.detail == "SCAN comment" for step in steps)


def test_an_undo_within_the_hold_leaves_no_trace_outside(database: Database) -> None:
    """Meera's finger slipped; the comment waits again and no screen ever heard of it."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    held = database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY))
    database.write_now(lambda c: actions.undo(c, asked.id, held.revision, meera, SUNDAY))
    assert database.write_now(lambda c: actions.publish_due(c, SUNDAY + timedelta(days=1))) == 0
    assert now_is(database, asked.id).status is Status.WAITING
    assert feed(database) == []


def test_an_undo_after_the_hold_is_refused(database: Database) -> None:
    """It is public by now: taking down needs a ground."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY))
    database.write_now(lambda c: actions.publish_due(c, SUNDAY + timedelta(minutes=1)))
    public = now_is(database, asked.id)
    with pytest.raises(Conflict, match="public already"):
        database.write_now(lambda c: actions.undo(c, asked.id, public.revision, meera, SUNDAY))


def test_now_means_now(database: Database) -> None:
    """Published at once, without the hold."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True))
    assert feed(database) == [("comment", "published")]


def test_a_refusal_tells_ground_and_note(database: Database) -> None:
    """The author can read behind the receipt why it does not stand."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    with pytest.raises(InvalidText):
        database.write_now(lambda c: actions.refuse(c, asked.id, 1, meera, SUNDAY, ground=""))
    database.write_now(
        lambda c: actions.refuse(
            c, asked.id, 1, meera, SUNDAY, ground="private-data", note="It names a neighbour."
        )
    )
    refused = now_is(database, asked.id)
    assert (refused.status, refused.ground) == (Status.REFUSED, "private-data")
    assert refused.ground_note == "It names a neighbour."
    assert feed(database) == [("comment", "refused")]


def test_unpublishing_works_at_once_and_takes_the_text_out_of_the_feed(database: Database) -> None:
    """What was public is off every screen with the next look at the feed, its text too."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    public = database.write_now(
        lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True)
    )
    database.write_now(
        lambda c: actions.unpublish(c, asked.id, public.revision, meera, SUNDAY, ground="unlawful")
    )
    entries = database.read_now(lambda c: feed_store.after(c, 0, 100))
    assert [e.body for e in entries] == [{"id": asked.id, "state": "removed"}]
    assert database.read_now(lambda c: comment_actions.published_comments(c, "harbour")) == []


def test_two_moderators_on_one_comment_are_told_of_each_other(database: Database) -> None:
    """Pavel refuses what Meera has just approved: he is told that she was first."""
    people = staff(database, "meera", "pavel")
    asked = comment(database)
    database.write_now(lambda c: actions.approve(c, asked.id, 1, people["meera"], SUNDAY))
    with pytest.raises(Conflict, match="Meera Nair"):
        database.write_now(
            lambda c: actions.refuse(c, asked.id, 1, people["pavel"], SUNDAY, ground="insult")
        )
    assert now_is(database, asked.id).status is Status.HELD


def test_a_moderator_sees_and_judges_her_own_city_alone(database: Database) -> None:
    """Noor of Port-Aubier neither sees Lindmark's comment nor can tell that it exists."""
    noor = staff(database, "noor")["noor"]
    here = comment(database)
    there = comment(database, "À la bibliothèque", place=LIBRARY, language="fr")
    scope = actions.queue_scope(noor, "harbour")
    waiting = database.read_now(lambda c: queue_store.oldest_first(c, scope, Status.WAITING))
    assert [w.id for w in waiting] == [there.id]
    assert database.read_now(lambda c: queue_store.one(c, scope, here.id)) is None
    with pytest.raises(NotFound):
        database.write_now(lambda c: actions.approve(c, here.id, 1, noor, SUNDAY))


def test_a_role_that_does_not_judge_cannot(database: Database) -> None:
    """A mayor answers comments; she does not decide which are heard."""
    people = staff(database, "maren", "otto")
    asked = comment(database)
    for person in people.values():
        with pytest.raises((Forbidden, NotFound)):
            approve(database, asked, person)
    assert now_is(database, asked.id).status is Status.WAITING


def test_the_queue_comes_in_pages_in_the_order_of_arrival(database: Database) -> None:
    """A hundred and twenty comments, three of them in the same instant, each once."""

    def arrive(c: Connection) -> list[str]:
        return [
            writes(c, f"Comment {n}", now=SUNDAY + timedelta(seconds=n // 3)).id for n in range(120)
        ]

    arrived = set(database.write_now(arrive))

    def everything(c: Connection) -> list[Comment]:
        seen: list[Comment] = []
        while page := queue_store.oldest_first(
            c, LINDMARKS, Status.WAITING, seen[-1] if seen else None
        ):
            seen += page
        return seen

    seen = database.read_now(everything)
    assert [s.received_at for s in seen] == sorted(s.received_at for s in seen)
    assert len(seen) == 120
    assert {s.id for s in seen} == arrived
    newest = database.read_now(lambda c: queue_store.newest_first(c, LINDMARKS, Status.WAITING))
    assert newest == list(reversed(seen))[:50]


def test_counts_are_of_the_cities_asked_for(database: Database) -> None:
    """Lindmark has two waiting, the exhibition three."""
    comment(database)
    comment(database, "On my phone", place=ADAS_PHONE)
    comment(database, "À la bibliothèque", place=LIBRARY)
    counted = database.read_now(lambda c: queue_store.counts(c, LINDMARKS))
    assert (counted[Status.WAITING], counted[Status.PUBLISHED]) == (2, 0)
    assert database.read_now(lambda c: queue_store.counts(c, EVERYWHERE))[Status.WAITING] == 3


def test_a_scope_of_no_city_sees_nothing(database: Database) -> None:
    """Deny by default holds in the query too."""
    comment(database)
    nothing = Scope("harbour", every=False, cities=frozenset())
    assert database.read_now(lambda c: queue_store.oldest_first(c, nothing, Status.WAITING)) == []


def test_an_example_cannot_stand_among_real_voices(database: Database) -> None:
    """A row of the fictional exhibition that strayed into the real one is not published."""
    meera = staff(database, "meera")["meera"]
    database.write_now(lambda c: register_questions(c, harbour(), SUNDAY))
    strayed = comment(database, example=True)
    with pytest.raises(Forbidden, match="example"):
        database.write_now(lambda c: actions.approve(c, strayed.id, 1, meera, SUNDAY))
    database.write_now(
        lambda c: actions.refuse(c, strayed.id, 1, meera, SUNDAY, ground="off-topic")
    )


# --- the log ------------------------------------------------------------------------------------


def test_every_decision_is_in_the_log_and_the_log_is_whole(database: Database) -> None:
    """Approved, undone, refused: three rows by whom, when and why, none by a machine."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY))
    database.write_now(lambda c: actions.undo(c, asked.id, 2, meera, SUNDAY))
    database.write_now(
        lambda c: actions.refuse(c, asked.id, 3, meera, SUNDAY, ground="insult", note="Rude.")
    )
    log = database.read_now(lambda c: decision_store.of_comment(c, asked.id))
    assert [d.action for d in log] == ["approve", "undo", "refuse"]
    assert {(d.staff, d.role, d.machine) for d in log} == {(meera.id, "moderator", False)}
    assert log[2].content_digest == decision_store.digest(log[2].salt or "", asked.text, "Rude.")
    assert database.read_now(decision_store.verify_chain) is None


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE decision SET action = 'refuse' WHERE position = 2",
        "UPDATE decision SET staff = 'someone else' WHERE position = 2",
        "UPDATE decision SET content_digest = 'x' WHERE position = 2",
        "DELETE FROM decision WHERE position = 2",
        "DELETE FROM decision WHERE position = 3",
        "UPDATE decision SET previous = 'x' WHERE position = 3",
    ],
)
def test_tampering_with_the_log_is_found(database: Database, tampering: str) -> None:
    """Whoever changes, removes or cuts off a row breaks the chain there."""
    meera = staff(database, "meera")["meera"]
    for number in range(3):
        asked = comment(database, f"Comment {number}")
        approve(database, asked, meera)
    assert database.read_now(decision_store.verify_chain) is None
    database.write_now(lambda c: c.execute(text(tampering)).close())
    assert database.read_now(decision_store.verify_chain) in {2, 3}


def test_many_decide_at_once_and_the_chain_does_not_fork(database: Database) -> None:
    """Eight threads judge forty comments; the log has forty rows in one chain."""
    meera = staff(database, "meera")["meera"]
    waiting = [comment(database, f"Comment {n}") for n in range(40)]

    def decide(asked: Comment) -> None:
        database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(decide, waiting))
    assert database.read_now(decision_store.verify_chain) is None
    count = database.read_now(lambda c: c.execute(text("SELECT count(*) FROM decision")).scalar())
    assert count == 40


def test_erasing_destroys_the_text_everywhere_and_keeps_the_chain(database: Database) -> None:
    """Ada erases her comment: no table holds her words or her identifier, the log stays valid."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database, "My name is Ada Unmistakable")
    public = database.write_now(
        lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True)
    )
    database.write_now(
        lambda c: actions.unpublish(
            c, asked.id, public.revision, meera, SUNDAY, ground="private-data", note="Unmistakable"
        )
    )
    database.write_now(lambda c: erasure.erase(c, asked.id, SUNDAY))
    database.write_now(lambda c: erasure.erase(c, asked.id, SUNDAY))
    gone = now_is(database, asked.id)
    assert (gone.status, gone.text, gone.participant, gone.ground_note) == (
        Status.ERASED,
        "",
        "",
        "",
    )
    everything = database.read_now(rows_of("comment", "decision", "feed", "outbox"))
    assert "Unmistakable" not in everything
    assert feed(database) == [("comment", "erased")]
    assert database.read_now(decision_store.verify_chain) is None


def test_erasing_destroys_also_what_was_set_aside(database: Database) -> None:
    """Another version of Ada's comment waits in quarantine: its words go as well."""
    asked = comment(database, "My name is Ada")
    body = b'{"text":"My name is Ada Unmistakable"}'
    message = Message(asked.id, 2, "comment", Raw(body), body_hash(body))
    database.write_now(
        lambda c: quarantine_store.add(c, "kiosk", message, 409, "same id, other body", SUNDAY)
    )
    database.write_now(lambda c: erasure.erase(c, asked.id, SUNDAY))
    (aside,) = database.read_now(quarantine_store.waiting)
    assert aside.body == b""


def test_an_erased_comment_does_not_come_back_with_a_late_message(database: Database) -> None:
    """The erasure overtook the comment on its way to the hub; it stays out."""
    late = ids.new_id()
    database.write_now(lambda c: erasure.erase(c, late, SUNDAY))
    new = NewComment(
        late, "benches", "Too late", "en", "p", "hash", "1-1", ADAS_PHONE, written_at=SUNDAY
    )
    assert database.write_now(lambda c: actions.receive(c, new, SUNDAY)) is None
    assert database.read_now(lambda c: comment_store.get(c, late)) is None


def test_withdrawing_takes_a_comment_off_the_screens(database: Database) -> None:
    """Ada takes her comment back; a moderator cannot bring it back."""
    meera = staff(database, "meera")["meera"]
    asked = comment(database)
    database.write_now(lambda c: actions.approve(c, asked.id, 1, meera, SUNDAY, at_once=True))
    database.write_now(lambda c: erasure.withdraw(c, asked.id, SUNDAY))
    assert feed(database) == [("comment", "withdrawn")]
    taken = now_is(database, asked.id)
    with pytest.raises(Conflict, match="taken this comment back"):
        database.write_now(lambda c: actions.approve(c, asked.id, taken.revision, meera, SUNDAY))


def test_what_has_reached_its_deletion_date_is_erased(database: Database) -> None:
    """Two years on, the text goes by itself."""
    asked = comment(database)
    assert database.write_now(lambda c: erasure.delete_due(c, SUNDAY + timedelta(days=700))) == 0
    assert database.write_now(lambda c: erasure.delete_due(c, SUNDAY + timedelta(days=731))) == 1
    assert now_is(database, asked.id).text == ""
