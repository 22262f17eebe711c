"""Puts a prepared database in the place of the hub's, at once or not at all; keeps the old one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
import pysqlite3
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from kiosk import ids
from kiosk.apps.opening import in_use
from kiosk.database import copies
from kiosk.database.migrate import migrate
from kiosk.errors import Unavailable
from kiosk.settings import Settings

LEAVING_S = 3.0
"""Seconds in which who stopped before a restoration has left the database server."""

_OTHERS = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'kiosk'"
)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema ORDER BY tablename"


def must_be_alone(settings: Settings) -> None:
    """Raise when anything has the hub's database open, also what is no program of ours.

    Raises:
        Conflict: something has.
        Unavailable: the database server does not answer.
    """
    file = settings.hub_file
    if file is None:
        with _server(settings.hub_database) as connection:
            _refuse_company(connection)
    elif file.exists():
        with _alone(file):
            pass


def swap_in(settings: Settings, prepared: Path, now: datetime) -> str:
    """Put the *prepared* SQLite file in place; return where the old database is kept.

    Raises:
        Conflict: a process has the hub's database open.
        Unavailable: it could not be done; all is as it was.
    """
    name = f"before-restore-{now:%Y%m%d-%H%M%S}-{ids.secret(2).hex()}"
    file = settings.hub_file
    if file is None:
        return _swap_tables(settings.hub_database, prepared, name.replace("-", "_"))
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        prepared.replace(file)
        copies.sync(file)
        return ""
    with _alone(file):
        return str(_swap_files(file, prepared, file.parent / name))


def _swap_files(file: Path, prepared: Path, aside: Path) -> Path:
    """Keep the old files under a second name first: at every moment one whole hub is there."""
    aside.mkdir(mode=0o700)
    beside = [file.with_name(f"{file.name}-{kind}") for kind in ("wal", "shm")]
    beside = [each for each in beside if each.exists()]
    for each in (file, *beside):
        os.link(each, aside / each.name)
    copies.sync(aside)
    for each in beside:
        each.unlink()
    prepared.replace(file)
    copies.sync(file)
    return aside


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Hold a SQLite file that nobody else has open, with its WAL written into it.

    SQLite gives up WAL only to whoever is alone. A file that is damaged cannot be asked: it is
    taken as it is.

    Raises:
        Conflict: another process has it open.
    """
    with closing(pysqlite3.connect(file, timeout=0.2, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except pysqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise in_use() from error
        except pysqlite3.DatabaseError:
            pass
        yield


def _engine(url: str) -> Engine:
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"application_name": "kiosk restore", "connect_timeout": 5},
    )


@contextmanager
def _server(url: str) -> Iterator[Connection]:
    """One transaction on PostgreSQL.

    Raises:
        Unavailable: it could not be done; all is as it was.
    """
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            yield connection
            connection.commit()
    except (DBAPIError, psycopg.Error) as error:
        said = str(getattr(error, "orig", error)).splitlines()[0]
        raise Unavailable(
            f"PostgreSQL did not take it: {said}", "All is as it was. Mend that, then try again."
        ) from error
    finally:
        engine.dispose()


def _refuse_company(connection: Connection) -> None:
    """Raise where others are there, and are not just on their way out.

    Who has let go of a server is seen there for a moment more: as long as its process takes to end.
    """
    until = time.monotonic() + LEAVING_S
    while connection.exec_driver_sql(_OTHERS).scalar():
        if time.monotonic() > until:
            raise in_use()
        time.sleep(0.05)
        connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")


def _swap_tables(url: str, prepared: Path, aside: str) -> str:
    """Move the old tables into a schema of their own and fill new ones, in one transaction."""
    with _server(url) as connection:
        old = list(connection.exec_driver_sql(_TABLES).scalars())
        if old:
            connection.exec_driver_sql(f"CREATE SCHEMA {aside}")
        for table in old:
            connection.exec_driver_sql(f"ALTER TABLE {table} SET SCHEMA {aside}")
        migrate(connection)
        for table in connection.exec_driver_sql(_TABLES).scalars().all():
            connection.exec_driver_sql(f"TRUNCATE {table}")
        copies.fill(connection, prepared)
        _refuse_company(connection)
    return f"schema {aside}" if old else ""
