"""What the hub holds of each kiosk: one row a message, so that each is applied once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.messaging.envelope import Message

_ADD = text(
    "INSERT INTO inbox (id, origin, seq, kind, body_hash, received_at)"
    " VALUES (:id, :origin, :seq, :kind, :hash, :now) ON CONFLICT DO NOTHING"
)
_STORED = text("SELECT origin, seq, body_hash FROM inbox WHERE id = :id")
_ASIDE = text(
    "INSERT INTO quarantine (id, origin, body_hash, seq, kind, body, reason, received_at)"
    " VALUES (:id, :origin, :hash, :seq, :kind, :body, :reason, :now) ON CONFLICT DO NOTHING"
)
_STATE = text("SELECT count(*), coalesce(max(seq), 0) FROM inbox WHERE origin = :origin")
_IN_QUARANTINE = text("SELECT count(*) FROM quarantine")


def add(connection: Connection, origin: str, message: Message, now: datetime) -> str:
    """Take a message in; return ``new``, ``known`` (same id, same body) or ``conflict``."""
    row = {
        "id": message.id,
        "origin": origin,
        "seq": message.seq,
        "kind": message.kind,
        "hash": message.hash,
        "now": clock.to_text(now),
    }
    if connection.execute(_ADD, row).rowcount == 1:
        return "new"
    stored = connection.execute(_STORED, {"id": message.id}).one_or_none()
    if stored is not None and tuple(stored) == (origin, message.seq, message.hash):
        return "known"
    return "conflict"


def hold_place(connection: Connection, origin: str, message: Message, now: datetime) -> bool:
    """Note a sequence number whose message was set aside, so that the ones behind it go on."""
    row = {
        "id": f"aside:{origin}:{message.seq}",
        "origin": origin,
        "seq": message.seq,
        "kind": message.kind,
        "hash": message.hash,
        "now": clock.to_text(now),
    }
    return connection.execute(_ADD, row).rowcount == 1


def set_aside(
    connection: Connection, origin: str, message: Message, reason: str, now: datetime
) -> None:
    """Keep a message that cannot be applied where a person can look at it; nothing is lost."""
    row = {
        "id": message.id,
        "origin": origin,
        "hash": message.hash,
        "seq": message.seq,
        "kind": message.kind,
        "body": bytes(message.body),
        "reason": reason,
        "now": clock.to_text(now),
    }
    connection.execute(_ASIDE, row)


def state(connection: Connection, origin: str) -> tuple[int, int]:
    """Return how many messages of *origin* are held and their highest sequence number."""
    count, highest = connection.execute(_STATE, {"origin": origin}).one()
    return int(count), int(highest)


def in_quarantine(connection: Connection) -> int:
    """Return how many messages are set aside."""
    return int(connection.execute(_IN_QUARANTINE).scalar_one())
