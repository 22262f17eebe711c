"""Takes a comment back at its author's wish: off every screen, or destroyed for good."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from kiosk import clock
from kiosk.database import apart
from kiosk.messaging import quarantine_store
from kiosk.moderation import announce, decision_store, erased_list, erased_store, support
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

    Raises:
        Unavailable: the list of erased ids cannot be written; nothing was erased.
    """
    erased_store.add(connection, [comment], now)
    _destroy(connection, comment, now)


def _destroy(connection: Connection, comment: str, now: datetime) -> None:
    quarantine_store.destroy(connection, comment)
    found = comment_store.get(connection, comment)
    support.forget(connection, comment, found.place.exhibition if found else "", now)
    if found is None or found.status is Status.ERASED:
        return
    comment_store.empty(connection, comment, Status.ERASED)
    decision_store.forget(connection, comment)
    announce.gone(connection, found, "erased", now)


def delete_due(connection: Connection, now: datetime) -> int:
    """Erase comments whose deletion date has come, at most 500 at a time; return how many."""
    due = comment_store.to_delete(connection, now)
    erased_store.add(connection, due, now)
    for comment in due:
        _destroy(connection, comment, now)
    return len(due)


def follow_list(connection: Connection, now: datetime) -> int:
    """Erase what the list kept apart names and this database has still; return how many.

    A hub does so before it opens: its database may be an older one. What only the database knows
    is added to the list, in case that was lost. Without a list, as at a kiosk, nothing happens.

    Raises:
        Unavailable: the list cannot be written.
    """
    path = apart.path_of(connection, erased_list.FILE)
    if path is None:
        return 0
    mirror(connection, path)
    listed, known = erased_list.read(path), erased_store.everything(connection)
    again = [comment for comment in listed if comment not in known]
    for comment in again:
        erased_store.remember(connection, comment, clock.from_text(listed[comment]))
        _destroy(connection, comment, now)
    return len(again)


def mirror(connection: Connection, path: Path) -> None:
    """Add to the list what only this database knows; nothing in the database changes.

    Raises:
        Unavailable: the list cannot be written.
    """
    listed = erased_list.read(path)
    known = erased_store.everything(connection)
    new = {comment: moment for comment, moment in known.items() if comment not in listed}
    if new or not path.exists():
        erased_list.append(path, new)
