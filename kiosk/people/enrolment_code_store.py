"""The table of enrolment codes: only their hashes, each used once and before it expires."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from kiosk import clock

_ADD = text(
    "INSERT INTO enrolment_code (id, code_hash, name, exhibition, city, place, made_by, made_at,"
    " expires_at) VALUES (:id, :code_hash, :name, :exhibition, :city, :place, :made_by, :made_at,"
    " :expires_at)"
)
_USE = text(
    "UPDATE enrolment_code SET used_at = :now, kiosk = :kiosk"
    " WHERE code_hash = :hash AND used_at IS NULL AND expires_at > :now RETURNING *"
)
_BY_HASH = text("SELECT * FROM enrolment_code WHERE code_hash = :hash")


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """Where the machine that types it will stand; *kiosk* is the id of the one that did."""

    id: str
    code_hash: str
    name: str
    exhibition: str
    city: str
    place: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    kiosk: str = ""


def add(connection: Connection, code: EnrolmentCode) -> None:
    """Write a new code down."""
    connection.execute(
        _ADD,
        {
            "id": code.id,
            "code_hash": code.code_hash,
            "name": code.name,
            "exhibition": code.exhibition,
            "city": code.city,
            "place": code.place,
            "made_by": code.made_by,
            "made_at": clock.to_text(code.made_at),
            "expires_at": clock.to_text(code.expires_at),
        },
    )


def use(connection: Connection, code_hash: str, kiosk: str, now: datetime) -> EnrolmentCode | None:
    """Use a code up for *kiosk*; None when it is unknown, used or expired. The first one wins."""
    row = {"hash": code_hash, "kiosk": kiosk, "now": clock.to_text(now)}
    return _code(connection.execute(_USE, row).one_or_none())


def by_hash(connection: Connection, code_hash: str) -> EnrolmentCode | None:
    """Return a code, also a used or expired one."""
    return _code(connection.execute(_BY_HASH, {"hash": code_hash}).one_or_none())


def _code(row: Row[Any] | None) -> EnrolmentCode | None:
    if row is None:
        return None
    return EnrolmentCode(
        id=row.id,
        code_hash=row.code_hash,
        name=row.name,
        exhibition=row.exhibition,
        city=row.city,
        place=row.place,
        made_by=row.made_by,
        made_at=clock.from_text(row.made_at),
        expires_at=clock.from_text(row.expires_at),
        used_at=clock.from_text(row.used_at) if row.used_at else None,
        kiosk=row.kiosk,
    )
