"""What a restored hub takes over from the one it replaces: who is shut out, and newer kiosks.

A backup does not know that a kiosk was revoked or a colleague dismissed after it was taken, nor a
kiosk that was enrolled since. Where the old database can still be read, the restored hub does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kiosk.apps.backup import hub_mark
from kiosk.database import copies
from kiosk.database.connection import Database
from kiosk.database.migrate import is_current
from kiosk.errors import KioskError
from kiosk.moderation import erased_store
from kiosk.people import kiosk_store, staff_store
from kiosk.people.kiosk_store import Kiosk
from kiosk.settings import Settings


@dataclass(frozen=True, slots=True)
class Taken:
    """What the old hub knew; all empty where it cannot be read."""

    hub: str = ""
    erased: Mapping[str, str] = field(default_factory=dict)
    kiosks: tuple[Kiosk, ...] = ()
    dismissed: tuple[str, ...] = ()
    """Ids of staff whose accounts are closed."""


def read(settings: Settings) -> Taken:
    """Read the database that is to be replaced; nothing of it changes."""
    file = settings.hub_file
    if file is not None and not file.is_file():
        return Taken()
    try:
        if file is not None:
            with copies.looking(file) as connection:
                return _of(connection)
        database = Database.open(settings.hub_database)
        try:
            return database.read_now(_of)
        finally:
            database.close()
    except (KioskError, DBAPIError):
        return Taken()


def write(connection: Connection, taken: Taken, now: datetime) -> None:
    """Shut out of the restored hub who was shut out, and let newer kiosks in."""
    known = {kiosk.id: kiosk for kiosk in kiosk_store.everyone(connection)}
    numbers = {kiosk.number for kiosk in known.values()}
    for kiosk in taken.kiosks:
        if kiosk.id not in known and kiosk.number not in numbers:
            kiosk_store.add(connection, kiosk)
        if kiosk.revoked_at is not None:
            kiosk_store.revoke(connection, kiosk.id, kiosk.revoked_at)
    for staff in taken.dismissed:
        staff_store.disable(connection, staff, now)


def _of(connection: Connection) -> Taken:
    if not is_current(connection):
        return Taken(hub_mark(connection))
    return Taken(
        hub_mark(connection),
        erased_store.everything(connection),
        tuple(kiosk_store.everyone(connection)),
        tuple(staff_store.disabled(connection)),
    )
