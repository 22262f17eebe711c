"""Opens the hub's database, and first does again what an older one does not know.

What was erased, who was let in and who was shut out is kept apart from the database.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine, event

from kiosk import clock
from kiosk.database import apart
from kiosk.database.connection import Database
from kiosk.errors import Conflict, KioskError, Unavailable
from kiosk.moderation import erasure
from kiosk.people import admissions
from kiosk.settings import Settings
from kiosk.sync import later

_log = logging.getLogger(__name__)

LOG_PAGES = 8_000
"""Pages of SQLite's log, 32 MB, at a hub: a hall's votes fall on the same ones again and again. A
screen keeps to fewer: damage to the log is damage to what it has not sent (docs/reliability.md)."""

_IN_USE = "hub.in-use"
"""In the data folder: locked by every process that has the hub open, and by a restore alone."""


def open_hub(settings: Settings) -> Database:
    """Return the hub's database, with what is kept apart from it applied.

    Tables of another version are left alone; :func:`migrate` applies it after them.

    Raises:
        Unavailable: it or what is kept apart cannot be written, or a restore is under way.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = _lock(
        settings.data / _IN_USE,
        fcntl.LOCK_SH,
        Unavailable("The hub is being restored.", "Wait until that has ended, then start again."),
    )
    try:
        database = Database.open(settings.hub_database, LOG_PAGES)
    except BaseException:
        os.close(held)
        raise
    _let_go_with(database.engine, held)
    apart.attach(database.engine, settings.data)
    try:
        if database.is_current():
            _follow(database)
    except BaseException:
        database.close()
        raise
    return database


def migrate(database: Database) -> None:
    """Bring an open hub's tables to this program's schema, and apply what is kept apart.

    Raises:
        Unavailable: the database or what is kept apart cannot be written.
    """
    database.migrate()
    _follow(database)


@contextmanager
def closed_hub(settings: Settings) -> Iterator[None]:
    """Keep every process from opening the hub, as long as the block lasts.

    Raises:
        Conflict: one has it open.
    """
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = _lock(settings.data / _IN_USE, fcntl.LOCK_EX, in_use())
    try:
        yield
    finally:
        os.close(held)


def in_use() -> Conflict:
    """Return the refusal of whoever needs the hub closed."""
    return Conflict(
        "The hub runs: its database is in use.",
        "Stop it first: `systemctl stop kiosk-public kiosk-desk`, or end `kiosk hub`.",
    )


def _lock(path: Path, how: int, refusal: KioskError) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise refusal from error
    return descriptor


def _let_go_with(engine: Engine, descriptor: int) -> None:
    """Give the lock back when the database is closed; a killed process gives it back anyway."""

    @event.listens_for(engine, "engine_disposed", once=True)
    def let_go(_: Engine) -> None:
        os.close(descriptor)


def _follow(database: Database) -> None:
    again, met = database.write_now(partial(follow, now=clock.now()))
    if again or met:
        _log.warning(
            "this database is an older one: %d comments were erased, %d people and kiosks let in"
            " or shut out again",
            again,
            met,
        )


def follow(connection: Connection, now: datetime) -> tuple[int, int]:
    """Apply what is kept apart; return how many were erased again, and let in or shut out.

    Then take up what kiosks told before this program knew it.
    """
    met = admissions.follow(connection)
    again = erasure.follow_list(connection, now)
    later.take_up(connection, now)
    return again, met
