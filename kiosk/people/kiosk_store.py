"""The table of enrolled kiosks: their keys, credentials and what they last told of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from kiosk import clock

_ADD = text(
    "INSERT INTO kiosk (id, number, name, exhibition, city, place, signing_key, credential_hash,"
    " enrolled_at) VALUES (:id, :number, :name, :exhibition, :city, :place, :signing_key,"
    " :credential_hash, :now)"
)
_NEXT = text("SELECT coalesce(max(number), 0) + 1 FROM kiosk")
_ALL = text("SELECT * FROM kiosk ORDER BY number")
_BY_CREDENTIAL = text("SELECT * FROM kiosk WHERE credential_hash = :hash AND revoked_at IS NULL")
_SEEN = text(
    "UPDATE kiosk SET last_seen_at = :now, queue_length = :queue_length,"
    " queue_age_s = :queue_age_s, edition = :edition, clock_offset_ms = :offset,"
    " software = :software, protocol = :protocol, booted_at = :booted_at,"
    " keeps_from = :keeps_from, damaged = :damaged, copy_faults = :copy_faults WHERE id = :id"
)
_REVOKE = text("UPDATE kiosk SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")


@dataclass(frozen=True, slots=True)
class Kiosk:
    """An enrolled screen; *number* stands in its codes, *signing_key* signs them (hexadecimal)."""

    id: str
    number: int
    name: str
    exhibition: str
    city: str
    place: str
    signing_key: str
    credential_hash: str
    enrolled_at: datetime
    revoked_at: datetime | None = None
    last_seen_at: datetime | None = None
    queue_length: int = 0
    queue_age_s: int = 0
    edition: str = ""
    clock_offset_ms: int = 0
    software: str = ""
    protocol: int = 0
    booted_at: datetime | None = None
    keeps_from: int = 0
    damaged: int = 0
    copy_faults: int = 0

    @property
    def key(self) -> bytes:
        """The bytes that sign its codes."""
        return bytes.fromhex(self.signing_key)


@dataclass(frozen=True, slots=True)
class Health:
    """What a kiosk tells with each push: its queue, its edition, how far its clock is ahead."""

    queue_length: int
    queue_age_s: int
    edition: str
    clock_offset_ms: int


@dataclass(frozen=True, slots=True)
class Told:
    """What the hub learns of a kiosk beside its health.

    *booted_at* is in the hub's time; *keeps_from* the lowest number that it can still send;
    *damaged* counts rows of its outbox, *copy_faults* the times it took the feed afresh.
    """

    software: str = ""
    protocol: int = 1
    booted_at: datetime | None = None
    keeps_from: int = 0
    damaged: int = 0
    copy_faults: int = 0


def next_number(connection: Connection) -> int:
    """Return the number that the next kiosk gets; 0 is the hub's own."""
    return int(connection.execute(_NEXT).scalar_one())


def add(connection: Connection, kiosk: Kiosk) -> None:
    """Write a newly enrolled kiosk down."""
    connection.execute(
        _ADD,
        {
            "id": kiosk.id,
            "number": kiosk.number,
            "name": kiosk.name,
            "exhibition": kiosk.exhibition,
            "city": kiosk.city,
            "place": kiosk.place,
            "signing_key": kiosk.signing_key,
            "credential_hash": kiosk.credential_hash,
            "now": clock.to_text(kiosk.enrolled_at),
        },
    )


def everyone(connection: Connection) -> list[Kiosk]:
    """Return every kiosk, also revoked ones, by number."""
    return [_kiosk(row) for row in connection.execute(_ALL)]


def by_credential(connection: Connection, credential_hash: str) -> Kiosk | None:
    """Return the kiosk that holds this credential, unless it was revoked."""
    row = connection.execute(_BY_CREDENTIAL, {"hash": credential_hash}).one_or_none()
    return _kiosk(row) if row else None


def seen(
    connection: Connection, kiosk: str, health: Health, now: datetime, told: Told | None = None
) -> None:
    """Note that a kiosk was heard and how it is."""
    told = told or Told()
    connection.execute(
        _SEEN,
        {
            "id": kiosk,
            "now": clock.to_text(now),
            "queue_length": health.queue_length,
            "queue_age_s": health.queue_age_s,
            "edition": health.edition,
            "offset": health.clock_offset_ms,
            "software": told.software,
            "protocol": told.protocol,
            "booted_at": clock.to_text(told.booted_at) if told.booted_at else None,
            "keeps_from": told.keeps_from,
            "damaged": told.damaged,
            "copy_faults": told.copy_faults,
        },
    )


def revoke(connection: Connection, kiosk: str, now: datetime) -> bool:
    """Take a kiosk's credential and codes away; false when that was done before."""
    return connection.execute(_REVOKE, {"id": kiosk, "now": clock.to_text(now)}).rowcount == 1


def _kiosk(row: Row[Any]) -> Kiosk:
    return Kiosk(
        id=row.id,
        number=row.number,
        name=row.name,
        exhibition=row.exhibition,
        city=row.city,
        place=row.place,
        signing_key=row.signing_key,
        credential_hash=row.credential_hash,
        enrolled_at=clock.from_text(row.enrolled_at),
        revoked_at=clock.from_text(row.revoked_at) if row.revoked_at else None,
        last_seen_at=clock.from_text(row.last_seen_at) if row.last_seen_at else None,
        queue_length=row.queue_length,
        queue_age_s=row.queue_age_s,
        edition=row.edition,
        clock_offset_ms=row.clock_offset_ms,
        software=row.software,
        protocol=row.protocol,
        booted_at=clock.from_text(row.booted_at) if row.booted_at else None,
        keeps_from=row.keeps_from,
        damaged=row.damaged,
        copy_faults=row.copy_faults,
    )
