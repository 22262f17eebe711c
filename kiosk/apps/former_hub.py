"""What the hub to be replaced still knows: who it is, what it erased, whom it shut out."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kiosk.apps.backup import hub_mark
from kiosk.database import copies
from kiosk.database.connection import Database
from kiosk.database.migrate import is_current
from kiosk.errors import KioskError
from kiosk.moderation import erased_list, erasure
from kiosk.people import admissions
from kiosk.settings import Settings


def ask(settings: Settings) -> str:
    """Write down apart what the old database alone knows; return its hub's mark.

    Empty where there is none, or it cannot be read. Nothing of it changes.
    """
    file = settings.hub_file
    if file is not None and not file.is_file():
        return ""

    def look(connection: Connection) -> str:
        if is_current(connection):
            erasure.mirror(connection, settings.data / erased_list.FILE)
            admissions.mirror(connection, settings.data / admissions.FILE)
        return hub_mark(connection)

    try:
        if file is not None:
            with copies.looking(file) as connection:
                return look(connection)
        database = Database.open(settings.hub_database)
        try:
            return database.read_now(look)
        finally:
            database.close()
    except (KioskError, DBAPIError):
        return ""
