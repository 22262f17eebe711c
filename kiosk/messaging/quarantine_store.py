"""Messages that the hub has set aside: kept whole with the reason, for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, text

from kiosk import clock
from kiosk.database.forgetting import forget
from kiosk.messaging.envelope import Message

CONFLICT = 409
"""The same id stands with another body, or the number with another message."""

UNFIT = 422
"""It cannot be applied: its kind is unknown, or a rule refuses it."""

KEEP_FIRST = "keep-first"
SEEN = "seen"
"""How a person settles it: the first message stays as it is, or it was only looked at."""

_ADD = text(
    "INSERT INTO quarantine (id, origin, body_hash, seq, kind, body, reason, received_at, status)"
    " VALUES (:id, :origin, :hash, :seq, :kind, :body, :reason, :now, :status)"
    " ON CONFLICT DO NOTHING"
)
_WAITING = text(
    "SELECT q.*, i.origin AS first_origin, i.seq AS first_seq, i.kind AS first_kind,"
    " i.body_hash AS first_hash, i.received_at AS first_at FROM quarantine q"
    " LEFT JOIN inbox i ON i.id = q.id AND i.body_hash <> q.body_hash"
    " WHERE q.settled_at IS NULL ORDER BY q.received_at, q.origin, q.seq LIMIT :most"
)
_SETTLE = text(
    "UPDATE quarantine SET settled_at = :now, settled_by = :by, settled_how = :how"
    " WHERE id = :id AND origin = :origin AND body_hash = :hash AND settled_at IS NULL"
)
_COUNT = text("SELECT count(*) FROM quarantine WHERE settled_at IS NULL")
_BETWEEN = text(
    "SELECT id, seq, status, reason FROM quarantine"
    " WHERE origin = :origin AND seq BETWEEN :first AND :last ORDER BY seq, id"
)
_OF_KINDS = text(
    "SELECT origin, id, seq, kind, body, body_hash FROM quarantine WHERE reason = :reason"
    " AND kind IN :kinds ORDER BY origin, seq"
).bindparams(bindparam("kinds", expanding=True))
_REMOVE = text("DELETE FROM quarantine WHERE id = :id AND origin = :origin AND body_hash = :hash")
_DESTROY = text("UPDATE quarantine SET body = :nothing WHERE id = :id")
_DESTROY_OLD = text(
    "UPDATE quarantine SET body = :nothing WHERE received_at <= :before AND body <> :nothing"
)


@dataclass(frozen=True, slots=True)
class First:
    """The message that stands under the same id: where it came from, and its body's hash."""

    origin: str
    seq: int
    kind: str
    hash: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class SetAside:
    """A message in quarantine; *origin* is the kiosk's id, *hash* its body's SHA-256."""

    id: str
    origin: str
    seq: int
    kind: str
    status: int
    reason: str
    hash: str
    body: bytes
    received_at: datetime
    first: First | None
    settled_at: datetime | None = None
    settled_by: str = ""
    settled_how: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What the reply to a kiosk tells of a message that was set aside."""

    id: str
    seq: int
    status: int
    reason: str


def add(
    connection: Connection,
    origin: str,
    message: Message,
    status: int,
    reason: str,
    now: datetime,
) -> None:
    """Keep a message aside; the same one again changes nothing."""
    connection.execute(
        _ADD,
        {
            "id": message.id,
            "origin": origin,
            "hash": message.hash,
            "seq": message.seq,
            "kind": message.kind,
            "body": bytes(message.body),
            "reason": reason,
            "now": clock.to_text(now),
            "status": status,
        },
    )


def waiting(connection: Connection, most: int = 200) -> list[SetAside]:
    """Return at most so many messages that nobody has settled, the oldest first."""
    return [_set_aside(row) for row in connection.execute(_WAITING, {"most": most})]


def settle(connection: Connection, aside: SetAside, how: str, by: str, now: datetime) -> bool:
    """Note that *by* has settled it (``keep-first`` or ``seen``); false when somebody had before.

    The message stays where it is: nothing is thrown away.
    """
    row = {"id": aside.id, "origin": aside.origin, "hash": aside.hash}
    given = {**row, "how": how, "by": by, "now": clock.to_text(now)}
    return connection.execute(_SETTLE, given).rowcount == 1


def count(connection: Connection) -> int:
    """Return how many messages nobody has settled."""
    return int(connection.execute(_COUNT).scalar_one())


def between(connection: Connection, origin: str, first: int, last: int) -> list[Named]:
    """Return what was set aside of a kiosk's messages with these numbers."""
    rows = connection.execute(_BETWEEN, {"origin": origin, "first": first, "last": last})
    return [Named(r.id, int(r.seq), int(r.status), r.reason) for r in rows]


def of_kinds(
    connection: Connection, reason: str, kinds: Sequence[str]
) -> list[tuple[str, Message]]:
    """Return origin and message of what was set aside for this reason and is of these kinds."""
    rows = connection.execute(_OF_KINDS, {"reason": reason, "kinds": list(kinds)}).all()
    return [
        (
            row.origin,
            Message(row.id, int(row.seq), row.kind, msgspec.Raw(bytes(row.body)), row.body_hash),
        )
        for row in rows
    ]


def remove(connection: Connection, origin: str, message: Message) -> None:
    """Take a message out that is applied now."""
    where = {"id": message.id, "origin": origin, "hash": message.hash}
    connection.execute(_REMOVE, where)


def destroy(connection: Connection, message_id: str) -> None:
    """Destroy the bodies that were set aside under an id: what an author erases is not kept."""
    destroyed = connection.execute(_DESTROY, {"id": message_id, "nothing": b""})
    if destroyed.rowcount:
        forget(connection)


def destroy_before(connection: Connection, before: datetime) -> int:
    """Destroy the bodies of what came until that moment; return how many."""
    where = {"before": clock.to_text(before), "nothing": b""}
    destroyed = connection.execute(_DESTROY_OLD, where).rowcount
    if destroyed:
        forget(connection)
    return destroyed


def _set_aside(row: Row[Any]) -> SetAside:
    first = None
    if row.first_origin is not None:
        at = clock.from_text(row.first_at)
        first = First(row.first_origin, int(row.first_seq), row.first_kind, row.first_hash, at)
    return SetAside(
        id=row.id,
        origin=row.origin,
        seq=int(row.seq),
        kind=row.kind,
        status=int(row.status),
        reason=row.reason,
        hash=row.body_hash,
        body=bytes(row.body),
        received_at=clock.from_text(row.received_at),
        first=first,
        settled_at=clock.from_text(row.settled_at) if row.settled_at else None,
        settled_by=row.settled_by,
        settled_how=row.settled_how,
    )
