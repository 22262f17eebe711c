"""PostgreSQL: psycopg, durable commits, no lock needed before a write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Connection, Engine, bindparam, create_engine, event, text
from sqlalchemy.engine import URL, ExceptionContext

DISCREET = {
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""Settings without which the server's own log repeats what residents write (docs/operator.md)."""

_SETTINGS = text("SELECT name, setting FROM pg_settings WHERE name IN :names").bindparams(
    bindparam("names", expanding=True)
)


def engine(url: URL, connections: int) -> Engine:
    """Return an engine on the server of *url*, with at most so many connections."""
    made = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # an error that is logged must not carry what a resident wrote
        pool_pre_ping=True,
        connect_args={"application_name": "kiosk", "connect_timeout": 5},
    )
    event.listen(made, "handle_error", _say_less)
    return made


def say_less(error: BaseException) -> None:
    """Leave of an error of the server's what is wrong, without the row that is wrong.

    Its detail repeats that row, with what a resident wrote, and whoever logs it would too.
    """
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        error.args = (error.diag.message_primary,)


def _say_less(context: ExceptionContext) -> None:
    error, told = context.original_exception, context.sqlalchemy_exception
    say_less(error)
    if told is not None:  # its words were put together from the longer ones
        told.args = (f"({type(error).__module__}.{type(error).__qualname__}) {error}",)


def indiscreet(connection: Connection) -> list[str]:
    """Return the settings by which the server's log would repeat what residents write."""
    rows = connection.execute(_SETTINGS, {"names": list(DISCREET)})
    return sorted(row.name for row in rows if row.setting != DISCREET[row.name])


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
