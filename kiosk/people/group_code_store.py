"""The table of facilitators' codes: at the hub as they were made, at a kiosk as the hub told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from kiosk import clock
from kiosk.people.staff import Scope

_KEEP = text(
    "INSERT INTO group_code (id, code_hash, exhibition, city, name, made_by, made_at, expires_at,"
    " revoked_at) VALUES (:id, :code_hash, :exhibition, :city, :name, :made_by, :made_at,"
    " :expires_at, :revoked_at)"
    " ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at"
)
_REVOKE = text(
    "UPDATE group_code SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL RETURNING *"
)
_GET = text("SELECT * FROM group_code WHERE id = :id")
_BY_HASH = text("SELECT * FROM group_code WHERE code_hash = :hash AND exhibition = :exhibition")
_OF = text("SELECT * FROM group_code WHERE exhibition = :exhibition ORDER BY made_at DESC, id DESC")
_FORGET = text("DELETE FROM group_code")


@dataclass(frozen=True, slots=True)
class GroupCode:
    """A code by its hash: where it opens group mode (*city* empty: in every one), and until when.

    *name* says whom it is for and stays at the hub; a kiosk keeps neither it nor *made_by*.
    """

    id: str
    code_hash: str
    exhibition: str
    city: str
    expires_at: datetime
    name: str = ""
    made_by: str = ""
    made_at: datetime | None = None
    revoked_at: datetime | None = None

    def is_good(self, city: str, now: datetime) -> bool:
        """Whether it opens group mode in a city at *now* (UTC)."""
        return self.revoked_at is None and now < self.expires_at and self.city in {"", city}


def keep(connection: Connection, code: GroupCode) -> None:
    """Write a code down; one that is there already only learns that it was revoked."""
    connection.execute(
        _KEEP,
        {
            "id": code.id,
            "code_hash": code.code_hash,
            "exhibition": code.exhibition,
            "city": code.city,
            "name": code.name,
            "made_by": code.made_by,
            "made_at": clock.to_text(code.made_at) if code.made_at else "",
            "expires_at": clock.to_text(code.expires_at),
            "revoked_at": clock.to_text(code.revoked_at) if code.revoked_at else None,
        },
    )


def revoke(connection: Connection, code: str, now: datetime) -> GroupCode | None:
    """Revoke a code; None when there is none, or it was revoked before."""
    row = connection.execute(_REVOKE, {"id": code, "now": clock.to_text(now)}).one_or_none()
    return _code(row) if row else None


def get(connection: Connection, code: str) -> GroupCode | None:
    """Return a code by its id."""
    row = connection.execute(_GET, {"id": code}).one_or_none()
    return _code(row) if row else None


def by_hash(connection: Connection, code_hash: str, exhibition: str) -> list[GroupCode]:
    """Return the codes of an exhibition that have this hash: revoked and expired ones too."""
    found = connection.execute(_BY_HASH, {"hash": code_hash, "exhibition": exhibition})
    return [_code(row) for row in found]


def within(connection: Connection, scope: Scope) -> list[GroupCode]:
    """Return the codes within a scope, the newest first."""
    rows = connection.execute(_OF, {"exhibition": scope.exhibition})
    return [code for code in map(_code, rows) if scope.reaches(code.city)]


def forget(connection: Connection) -> None:
    """At a kiosk: drop what the hub told of codes; it comes anew."""
    connection.execute(_FORGET)


def _code(row: Row[Any]) -> GroupCode:
    return GroupCode(
        id=row.id,
        code_hash=row.code_hash,
        exhibition=row.exhibition,
        city=row.city,
        expires_at=clock.from_text(row.expires_at),
        name=row.name,
        made_by=row.made_by,
        made_at=clock.from_text(row.made_at) if row.made_at else None,
        revoked_at=clock.from_text(row.revoked_at) if row.revoked_at else None,
    )
