"""What the hub tells everyone, in one order without gaps to readers (architecture.md, rule 5)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.messaging.envelope import encode

_ADVANCE = text("UPDATE feed_head SET position = position + 1 WHERE id = 1 RETURNING position")
_APPEND = text(
    "INSERT INTO feed (position, kind, exhibition, city, subject, body, created_at)"
    " VALUES (:position, :kind, :exhibition, :city, :subject, :body, :now)"
)
_REPLACE = text("DELETE FROM feed WHERE kind = :kind AND subject = :subject")
_MIRROR_HEAD = text("UPDATE feed_head SET position = :position WHERE id = 1")
_FORGET = text("DELETE FROM feed")
_AFTER = text(
    "SELECT position, kind, exhibition, city, subject, body FROM feed"
    " WHERE position > :position AND (:exhibition = '' OR exhibition = :exhibition)"
    " ORDER BY position LIMIT :most"
)
HEAD = "SELECT position FROM feed_head WHERE id = 1"
_HEAD = text(HEAD)
_NOTIFY = text("SELECT pg_notify('kiosk_feed', '')")


class Entry(msgspec.Struct, frozen=True):
    """One entry of the feed; *body* depends on *kind* (docs/protocol.md)."""

    position: int
    kind: str
    exhibition: str
    city: str
    body: dict[str, Any]
    subject: str = ""


def append(
    connection: Connection,
    kind: str,
    exhibition: str,
    city: str,
    body: dict[str, Any],
    now: datetime,
    *,
    subject: str = "",
) -> int:
    """Append an entry and return its position; seen by readers once the transaction commits.

    An entry with a *subject* is a whole state that takes the place of the one before it, so that
    a tally that changes all evening leaves one entry, not thousands.
    """
    position = int(connection.execute(_ADVANCE).scalar_one())
    _write(connection, Entry(position, kind, exhibition, city, body, subject), now)
    return position


def mirror(connection: Connection, entry: Entry, now: datetime) -> None:
    """At a kiosk: keep the hub's entry at the hub's position, so that its head is the cursor."""
    connection.execute(_MIRROR_HEAD, {"position": entry.position})
    _write(connection, entry, now)


def skip_to(connection: Connection, position: int) -> None:
    """At a kiosk: move the cursor over entries that are not meant for it."""
    connection.execute(_MIRROR_HEAD, {"position": position})


def forget(connection: Connection) -> None:
    """At a kiosk: drop the copy, to take it afresh from the start."""
    connection.execute(_FORGET)
    connection.execute(_MIRROR_HEAD, {"position": 0})


def _write(connection: Connection, entry: Entry, now: datetime) -> None:
    if entry.subject:
        connection.execute(_REPLACE, {"kind": entry.kind, "subject": entry.subject})
    connection.execute(
        _APPEND,
        {
            "position": entry.position,
            "kind": entry.kind,
            "exhibition": entry.exhibition,
            "city": entry.city,
            "subject": entry.subject,
            "body": encode(entry.body).decode(),
            "now": clock.to_text(now),
        },
    )
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY)


def after(connection: Connection, position: int, most: int, exhibition: str = "") -> list[Entry]:
    """Return at most so many entries behind *position*, in order; of one exhibition or of all."""
    rows = connection.execute(
        _AFTER, {"position": position, "exhibition": exhibition, "most": most}
    )
    return [
        Entry(r.position, r.kind, r.exhibition, r.city, msgspec.json.decode(r.body), r.subject)
        for r in rows
    ]


def head(connection: Connection) -> int:
    """Return the position of the newest entry, 0 for an empty feed."""
    return int(connection.execute(_HEAD).scalar_one())
