"""Takes a comment back at its author's wish: off every screen, or destroyed for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.moderation import announce, decision_store, erased_store
from kiosk.voice import comment_store
from kiosk.voice.comment import Status

_OVER = frozenset({Status.WITHDRAWN, Status.ERASED})


def withdraw(connection: Connection, comment: str, now: datetime) -> None:
    """Take a comment off the screens; doing it again, or after an erasure, changes nothing.

    Its text is kept out of sight until its deletion date, so that a report about it can be settled.
    """
    found = comment_store.get(connection, comment)
    if found is None or found.status in _OVER:
        return
    comment_store.set_status(connection, found, Status.WITHDRAWN)
    announce.gone(connection, found, "withdrawn", now)


def erase(connection: Connection, comment: str, now: datetime) -> None:
    """Destroy a comment's text and its author's identifier, also in the log and in the feed.

    One that has not arrived yet is remembered, and stays out when it does. Doing it again changes
    nothing.
    """
    erased_store.add(connection, comment, now)
    found = comment_store.get(connection, comment)
    if found is None or found.status is Status.ERASED:
        return
    comment_store.empty(connection, comment, Status.ERASED)
    decision_store.forget(connection, comment)
    announce.gone(connection, found, "erased", now)


def delete_due(connection: Connection, now: datetime) -> int:
    """Erase comments whose deletion date has come, at most 500 at a time; return how many."""
    due = comment_store.to_delete(connection, now)
    for comment in due:
        erase(connection, comment, now)
    return len(due)
