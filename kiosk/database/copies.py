"""Whole copies of a database, each one SQLite file, and PostgreSQL tables filled from such a copy.

The copy of a PostgreSQL is a SQLite file too: there is one form to verify and to restore, no tool
of the server's own version is needed, and a hub can move from one dialect to the other. The tables
are the same on both.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from kiosk.database import postgresql, sqlite
from kiosk.database.migrate import migrate, revision
from kiosk.errors import Unavailable

ROWS = 5_000
"""Rows that are carried from one database to the other at once."""

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_YES_OR_NO = (
    "SELECT table_name, column_name FROM information_schema.columns"
    " WHERE table_schema = current_schema AND data_type = 'boolean'"
)


def copy_out(url: str, to: Path) -> None:
    """Write the database at *url*, as of one moment, to the new file *to*; others go on writing.

    Raises:
        Unavailable: it cannot be read, or the disk is full; *to* may be there, half written.
    """
    address = make_url(url)
    try:
        if address.get_backend_name() == "sqlite":
            _copy_sqlite(Path(str(address.database)), to)
        else:
            _copy_postgresql(url, to)
    except (pysqlite3.Error, DBAPIError, OSError) as error:
        raise Unavailable(
            f"The copy failed: {type(error).__name__}.",
            "Check that the database answers and that the disk has space.",
        ) from error


@contextmanager
def read_only(path: Path) -> Iterator[Connection]:
    """Open a copy without changing an octet of it, or of its folder.

    Raises:
        Unavailable: it is no database, or cannot be read.
    """
    with _opened(path, "immutable=1") as connection:
        yield connection


@contextmanager
def looking(path: Path) -> Iterator[Connection]:
    """Open a hub's own file to read, with what its WAL holds.

    Raises:
        Unavailable: as :func:`read_only`.
    """
    with _opened(path, "mode=ro") as connection:
        yield connection


@contextmanager
def _opened(path: Path, how: str) -> Iterator[Connection]:
    engine = create_engine(
        "sqlite://",
        creator=lambda: pysqlite3.connect(f"{_address(path)}?{how}", uri=True),
        module=pysqlite3,
        poolclass=NullPool,
    )
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise Unavailable(f"{path} cannot be read: {error.orig}.", "Take another file.") from error
    finally:
        engine.dispose()


@contextmanager
def changing(path: Path) -> Iterator[Connection]:
    """Change a copy in one transaction.

    Raises:
        Unavailable: it could not be changed; it is as it was.
    """
    engine = sqlite.engine(make_url(f"sqlite:///{path}"), 1)
    try:
        with engine.connect() as connection:
            sqlite.begin(connection)
            yield connection
            connection.commit()
    except DBAPIError as error:
        raise Unavailable(f"{path} cannot be changed: {error.orig}.", "Check the disk.") from error
    finally:
        engine.dispose()


def settle(path: Path) -> None:
    """Make a copy one durable file, with nothing left in free pages and nothing beside it.

    Raises:
        Unavailable: the disk is full or cannot be written.
    """
    try:
        with closing(pysqlite3.connect(path, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode = DELETE")
            copy.execute("VACUUM")
        sync(path)
    except (pysqlite3.Error, OSError) as error:
        raise Unavailable(f"{path} cannot be finished: {error}.", "Check the disk.") from error


def sync(path: Path) -> None:
    """Make a file and its name durable."""
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def fill(connection: Connection, path: Path) -> int:
    """Put every row of the copy at *path* into PostgreSQL's empty tables; return how many."""
    driver: Any = connection.connection.driver_connection
    flags = {tuple(row) for row in connection.exec_driver_sql(_YES_OR_NO)}
    total = 0
    with (
        closing(pysqlite3.connect(_address(path) + "?immutable=1", uri=True)) as copy,
        driver.cursor() as cursor,
    ):
        for table, columns in _tables(copy):
            truth = [(table, column) in flags for column in columns]
            into = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
            with cursor.copy(into) as copying:
                for row in copy.execute(_select(table, columns)):
                    copying.write_row([_typed(v, t) for v, t in zip(row, truth, strict=True)])
                    total += 1
    return total


def _copy_sqlite(source: Path, to: Path) -> None:
    with closing(pysqlite3.connect(source)) as live, closing(pysqlite3.connect(to)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    sync(to)


def _copy_postgresql(url: str, to: Path) -> None:
    engine = postgresql.engine(make_url(url), 1)
    try:
        with engine.connect() as connection:
            postgresql.begin_reading(connection)
            known = revision(connection)
            _make_tables(to, known)
            driver: Any = connection.connection.driver_connection
            with closing(pysqlite3.connect(to, isolation_level=None)) as copy:
                _take_over(copy, _rows_of(driver))
    finally:
        engine.dispose()
    settle(to)


def _make_tables(path: Path, known: str) -> None:
    with changing(path) as connection:
        migrate(connection, known)


def _rows_of(driver: Any) -> Callable[[str, tuple[str, ...]], Iterable[tuple[Any, ...]]]:
    def rows(table: str, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
        with driver.cursor(name="copy") as cursor:
            cursor.itersize = ROWS
            cursor.execute(_select(table, columns))
            yield from cursor

    return rows


def _take_over(
    copy: Any, rows: Callable[[str, tuple[str, ...]], Iterable[tuple[Any, ...]]]
) -> None:
    """Fill the copy's tables, emptied of what a migration put there, in one transaction."""
    copy.execute("BEGIN IMMEDIATE")
    for table, columns in _tables(copy):
        copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names from our own schema
        places = ", ".join("?" * len(columns))
        into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - same
        copy.executemany(into, rows(table, columns))
    copy.execute("COMMIT")


def _tables(copy: Any) -> list[tuple[str, tuple[str, ...]]]:
    names = [row[0] for row in copy.execute(_TABLES)]
    return [(n, tuple(c[1] for c in copy.execute(f"PRAGMA table_info({n})"))) for n in names]


def _select(table: str, columns: tuple[str, ...]) -> str:
    return f"SELECT {', '.join(columns)} FROM {table}"  # noqa: S608 - names from our own schema


def _typed(value: Any, is_flag: bool) -> Any:
    return bool(value) if is_flag and value is not None else value


def _address(path: Path) -> str:
    return path.absolute().as_uri()
