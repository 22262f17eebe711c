"""What is destroyed leaves the files too: SQLite's log still holds the pages that it stood on.

Free pages are overwritten at once (``secure_delete``); the log keeps the pages as they were before
and the new ones beside them, until it is written into the database and cut off.
"""

from __future__ import annotations

import logging
import math
import time
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool
from sqlalchemy.exc import DBAPIError

log = logging.getLogger("kiosk.database")

_PATIENCE_MS = 250
"""Milliseconds that readers may take to end; after them the next commit tries again."""

_REST_S = 10.0
"""Seconds until readers are waited for again. A program that copies the log reads all the time, and
no vote is to wait for it each time; between, a commit tries without waiting."""

_left: WeakKeyDictionary[Pool, float] = WeakKeyDictionary()
"""Databases of which something is to be cut off, by their connections: the next to write may be any
of them. With the moment when readers were waited for last."""


def forget(connection: Connection) -> None:
    """Have what this transaction destroys be cut out of the log once it is committed."""
    _left.setdefault(connection.engine.pool, -math.inf)


def cut_off(connection: Connection, usual_patience_ms: int) -> None:
    """After a commit: write SQLite's log into the database and cut it off, if need be.

    A reader in the way, or a disk that fails, leaves it for the next commit: what was committed
    stands, and must not be told as failed.
    """
    pool, now = connection.engine.pool, time.monotonic()
    waited_at = _left.get(pool)
    if waited_at is None:
        return
    waits = now - waited_at > _REST_S
    if waits:
        _left[pool] = now
    try:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE_MS if waits else 0}")
        try:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {usual_patience_ms}")
    except DBAPIError as error:
        log.warning("the log cannot be cut off yet: %s", error.orig)
        return
    if not busy:
        _left.pop(pool, None)
