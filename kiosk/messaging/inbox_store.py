"""What the hub has taken in of each kiosk: one row a message, so that each is applied once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.messaging import rolling
from kiosk.messaging.envelope import Message, seal_of
from kiosk.messaging.inbox_head_store import Held

_COLUMNS = "INSERT INTO inbox (id, origin, seq, kind, body_hash, received_at, seal) "
_ADD = text(
    _COLUMNS + "VALUES (:id, :origin, :seq, :kind, :hash, :now, :seal) ON CONFLICT DO NOTHING"
)
_ADD_MANY = _COLUMNS + "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
# On PostgreSQL all of a batch goes over as one text of JSON; a statement each costs several times.
_ADD_AT_SERVER = (
    _COLUMNS + "SELECT value ->> 0, value ->> 1, (value ->> 2)::bigint, value ->> 3, value ->> 4,"
    " value ->> 5, value ->> 6 FROM json_array_elements(%s::json) AS sent (value)"
    " ON CONFLICT DO NOTHING RETURNING seq"
)
_SEALS = text("SELECT seq, seal FROM inbox WHERE origin = :origin AND seq BETWEEN :first AND :last")
_BY_ID = text("SELECT id, origin, seq, kind, body_hash, seal FROM inbox WHERE id = :id")
_BY_SEQ = text(
    "SELECT id, origin, seq, kind, body_hash, seal FROM inbox WHERE origin = :origin AND seq = :seq"
)
_REPLACE = text(
    "UPDATE inbox SET kind = :kind, body_hash = :hash, seal = :seal"
    " WHERE origin = :origin AND seq = :seq"
)
_ALL = text(
    "SELECT id, seq, kind, body_hash, seal FROM inbox"
    " WHERE origin = :origin AND seq > :after ORDER BY seq LIMIT :most"
)
_FORGET = text("DELETE FROM inbox WHERE origin = :origin AND seq = :seq")

ASIDE = "aside"
AGAIN = "again"
"""With what the id begins of a row that only holds a number's place."""

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Stored:
    """A message as the inbox has it."""

    id: str
    origin: str
    seq: int
    kind: str
    hash: str
    seal: str

    @property
    def is_sound(self) -> bool:
        """Whether the row is as it was written; a place held has the seal of what was put aside."""
        message_id = self.id
        if message_id.startswith((f"{ASIDE}:", f"{AGAIN}:")):
            message_id = message_id.split(":", 3)[-1]
        return seal_of(self.seq, message_id, self.kind, self.hash) == self.seal


def add_many(
    connection: Connection,
    origin: str,
    messages: Sequence[Message],
    sealed: Sequence[str],
    now: datetime,
) -> set[int]:
    """Take in messages, in order, whose numbers do not stand with these seals yet.

    Returns the numbers of those that are new; of the others the number or the id was taken.
    """
    at = clock.to_text(now)
    rows = [
        (m.id, origin, m.seq, m.kind, m.hash, at, seal)
        for m, seal in zip(messages, sealed, strict=True)
    ]
    if connection.dialect.name == "postgresql":
        sent = (msgspec.json.encode(rows).decode(),)
        found = connection.exec_driver_sql(_ADD_AT_SERVER, sent).cursor
        return {seq for (seq,) in found.fetchall()}
    if connection.exec_driver_sql(_ADD_MANY, rows).rowcount == len(rows):
        return {m.seq for m in messages}
    there = seals(connection, origin, messages[0].seq, messages[-1].seq)
    return {m.seq for m, seal in zip(messages, sealed, strict=True) if there.get(m.seq) == seal}


def hold_place(
    connection: Connection, origin: str, message: Message, now: datetime, mark: str = ASIDE
) -> bool:
    """Note a number whose message stands elsewhere, so that the ones behind it go on.

    *mark* says where: in quarantine (:data:`ASIDE`), or in the inbox already (:data:`AGAIN`).
    """
    row = {
        "id": f"{mark}:{origin}:{message.seq}:{message.id}",
        "origin": origin,
        "seq": message.seq,
        "kind": message.kind,
        "hash": message.hash,
        "now": clock.to_text(now),
        "seal": message.seal,
    }
    return connection.execute(_ADD, row).rowcount == 1


def seals(connection: Connection, origin: str, first: int, last: int) -> dict[int, str]:
    """Return the seal of each number of *origin* that is held, from *first* to *last*."""
    rows = connection.execute(_SEALS, {"origin": origin, "first": first, "last": last})
    return {int(seq): seal for seq, seal in rows}


def by_id(connection: Connection, message_id: str) -> Stored | None:
    """Return the message that stands under an id."""
    row = connection.execute(_BY_ID, {"id": message_id}).one_or_none()
    return Stored(*row) if row else None


def by_seq(connection: Connection, origin: str, seq: int) -> Stored | None:
    """Return the message that stands under a kiosk's number."""
    row = connection.execute(_BY_SEQ, {"origin": origin, "seq": seq}).one_or_none()
    return Stored(*row) if row else None


def replace(connection: Connection, origin: str, message: Message) -> None:
    """Let a message's later form stand in its place: what it said first was destroyed."""
    row = {"kind": message.kind, "hash": message.hash, "seal": message.seal}
    connection.execute(_REPLACE, {**row, "origin": origin, "seq": message.seq})


def everything(connection: Connection, origin: str) -> Iterator[Stored]:
    """Yield every row of a kiosk in the order of its numbers."""
    after = -1
    while True:
        where = {"origin": origin, "after": after, "most": _AT_ONCE}
        rows = connection.execute(_ALL, where).all()
        if not rows:
            return
        for r in rows:
            yield Stored(r.id, origin, int(r.seq), r.kind, r.body_hash, r.seal)
        after = int(rows[-1].seq)


def recount(connection: Connection, origin: str, highest: int) -> tuple[Held, list[int]]:
    """Return what the rows themselves say is held, and the numbers of those that are damaged.

    Damaged rows are taken out: their messages are new again, and applying them twice does no harm.
    *highest* is kept where it is higher than every row, since numbers may be lost at the end.
    """
    count, hash_, damaged = 0, rolling.EMPTY, []
    for row in everything(connection, origin):
        if row.is_sound:
            count, highest = count + 1, max(highest, row.seq)
            hash_ = rolling.moved(hash_, more=[row.seal])
        else:
            damaged.append(row.seq)
    for seq in damaged:
        connection.execute(_FORGET, {"origin": origin, "seq": seq})
    return Held(count, highest, hash_), damaged


def state(connection: Connection, origin: str) -> tuple[int, int]:
    """Return how many messages of *origin* the table has and their highest number."""
    numbers = [row.seq for row in everything(connection, origin)]
    return len(numbers), max(numbers, default=0)
