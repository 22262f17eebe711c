"""What this kiosk has to tell its hub, in one sequence without gaps; kept after it was sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.messaging import heads
from kiosk.messaging.envelope import Message, body_hash, encode

_ADD = text(
    "INSERT INTO outbox (seq, id, kind, body, body_hash, created_at)"
    " VALUES (:seq, :id, :kind, :body, :hash, :now)"
)
_AFTER = text(
    "SELECT seq, id, kind, body, body_hash FROM outbox WHERE seq > :seq ORDER BY seq LIMIT :most"
)
_SENT = text("UPDATE outbox SET sent_at = :now WHERE seq <= :seq AND sent_at IS NULL")
_WAITING = text("SELECT count(*), min(created_at) FROM outbox WHERE sent_at IS NULL")
_EMPTY = text("UPDATE outbox SET body = :body, body_hash = :hash, kind = :kind WHERE id = :id")
_FORGET = text("DELETE FROM outbox WHERE sent_at < :before")
_HAS = text("SELECT 1 FROM outbox WHERE id = :id")


def has(connection: Connection, message_id: str) -> bool:
    """Whether this message was put in already."""
    return connection.execute(_HAS, {"id": message_id}).scalar() is not None


def next_seq(connection: Connection) -> int:
    """Take the next sequence number; the caller puts the message in within this transaction."""
    return heads.advance(connection, "outbox-seq")


def add(
    connection: Connection,
    seq: int,
    message_id: str,
    kind: str,
    body: dict[str, Any],
    now: datetime,
) -> None:
    """Put a new message in under the *seq* just taken."""
    raw = encode(body)
    connection.execute(
        _ADD,
        {
            "seq": seq,
            "id": message_id,
            "kind": kind,
            "body": raw,
            "hash": body_hash(raw),
            "now": clock.to_text(now),
        },
    )


def replace_body(connection: Connection, message_id: str, kind: str, body: dict[str, Any]) -> None:
    """Put another body in a message's place, when what it said must not stay on this device."""
    raw = encode(body)
    row = {"id": message_id, "kind": kind, "body": raw, "hash": body_hash(raw)}
    connection.execute(_EMPTY, row)


def after(connection: Connection, seq: int, most: int) -> list[Message]:
    """Return at most so many messages with a higher sequence number, in order."""
    rows = connection.execute(_AFTER, {"seq": seq, "most": most})
    return [Message(r.id, r.seq, r.kind, msgspec.Raw(bytes(r.body)), r.body_hash) for r in rows]


def mark_sent(connection: Connection, up_to: int, now: datetime) -> None:
    """Note that the hub holds everything up to this sequence number."""
    connection.execute(_SENT, {"seq": up_to, "now": clock.to_text(now)})


def waiting(connection: Connection) -> tuple[int, datetime | None]:
    """Return how many messages the hub has not confirmed, and since when the oldest waits."""
    count, oldest = connection.execute(_WAITING).one()
    return int(count), clock.from_text(oldest) if oldest else None


def forget_sent_before(connection: Connection, before: datetime) -> int:
    """Delete messages that the hub confirmed before that moment; return how many."""
    return connection.execute(_FORGET, {"before": clock.to_text(before)}).rowcount
