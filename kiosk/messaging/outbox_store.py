"""What this kiosk has to tell its hub, in one sequence without gaps; kept after it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, text

from kiosk import clock
from kiosk.messaging import damage_store, heads
from kiosk.messaging.envelope import Message, body_hash, encode, seal_of

_ADD = text(
    "INSERT INTO outbox (seq, id, kind, body, body_hash, created_at, seal)"
    " VALUES (:seq, :id, :kind, :body, :hash, :now, :seal)"
)
# SQLite's texts are read as octets: a damaged one need not be UTF-8, and is told from its seal.
_IN_OCTETS = (
    "SELECT seq, CAST(id AS BLOB) AS id, CAST(kind AS BLOB) AS kind, body,"
    " CAST(body_hash AS BLOB) AS body_hash, CAST(seal AS BLOB) AS seal,"
    " CAST(held_seal AS BLOB) AS held_seal FROM outbox"
)
_IN_TEXT = "SELECT seq, id, kind, body, body_hash, seal, held_seal FROM outbox"
_BEHIND = " WHERE seq > :seq ORDER BY seq LIMIT :most"
_BEHIND_NOT_SENT = " WHERE seq <= :seq AND sent_at IS NULL ORDER BY seq LIMIT :most"
_AFTER = {"sqlite": text(_IN_OCTETS + _BEHIND), "postgresql": text(_IN_TEXT + _BEHIND)}
_CHANGED = {
    "sqlite": text(_IN_OCTETS + _BEHIND_NOT_SENT),
    "postgresql": text(_IN_TEXT + _BEHIND_NOT_SENT),
}
_SENT = text(
    "UPDATE outbox SET held_seal = :seal,"
    " sent_at = CASE WHEN seal = :seal THEN CAST(:now AS TEXT) END WHERE seq = :seq"
)
_WAITING = text("SELECT count(*) FROM outbox WHERE sent_at IS NULL")
_SINCE = text(
    "SELECT CAST(created_at AS BLOB) FROM outbox WHERE sent_at IS NULL ORDER BY seq LIMIT :most"
)
_EMPTY = text(
    "UPDATE outbox SET body = :body, body_hash = :hash, kind = :kind, seal = :seal, sent_at = NULL"
    " WHERE seq = :seq AND seal <> :seal"
)
_OLD = (
    " FROM outbox WHERE sent_at < :before AND seq <= :up_to AND seq < coalesce("
    "(SELECT min(seq) FROM outbox WHERE sent_at IS NULL OR sent_at >= :before), :up_to + 1)"
)
_OLD_SEALS = text("SELECT held_seal" + _OLD)
_FORGET = text("DELETE" + _OLD)
_HAS = text("SELECT 1 FROM outbox WHERE id = :id")
_SEQ_OF = text("SELECT seq FROM outbox WHERE id = :id")
_FIRST = text("SELECT min(seq) FROM outbox")
_LAST = text("SELECT max(seq) FROM outbox")
_NOT_SENT = text(
    "SELECT seq, id, kind, body_hash FROM outbox"
    " WHERE sent_at IS NULL AND held_seal = '' ORDER BY seq"
)
_RENUMBER = text("UPDATE outbox SET seq = :new, seal = :seal WHERE seq = :old")

WILD = 1_000
"""More numbers than these are never missing at the end: then the counter is what is damaged."""

_SEQ = "outbox-seq"
_AT_ONCE = 5_000
_FIRST_FEW = 100
"""Of so many of what waits it is looked at since when: the disk may have damaged one moment."""


@dataclass(slots=True)
class Page:
    """Sound messages in order, and the numbers of those that cannot be read as they were written.

    *held* gives for each message the seal under which the hub has it, empty where it has not.
    """

    messages: list[Message] = field(default_factory=list)
    seals: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)
    expected: int = 0
    """The number that the next message should have."""
    full: bool = False
    """Whether there may be more behind these."""


def has(connection: Connection, message_id: str) -> bool:
    """Whether this message was put in already."""
    return connection.execute(_HAS, {"id": message_id}).scalar() is not None


def next_seq(connection: Connection) -> int:
    """Take the next sequence number; the caller puts the message in within this transaction."""
    return heads.advance(connection, _SEQ)


def last_seq(connection: Connection) -> int:
    """Return the number that was taken last, 0 before the first."""
    return int(heads.read(connection, _SEQ, "0"))


def mend_counter(connection: Connection, confirmed: int) -> None:
    """Put the counter right where it is below, or wildly above, what was numbered already."""
    last = last_seq(connection)
    numbered = max(int(connection.execute(_LAST).scalar() or 0), confirmed)
    if last < numbered or last > numbered + WILD:
        heads.write(connection, _SEQ, str(numbered))


def keeps_from(connection: Connection) -> int:
    """Return the lowest number that is kept here; the next one to be taken where none is."""
    first = connection.execute(_FIRST).scalar()
    return last_seq(connection) + 1 if first is None else int(first)


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
    row = _sealed(seq, message_id, kind, raw)
    connection.execute(_ADD, {**row, "id": message_id, "now": clock.to_text(now)})


def replace_body(connection: Connection, message_id: str, kind: str, body: dict[str, Any]) -> None:
    """Put another body in a message's place, when what it said must not stay on this device.

    It is sent again, also where the hub has its first form. A message that is not here may be one
    that was damaged: what was left of those goes.
    """
    seq = connection.execute(_SEQ_OF, {"id": message_id}).scalar()
    if seq is None:
        damage_store.destroy(connection)
    else:
        connection.execute(_EMPTY, _sealed(int(seq), message_id, kind, encode(body)))


def _sealed(seq: int, message_id: str, kind: str, raw: bytes) -> dict[str, Any]:
    hash_ = body_hash(raw)
    seal = seal_of(seq, message_id, kind, hash_)
    return {"seq": seq, "kind": kind, "body": raw, "hash": hash_, "seal": seal}


def after(connection: Connection, seq: int, most: int) -> list[Message]:
    """Return at most so many sound messages with a higher sequence number, in order."""
    return page(connection, seq, most).messages


def page(connection: Connection, seq: int, most: int, octets: int = 2**62) -> Page:
    """Read messages behind *seq*: at most so many, with bodies of at most so many octets.

    A number that should be there and is not counts as damaged too.
    """
    first = max(seq + 1, keeps_from(connection))
    rows = connection.execute(
        _AFTER[connection.dialect.name], {"seq": first - 1, "most": most}
    ).all()
    found = _read(rows, first, octets)
    behind = last_seq(connection) + 1
    if len(rows) < most and not found.full and behind - found.expected < WILD:
        found.damaged.extend(range(found.expected, behind))
        found.expected = max(found.expected, behind)
    found.full |= len(rows) == most
    return found


def changed(connection: Connection, up_to: int, most: int) -> Page:
    """Read the messages up to a number whose body was replaced since they were sent."""
    statement = _CHANGED[connection.dialect.name]
    found = Page()
    for row in connection.execute(statement, {"seq": up_to, "most": most}):
        _take(found, row)
    return found


def _read(rows: Sequence[Row[Any]], first: int, octets: int) -> Page:
    found = Page(expected=first)
    for row in rows:
        octets -= len(row.body)
        if octets < 0 and found.messages:
            found.full = True
            return found
        if _take(found, row):
            found.damaged.extend(range(found.expected, row.seq))
            found.expected = row.seq + 1
    return found


def _take(found: Page, row: Row[Any]) -> bool:
    """Add a row to the messages, or to the damaged ones; whether it is sound."""
    message = _message(row)
    seal = _said(row.seal)
    if message is None or message.seal != seal:
        found.damaged.append(row.seq)
        return False
    found.messages.append(message)
    found.seals.append(seal)
    found.held.append(_said(row.held_seal))
    return True


def _message(row: Row[Any]) -> Message | None:
    """Return a row as it says it is; None where its body is not the one that was hashed."""
    body = row.body if isinstance(row.body, bytes) else bytes(row.body or b"")
    hash_ = _said(row.body_hash)
    if not isinstance(row.seq, int) or body_hash(body) != hash_:
        return None
    return Message(_said(row.id), row.seq, _said(row.kind), msgspec.Raw(body), hash_)


def _said(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def mark_sent(
    connection: Connection, sent: Iterable[tuple[int, str]], highest: int, now: datetime
) -> None:
    """Note that the hub holds these numbers with these seals, as far as *highest*.

    One whose body was replaced meanwhile waits to be sent again.
    """
    at = clock.to_text(now)
    rows = [{"seq": seq, "seal": seal, "now": at} for seq, seal in sent if seq <= highest]
    if rows:
        connection.execute(_SENT, rows)


def waiting(connection: Connection) -> tuple[int, datetime | None]:
    """Return how many messages the hub has not confirmed, and since when the oldest waits.

    None also where the disk damaged all the first moments: nobody need know any for a message to
    go its way.
    """
    since = connection.execute(_SINCE, {"most": _FIRST_FEW}).scalars()
    moments = [moment for value in since if (moment := _moment(value)) is not None]
    return int(connection.execute(_WAITING).scalar_one()), min(moments, default=None)


def _moment(value: Any) -> datetime | None:
    try:
        return clock.from_text(_said(value))
    except ValueError:
        return None


def forget_sent_before(connection: Connection, before: datetime, up_to: int) -> list[str]:
    """Delete messages up to a number that the hub confirmed before that moment; return their seals.

    Only from the start: what is kept has no holes.
    """
    where = {"before": clock.to_text(before), "up_to": up_to}
    seals = list(connection.execute(_OLD_SEALS, where).scalars())
    connection.execute(_FORGET, where)
    return seals


def damaged(connection: Connection) -> list[int]:
    """Look at every row and return the numbers of those that are not as they were written."""
    seq, found = -(2**62), list[int]()
    while True:
        where = {"seq": seq, "most": _AT_ONCE}
        rows = connection.execute(_AFTER[connection.dialect.name], where).all()
        if not rows:
            return found
        for row in rows:
            each = Page()
            _take(each, row)
            found += each.damaged
        seq = rows[-1].seq


def renumber(connection: Connection, above: int) -> list[int]:
    """Give what was never confirmed numbers above *above*; return the numbers left empty.

    For a kiosk whose database was put back to an older state: the hub knows later numbers of it.
    """
    rows = connection.execute(_NOT_SENT).all()
    left = range(last_seq(connection) + 1, above + 1)
    heads.write(connection, _SEQ, str(above + len(rows)))
    for seq, row in enumerate(rows, above + 1):
        seal = seal_of(seq, row.id, row.kind, row.body_hash)
        connection.execute(_RENUMBER, {"old": row.seq, "new": seq, "seal": seal})
    return sorted({*left, *(int(row.seq) for row in rows)})
