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
_AFTER = text(
    "SELECT position, kind, exhibition, city, body FROM feed"
    " WHERE position > :position AND (:exhibition = '' OR exhibition = :exhibition)"
    " ORDER BY position LIMIT :most"
)
_HEAD = text("SELECT position FROM feed_head WHERE id = 1")
_NOTIFY = text("SELECT pg_notify('kiosk_feed', '')")


class Entry(msgspec.Struct, frozen=True):
    """One entry of the feed; *body* depends on *kind* (docs/protocol.md)."""

    position: int
    kind: str
    exhibition: str
    city: str
    body: dict[str, Any]


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
    if subject:
        connection.execute(_REPLACE, {"kind": kind, "subject": subject})
    connection.execute(
        _APPEND,
        {
            "position": position,
            "kind": kind,
            "exhibition": exhibition,
            "city": city,
            "subject": subject,
            "body": encode(body).decode(),
            "now": clock.to_text(now),
        },
    )
    if connection.dialect.name == "postgresql":
        connection.execute(_NOTIFY)
    return position


def after(
    connection: Connection, position: int, most: int, exhibition: str = ""
) -> list[Entry]:
    """Return at most so many entries behind *position*, in order; of one exhibition or of all."""
    rows = connection.execute(
        _AFTER, {"position": position, "exhibition": exhibition, "most": most}
    )
    return [
        Entry(r.position, r.kind, r.exhibition, r.city, msgspec.json.decode(r.body)) for r in rows
    ]


def head(connection: Connection) -> int:
    """Return the position of the newest entry, 0 for an empty feed."""
    return int(connection.execute(_HEAD).scalar_one())
