"""The append-only table of decisions: each row is bound to the one before it by a hash.

A row holds no text of the comment, only the SHA-256 of salt, text and note: when a comment is
erased its salt and the note go, what was judged can no longer be guessed at, and the chain stays
valid, because the chain is made over the digest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, text

from kiosk import clock, ids
from kiosk.messaging import heads
from kiosk.people.staff import Scope

BEGINNING = "0" * 64
"""What stands before the first row."""

_LAST = text("SELECT hash FROM decision ORDER BY position DESC LIMIT 1")
_ADD = text(
    "INSERT INTO decision (position, id, comment, exhibition, city, action, ground, note, staff,"
    " role, at, machine, salt, content_digest, previous, hash)"
    " VALUES (:position, :id, :comment, :exhibition, :city, :action, :ground, :note, :staff,"
    " :role, :at, :machine, :salt, :content_digest, :previous, :hash)"
)
_OF_COMMENT = text("SELECT * FROM decision WHERE comment = :comment ORDER BY position")
_LAST_OF_COMMENT = text(
    "SELECT * FROM decision WHERE comment = :comment ORDER BY position DESC LIMIT 1"
)
_PAGE = text("SELECT * FROM decision WHERE position > :position ORDER BY position LIMIT 1000")
_LATEST = text(
    "SELECT * FROM decision WHERE exhibition = :exhibition AND (:every OR city IN :cities)"
    " ORDER BY position DESC LIMIT :most"
).bindparams(bindparam("cities", expanding=True))
_FORGET = text("UPDATE decision SET salt = NULL, note = '' WHERE comment = :comment")


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the log; *staff* is an id, *role* the role by which she decided."""

    position: int
    id: str
    comment: str
    exhibition: str
    city: str
    action: str
    ground: str
    note: str
    staff: str
    role: str
    at: datetime
    machine: bool
    salt: str | None
    content_digest: str
    previous: str
    hash: str

    def own_hash(self) -> str:
        """The hash that follows from its content and the row before; note and salt stay out."""
        content = [
            self.position, self.id, self.comment, self.exhibition, self.city, self.action,
            self.ground, self.staff, self.role, clock.to_text(self.at), self.machine,
            self.content_digest, self.previous,
        ]  # fmt: skip
        return ids.digest(msgspec.json.encode(content))


@dataclass(frozen=True, slots=True)
class Judged:
    """What a decision is about: the comment's id, its exhibition and city, and its *text* then."""

    comment: str
    exhibition: str
    city: str
    text: str


def digest(salt: str, content: str, note: str) -> str:
    """Return what binds a row to the text that was judged and to the note."""
    return ids.digest(msgspec.json.encode([salt, content, note]))


def append(
    connection: Connection,
    judged: Judged,
    action: str,
    staff: str,
    role: str,
    now: datetime,
    *,
    ground: str = "",
    note: str = "",
) -> Decision:
    """Add a row behind the last; a machine never decides here, so *machine* is always false."""
    # The number comes first: taking it locks out every other writer until this commits.
    position = heads.advance(connection, "decision-position")
    salt = ids.secret(16).hex()
    row = Decision(
        position=position,
        id=ids.new_id(),
        comment=judged.comment,
        exhibition=judged.exhibition,
        city=judged.city,
        action=action,
        ground=ground,
        note=note,
        staff=staff,
        role=role,
        at=clock.from_text(clock.to_text(now)),
        machine=False,
        salt=salt,
        content_digest=digest(salt, judged.text, note),
        previous=str(connection.execute(_LAST).scalar() or BEGINNING),
        hash="",
    )
    row = Decision(**{**_fields(row), "hash": row.own_hash()})
    connection.execute(_ADD, {**_fields(row), "at": clock.to_text(row.at)})
    return row


def of_comment(connection: Connection, comment: str) -> list[Decision]:
    """Return every decision about a comment, oldest first."""
    return [_decision(row) for row in connection.execute(_OF_COMMENT, {"comment": comment})]


def last_of_comment(connection: Connection, comment: str) -> Decision | None:
    """Return the latest decision about a comment."""
    row = connection.execute(_LAST_OF_COMMENT, {"comment": comment}).one_or_none()
    return _decision(row) if row else None


def latest(connection: Connection, scope: Scope, most: int = 100) -> list[Decision]:
    """Return the latest decisions within the scope, newest first."""
    row = {
        "exhibition": scope.exhibition,
        "every": scope.every,
        "cities": sorted(scope.cities) or ["-"],
        "most": most,
    }
    return [_decision(found) for found in connection.execute(_LATEST, row)]


def forget(connection: Connection, comment: str) -> None:
    """Destroy salt and note of a comment's decisions; the chain stays valid without them."""
    connection.execute(_FORGET, {"comment": comment})


def verify_chain(connection: Connection) -> int | None:
    """Return the position of the first row that was changed, removed or put in; None if whole.

    The last rows can be cut off unseen by this alone: compare with an earlier export's last hash.
    """
    position, previous = 0, BEGINNING
    while page := _page(connection, position):
        for row in page:
            expected = position + 1
            if (row.position, row.previous, row.hash) != (expected, previous, row.own_hash()):
                return expected
            position, previous = row.position, row.hash
    cut_off = int(heads.read(connection, "decision-position", "0")) != position
    return position + 1 if cut_off else None


def _page(connection: Connection, position: int) -> Sequence[Decision]:
    return [_decision(row) for row in connection.execute(_PAGE, {"position": position})]


def _fields(row: Decision) -> dict[str, Any]:
    return {name: getattr(row, name) for name in Decision.__slots__}


def _decision(row: Row[Any]) -> Decision:
    values = {**row._mapping, "at": clock.from_text(row.at), "machine": bool(row.machine)}
    return Decision(**values)
