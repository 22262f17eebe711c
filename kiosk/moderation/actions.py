"""What a moderator does with a comment: decide, write the log, tell the screens; in one go."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.errors import Conflict, Forbidden, NotFound
from kiosk.moderation import announce, decision_store, erased_store, queue_store
from kiosk.moderation.decision import HOLD, Action, check_ground, leads_to
from kiosk.moderation.decision_store import Judged
from kiosk.people import staff_store
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor, Scope
from kiosk.voice import comment_actions, comment_store
from kiosk.voice.comment import Comment, NewComment, Status


def receive(connection: Connection, new: NewComment, now: datetime) -> Comment | None:
    """Put a comment that has arrived in the queue; the same id again changes nothing.

    One that its author erased meanwhile stays out: then None, and its kiosk is told (again: a hub
    that was restored since has forgotten that it told so).

    Raises:
        InvalidText: it is empty or too long.
    """
    if erased_store.is_erased(connection, new.id):
        announce.gone(connection, new, "erased", now)
        return None
    return comment_actions.submit_comment(connection, new, now)


def approve(
    connection: Connection,
    comment: str,
    revision: int,
    staff: Actor,
    now: datetime,
    *,
    at_once: bool = False,
) -> Comment:
    """Let a comment through: public after the hold, or *at_once*.

    Raises:
        NotFound, Forbidden: she may not judge it.
        Conflict: someone else changed it since *revision* was read.
    """
    action = Action.PUBLISH if at_once else Action.APPROVE
    return _decide(connection, comment, revision, action, staff, now)


def undo(
    connection: Connection, comment: str, revision: int, staff: Actor, now: datetime
) -> Comment:
    """Put a comment back among the waiting: an approval within its hold, or a refusal.

    Raises:
        NotFound, Forbidden, Conflict: as :func:`approve`; Conflict also when it is public by now.
    """
    return _decide(connection, comment, revision, Action.UNDO, staff, now)


def refuse(
    connection: Connection,
    comment: str,
    revision: int,
    staff: Actor,
    now: datetime,
    *,
    ground: str,
    note: str = "",
) -> Comment:
    """Keep a comment from the public; its author reads *ground* and *note* behind the receipt.

    Raises:
        InvalidText: the ground is missing.
        NotFound, Forbidden, Conflict: as :func:`approve`.
    """
    return _decide(connection, comment, revision, Action.REFUSE, staff, now, ground, note)


def unpublish(
    connection: Connection,
    comment: str,
    revision: int,
    staff: Actor,
    now: datetime,
    *,
    ground: str,
    note: str = "",
) -> Comment:
    """Take a public comment off every screen at once.

    Raises:
        InvalidText, NotFound, Forbidden, Conflict: as :func:`refuse`.
    """
    return _decide(connection, comment, revision, Action.UNPUBLISH, staff, now, ground, note)


def publish_due(connection: Connection, now: datetime) -> int:
    """Make public every approved comment whose hold is over; return how many.

    Run by the desk's ticker and at its start: what a crash left held is published then, once.
    """
    due = comment_store.due(connection, now)
    for held in due:
        if comment_store.set_status(connection, held, Status.PUBLISHED, published_at=now):
            announce.published(connection, held, now)
    return len(due)


def seen_by(connection: Connection, comment: str, staff: Actor) -> Comment:
    """Return a comment that she may judge.

    Raises:
        NotFound: there is none, or it belongs to a city that is not hers; she cannot tell which.
        Forbidden: her role does not judge.
    """
    found = comment_store.get(connection, comment)
    if found is None or not staff.may(
        Permission.READ_VOICES, found.place.exhibition, found.place.city
    ):
        raise NotFound("This comment is not known here.", "Go back to the queue.")
    staff.require(Permission.DECIDE, found.place.exhibition, found.place.city)
    return found


def _decide(
    connection: Connection,
    comment: str,
    revision: int,
    action: Action,
    staff: Actor,
    now: datetime,
    ground: str = "",
    note: str = "",
) -> Comment:
    before = seen_by(connection, comment, staff)
    grant = staff.require(Permission.DECIDE, before.place.exhibition, before.place.city)
    if before.revision != revision:
        raise _changed(connection, before)
    check_ground(action, ground, note)
    after = leads_to(before.status, action)
    if before.example and after is not Status.REFUSED:
        _check_example(connection, before)
    moved = comment_store.set_status(
        connection,
        before,
        after,
        hold_until=now + HOLD if after is Status.HELD else None,
        published_at=now if after is Status.PUBLISHED else None,
        ground=ground,
        note=note,
    )
    if not moved:
        raise _changed(connection, before)
    judged = Judged(before.id, before.place.exhibition, before.place.city, before.text)
    decision_store.append(
        connection, judged, action, staff.id, grant.role, now, ground=ground, note=note
    )
    _tell(connection, before, after, action, now)
    kept = comment_store.get(connection, comment)
    assert kept is not None
    return kept


def _check_example(connection: Connection, comment: Comment) -> None:
    if queue_store.is_real(connection, comment.place.exhibition):
        raise Forbidden(
            "This is an example and cannot stand among residents' voices.",
            "Refuse it; examples belong to the example exhibition.",
        )


def _tell(
    connection: Connection, comment: Comment, after: Status, action: Action, now: datetime
) -> None:
    """Tell the screens what they can see of it: an approval shows only once the hold is over."""
    if after is Status.PUBLISHED:
        announce.published(connection, comment, now)
    elif action is Action.UNPUBLISH:
        announce.gone(connection, comment, "removed", now)
    elif after is Status.REFUSED:
        announce.gone(connection, comment, "refused", now)
    elif comment.status is Status.REFUSED:
        announce.gone(connection, comment, "waiting", now)


def _changed(connection: Connection, comment: Comment) -> Conflict:
    """Say who changed it, as far as a person did."""
    last = decision_store.last_of_comment(connection, comment.id)
    who = staff_store.names(connection).get(last.staff, "") if last else ""
    if not who:
        return Conflict("This comment has changed meanwhile.", "It is shown as it is now.")
    return Conflict("{who} has decided on this meanwhile.", "It is shown as it is now.", who=who)


def queue_scope(staff: Actor, exhibition: str) -> Scope:
    """Return the cities whose voices she may read in this exhibition; false when none."""
    return staff.scope(Permission.READ_VOICES, exhibition)
