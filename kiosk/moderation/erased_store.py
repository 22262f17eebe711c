"""The list of erased comments' ids: none comes back with a late message or a backup."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, text

from kiosk import clock

_ADD = text("INSERT INTO erased (id, erased_at) VALUES (:id, :now) ON CONFLICT (id) DO NOTHING")
_HAS = text("SELECT 1 FROM erased WHERE id = :id")


def add(connection: Connection, comment: str, now: datetime) -> None:
    """Remember that this id is erased."""
    connection.execute(_ADD, {"id": comment, "now": clock.to_text(now)})


def is_erased(connection: Connection, comment: str) -> bool:
    """Whether this id was erased."""
    return connection.execute(_HAS, {"id": comment}).scalar() is not None
