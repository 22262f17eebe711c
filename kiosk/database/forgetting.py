"""What is destroyed leaves the files too: SQLite's log still holds the pages that it stood on.

Free pages are overwritten at once (``secure_delete``); the log keeps the pages as they were before
and the new ones beside them, until it is written into the database and cut off.
"""

from __future__ import annotations

import logging

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

log = logging.getLogger("kiosk.database")

_MARK = "forgets"
_PATIENCE_MS = 250
"""Milliseconds that readers may take to end; after them the next commit tries again."""


def forget(connection: Connection) -> None:
    """Have what this transaction destroys be cut out of the log once it is committed."""
    connection.info[_MARK] = True


def cut_off(connection: Connection, usual_patience_ms: int) -> None:
    """After a commit: write SQLite's log into the database and cut it off, if need be.

    A reader in the way, or a disk that fails, leaves it for the next commit: what was committed
    stands, and must not be told as failed.
    """
    if not connection.info.get(_MARK):
        return
    try:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
        try:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {usual_patience_ms}")
    except DBAPIError as error:
        log.warning("the log cannot be cut off yet: %s", error.orig)
        return
    if not busy:
        del connection.info[_MARK]
