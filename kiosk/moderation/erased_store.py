"""The table of erased comments' ids: none comes back with a late message or a backup."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.moderation import erased_list

_ADD = text("INSERT INTO erased (id, erased_at) VALUES (:id, :now) ON CONFLICT (id) DO NOTHING")
_HAS = text("SELECT 1 FROM erased WHERE id = :id")
_ALL = text("SELECT id, erased_at FROM erased")
_NOT_EMPTIED = text(
    "SELECT count(*) FROM comment JOIN erased ON erased.id = comment.id"
    " WHERE comment.text <> '' OR comment.participant <> ''"
)


def add(connection: Connection, comments: Sequence[str], now: datetime) -> None:
    """Remember that these are erased: in the list that is kept apart first, then here.

    Raises:
        Unavailable: the list cannot be written.
    """
    new = [comment for comment in comments if not is_erased(connection, comment)]
    if new:
        erased_list.add(connection, new, now)
        for comment in new:
            remember(connection, comment, now)


def remember(connection: Connection, comment: str, erased_at: datetime) -> None:
    """Note an id that the list has already."""
    connection.execute(_ADD, {"id": comment, "now": clock.to_text(erased_at)})


def is_erased(connection: Connection, comment: str) -> bool:
    """Whether this id was erased."""
    return connection.execute(_HAS, {"id": comment}).scalar() is not None


def everything(connection: Connection) -> dict[str, str]:
    """Return the moment of erasure of every erased id."""
    return {row.id: row.erased_at for row in connection.execute(_ALL)}


def not_emptied(connection: Connection) -> int:
    """Return how many comments still have a text though they are erased: none, in a sound hub."""
    return int(connection.execute(_NOT_EMPTIED).scalar_one())
