"""Settles visitors' reports: the comment stands, or it goes from every screen."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.errors import Conflict, NotFound
from kiosk.moderation import actions, decision_store, queue_store
from kiosk.moderation.decision import Action
from kiosk.moderation.decision_store import Judged
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor, Scope
from kiosk.voice import comment_store, report_store
from kiosk.voice.comment import Comment, Status
from kiosk.voice.report_store import Report


def waiting(connection: Connection, scope: Scope) -> list[tuple[Report, Comment]]:
    """Return the open reports within the scope, oldest first, each with its comment."""
    found = [report_store.get(connection, r) for r in queue_store.open_reports(connection, scope)]
    pairs = ((r, comment_store.get(connection, r.comment)) for r in found if r is not None)
    return [(report, comment) for report, comment in pairs if comment is not None]


def dismiss(connection: Connection, report: str, staff: Actor, now: datetime) -> None:
    """Let the comment stand; only this report is settled.

    Raises:
        NotFound, Forbidden: she may not judge the comment.
        Conflict: someone else settled the report meanwhile.
    """
    found, comment = _open(connection, report, staff)
    grant = staff.require(Permission.DECIDE, comment.place.exhibition, comment.place.city)
    report_store.decide(connection, found.id, "dismissed", staff.id, now)
    judged = Judged(comment.id, comment.place.exhibition, comment.place.city, comment.text)
    decision_store.append(
        connection,
        judged,
        Action.DISMISS_REPORT,
        staff.id,
        grant.role,
        now,
        ground=found.ground,
    )


def uphold(
    connection: Connection, report: str, staff: Actor, now: datetime, *, ground: str, note: str = ""
) -> None:
    """Take the comment off every screen; every open report about it is settled with this.

    Raises:
        InvalidText: the ground is missing.
        NotFound, Forbidden, Conflict: as :func:`dismiss`.
    """
    _, comment = _open(connection, report, staff)
    if comment.status is Status.PUBLISHED:
        actions.unpublish(
            connection, comment.id, comment.revision, staff, now, ground=ground, note=note
        )
    for open_report in queue_store.open_reports_of(connection, comment.id):
        report_store.decide(connection, open_report, "upheld", staff.id, now)


def _open(connection: Connection, report: str, staff: Actor) -> tuple[Report, Comment]:
    found = report_store.get(connection, report)
    if found is None:
        raise NotFound("This report is not known here.", "Go back to the reports.")
    comment = actions.seen_by(connection, found.comment, staff)
    if found.state != "open":
        raise Conflict("This report was settled meanwhile.", "Go on with the next one.")
    return found, comment
