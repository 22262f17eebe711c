"""SQLite: WAL with synchronous=FULL, a bundled recent library, a fair lock before each write.

Why FULL, why not Debian's SQLite and why the lock: architecture.md, rule 1.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

import pysqlite3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from kiosk.database.commits import unavailable_again
from kiosk.database.forgetting import cut_off

log = logging.getLogger("kiosk.database")

PATIENCE_MS = 10_000

LOG_PAGES = 1_000
"""Pages of 4 KiB that the log holds until it is brought into the file; SQLite's own default."""

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA busy_timeout = {PATIENCE_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
)


def engine(url: URL, connections: int, log_pages: int = LOG_PAGES) -> Engine:
    """Return an engine on the file of *url*, with at most so many connections."""
    made = create_engine(
        url.set(drivername="sqlite"),
        module=pysqlite3,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # an error that is logged must not carry what a resident wrote
        connect_args={"check_same_thread": False, "timeout": 10},
    )
    event.listen(made, "connect", partial(_prepare, log_pages=log_pages))
    event.listen(made, "handle_error", _illegible)
    return made


def _illegible(context: ExceptionContext) -> DatabaseError | None:
    """Call text in which a bit turned over what it is: the driver fails to even say so."""
    if not isinstance(context.original_exception, UnicodeDecodeError):
        return None
    damaged = pysqlite3.DatabaseError("a text in the database is damaged")
    return DatabaseError(context.statement, None, damaged, hide_parameters=True)


def _prepare(connection: Any, _record: Any, *, log_pages: int) -> None:
    """Set a new connection up; transactions are begun by hand, not by the driver."""
    connection.isolation_level = None
    try:
        for pragma in PRAGMAS:
            connection.execute(pragma)
        connection.execute(f"PRAGMA wal_autocheckpoint = {log_pages}")
    except UnicodeDecodeError as error:
        # The driver cannot even read what SQLite says of a damaged table of contents.
        raise pysqlite3.DatabaseError("database disk image is malformed") from error


def by_statement(engine: Engine) -> Engine:
    """Return the same: a transaction saves it a commit for each statement."""
    return engine


def begin(connection: Connection) -> None:
    """Begin a write transaction: at once, so that it never has to be given up half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def begin_reading(connection: Connection) -> None:
    """Begin a read on one consistent snapshot."""
    connection.exec_driver_sql("BEGIN")


def committed(connection: Connection) -> None:
    """Do what a commit leaves to be done, before another may write."""
    cut_off(connection, PATIENCE_MS)


@contextmanager
def exclusive(of: Engine) -> Iterator[None]:
    """Hold the write lock that all processes on the file queue for.

    SQLite's own busy handler lets a steady writer starve the others, and so does one lock: who
    gives it back takes it again before the one who waits is awake. So there are two, a door and
    the place inside: who is next waits in the door, and whoever comes out stands behind. Nobody
    waits for more than one commit of another.

    Raises:
        Unavailable: a lock's file cannot be opened, as on a disk that was mounted read-only after
            an error, or in a process with too many files open.
    """
    file = str(of.url.database)
    with ExitStack() as both:
        with _held(file + ".door"):
            both.enter_context(_held(file + ".lock"))
        yield


@contextmanager
def _held(path: str) -> Iterator[None]:
    """Hold a lock that ends with its process, however it ends."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        log.error("the lock cannot be opened: %s", error)
        raise unavailable_again() from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
