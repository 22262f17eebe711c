"""PostgreSQL: psycopg, durable commits, no lock needed before a write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL


def engine(url: URL, connections: int) -> Engine:
    """Return an engine on the server of *url*, with at most so many connections."""
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # an error that is logged must not carry what a resident wrote
        pool_pre_ping=True,
        connect_args={"application_name": "kiosk", "connect_timeout": 5},
    )


def by_statement(engine: Engine) -> Engine:
    """Return an engine on the same connections, on which each statement is a transaction."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def begin(connection: Connection) -> None:
    """Nothing to do: the driver begins with the first statement."""
    del connection


def begin_reading(connection: Connection) -> None:
    """Begin a read on one consistent snapshot."""
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def committed(connection: Connection) -> None:
    """Nothing to do: the server's log and free pages are the server's, and its archive's."""
    del connection


@contextmanager
def exclusive(of: Engine) -> Iterator[None]:
    """Nothing to hold: rows are locked one by one."""
    del of
    yield
