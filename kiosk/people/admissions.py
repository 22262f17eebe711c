"""Who was let in and shut out, kept apart from the database and its backups.

A database restored from a backup does not know a kiosk that was enrolled since, nor that one was
shut out or a colleague dismissed. So each is written to a file too, before its transaction commits,
and a hub applies it before it opens. The file holds keys, as the database does: for its owner only.

Entries: ``["kiosk", moment, {…row}]``, ``["revoked", moment, kiosk]``,
``["dismissed" | "appointed", moment, staff]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from kiosk import clock
from kiosk.database import apart
from kiosk.people import kiosk_store, staff_store
from kiosk.people.kiosk_store import Kiosk

FILE = "admissions.jsonl"

_ROW = ("id", "number", "name", "exhibition", "city", "place", "signing_key", "credential_hash")


@dataclass(slots=True)
class Admissions:
    """What the file adds up to; of two kiosks with one number the later counts."""

    kiosks: dict[int, Kiosk] = field(default_factory=dict)
    revoked: dict[str, str] = field(default_factory=dict)
    dismissed: dict[str, str] = field(default_factory=dict)
    colleagues: set[str] = field(default_factory=set)
    """Everyone of the staff whom an entry is about."""


def enrolled(connection: Connection, kiosk: Kiosk) -> None:
    """Write down that a kiosk was let in.

    Raises:
        Unavailable: the file cannot be written; then nobody may be let in.
    """
    _say(connection, "kiosk", kiosk.enrolled_at, {name: getattr(kiosk, name) for name in _ROW})


def revoked(connection: Connection, kiosk: str, now: datetime) -> None:
    """Write down that a kiosk was shut out.

    Raises:
        Unavailable: the file cannot be written.
    """
    _say(connection, "revoked", now, kiosk)


def dismissed(connection: Connection, staff: str, now: datetime) -> None:
    """Write down that an account was closed.

    Raises:
        Unavailable: the file cannot be written.
    """
    _say(connection, "dismissed", now, staff)


def appointed(connection: Connection, staff: str, now: datetime) -> None:
    """Write down that a closed account was opened again.

    Raises:
        Unavailable: the file cannot be written.
    """
    _say(connection, "appointed", now, staff)


def read(path: Path) -> Admissions:
    """Return what the file at *path* adds up to."""
    found = Admissions()
    for what, moment, whom in apart.read(path).entries:
        if what == "kiosk":
            found.kiosks[int(whom["number"])] = _kiosk(whom, moment)
        elif what == "revoked":
            found.revoked[whom] = moment
        elif what == "dismissed":
            found.dismissed[whom] = moment
            found.colleagues.add(whom)
        elif what == "appointed":
            found.dismissed.pop(whom, None)
            found.colleagues.add(whom)
    return found


def follow(connection: Connection) -> int:
    """Let in and shut out whom the file names, where this database does not know; return how many.

    Raises:
        Unavailable: the file cannot be written.
    """
    path = apart.path_of(connection, FILE)
    if path is None:
        return 0
    mirror(connection, path)
    said = read(path)
    known = {kiosk.id: kiosk for kiosk in kiosk_store.everyone(connection)}
    taken = {kiosk.number for kiosk in known.values()}
    new = [k for k in said.kiosks.values() if k.id not in known and k.number not in taken]
    for kiosk in new:
        kiosk_store.add(connection, kiosk)
    moments = {whom: clock.from_text(moment) for whom, moment in said.revoked.items()}
    out = sum(kiosk_store.revoke(connection, kiosk, at) for kiosk, at in moments.items())
    moments = {whom: clock.from_text(moment) for whom, moment in said.dismissed.items()}
    out += sum(staff_store.disable(connection, staff, at) for staff, at in moments.items())
    return len(new) + out


def mirror(connection: Connection, path: Path) -> None:
    """Write down in the file what only this database knows; nothing in the database changes.

    Raises:
        Unavailable: the file cannot be written.
    """
    said = read(path)
    known = {kiosk.id for kiosk in said.kiosks.values()}
    entries: list[apart.Entry] = []
    for kiosk in kiosk_store.everyone(connection):
        if kiosk.id not in known:
            row = {name: getattr(kiosk, name) for name in _ROW}
            entries.append(["kiosk", clock.to_text(kiosk.enrolled_at), row])
        if kiosk.revoked_at is not None and kiosk.id not in said.revoked:
            entries.append(["revoked", clock.to_text(kiosk.revoked_at), kiosk.id])
    for staff, moment in staff_store.disabled(connection).items():
        if staff not in said.colleagues:
            entries.append(["dismissed", moment, staff])
    if entries or not path.exists():
        apart.append(path, entries)


def _say(connection: Connection, what: str, now: datetime, whom: object) -> None:
    path = apart.path_of(connection, FILE)
    if path is not None:
        apart.append(path, [[what, clock.to_text(now), whom]])


def _kiosk(row: Mapping[str, Any], moment: str) -> Kiosk:
    return Kiosk(**{name: row[name] for name in _ROW}, enrolled_at=clock.from_text(moment))
