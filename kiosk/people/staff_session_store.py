"""The table of staff's sessions; of a session's token only the hash is stored."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, text

from kiosk import clock

_ADD = text(
    "INSERT INTO staff_session (token_hash, staff, created_at, seen_at, expires_at)"
    " VALUES (:token_hash, :staff, :now, :now, :expires_at)"
)
_VALID = text(
    "SELECT staff, seen_at FROM staff_session WHERE token_hash = :token_hash"
    " AND expires_at > :now AND seen_at > :idle_since"
)
_SEEN = text("UPDATE staff_session SET seen_at = :now WHERE token_hash = :token_hash")
_END = text("DELETE FROM staff_session WHERE token_hash = :token_hash")
_END_ALL = text("DELETE FROM staff_session WHERE staff = :staff")
_END_OLD = text("DELETE FROM staff_session WHERE expires_at <= :now OR seen_at <= :idle_since")


def add(
    connection: Connection, token_hash: str, staff: str, now: datetime, expires_at: datetime
) -> None:
    """Begin a session."""
    row = {
        "token_hash": token_hash,
        "staff": staff,
        "now": clock.to_text(now),
        "expires_at": clock.to_text(expires_at),
    }
    connection.execute(_ADD, row)


def valid(
    connection: Connection, token_hash: str, now: datetime, idle_since: datetime
) -> tuple[str, datetime] | None:
    """Return whose session it is and when it was last seen; None when it is over."""
    row = connection.execute(
        _VALID,
        {
            "token_hash": token_hash,
            "now": clock.to_text(now),
            "idle_since": clock.to_text(idle_since),
        },
    ).one_or_none()
    return (row.staff, clock.from_text(row.seen_at)) if row else None


def seen(connection: Connection, token_hash: str, now: datetime) -> None:
    """Note that the session is in use."""
    connection.execute(_SEEN, {"token_hash": token_hash, "now": clock.to_text(now)})


def end(connection: Connection, token_hash: str) -> None:
    """End one session."""
    connection.execute(_END, {"token_hash": token_hash})


def end_all(connection: Connection, staff: str) -> None:
    """End every session of one member of staff."""
    connection.execute(_END_ALL, {"staff": staff})


def end_old(connection: Connection, now: datetime, idle_since: datetime) -> int:
    """Delete sessions that are over; return how many."""
    row = {"now": clock.to_text(now), "idle_since": clock.to_text(idle_since)}
    return connection.execute(_END_OLD, row).rowcount
