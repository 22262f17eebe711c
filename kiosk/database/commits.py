"""Many writes in one durable commit; what fails in it fails alone, and its neighbours stand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from itertools import groupby
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from kiosk.errors import Unavailable

log = logging.getLogger("kiosk.database")

MOST_FAILURES = 5
"""Writes tried alone one after another until the database is taken to be gone for the others, too:
two thousand phones are not to wait for two thousand time-outs."""

Write = Callable[[Connection], Any]
WriteEach = Callable[[Connection, Sequence[Any]], Sequence[Any]]
"""Writes many items at once; returns for each its result, or the exception that it alone raises."""

OWN_FAULT = (IntegrityError, DataError, ProgrammingError)
"""What a write alone is to blame for: it fails by itself and is raised as it is."""


def unavailable(error: DBAPIError) -> Unavailable:
    """Return the refusal that a visitor can be shown for a failure of the database.

    The log names the cause for the operator; statements and what they carried stay out of it.
    """
    log.error("the database failed: %s: %s", type(error.orig).__name__, error.orig)
    return unavailable_again()


def unavailable_again() -> Unavailable:
    """Return the same refusal where the log has the cause already."""
    return Unavailable("This cannot be kept just now.", "Nothing was kept. Try again in a moment.")


class Pending(Struct, eq=False):
    """A write that waits, and where its outcome goes: *fn* alone, or *each* with its *item*."""

    fn: Write | None
    each: WriteEach | None
    item: Any
    loop: asyncio.AbstractEventLoop | None
    future: asyncio.Future[Any] | Future[Any] | None
    result: Any = None
    error: BaseException | None = None

    def run(self, connection: Connection) -> Any:
        """Do the write by itself."""
        if self.fn is not None:
            return self.fn(connection)
        assert self.each is not None
        (result,) = self.each(connection, [self.item])
        if isinstance(result, BaseException):
            raise result
        return result


class Commits:
    """Runs batches of writes, each batch in a *transaction* of its own; one thread at a time."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def run(self, batch: list[Pending]) -> None:
        """Write *batch* in one commit, or one by one where that fails; each notes its outcome."""
        if len(batch) > 1 and (self._at_once(batch) or self._together(batch)):
            return
        failed = 0
        for pending in batch:
            if failed == MOST_FAILURES:
                pending.error = unavailable_again()
                continue
            self._alone(pending)
            failed = failed + 1 if isinstance(pending.error, Unavailable) else 0

    def _at_once(self, batch: list[Pending]) -> bool:
        """Commit items that wait for the same function with one call of it, where they all do."""
        each = batch[0].each
        if each is None or any(pending.each is not each for pending in batch):
            return False
        try:
            with self._transaction() as connection:
                _share(batch, each(connection, [pending.item for pending in batch]))
        except Exception:  # noqa: BLE001 - each item alone shows whose fault it is
            return False
        return True

    def _together(self, batch: list[Pending]) -> bool:
        """Commit writes of several kinds at once, each kind and each write undone by itself."""
        try:
            with self._transaction() as connection:
                for each, alike in groupby(batch, lambda pending: pending.each):
                    _write(connection, each, list(alike))
        except Exception:  # noqa: BLE001 - whatever it is, it must not end this thread
            # A full disk or a lost server undoes the whole transaction, also the writes
            # before the one that met it: each then has its own try and its own outcome.
            return False
        return True

    def _alone(self, pending: Pending, *, once_more: bool = True) -> None:
        pending.error = None
        try:
            with self._transaction() as connection:
                pending.result = pending.run(connection)
        except OWN_FAULT as error:
            pending.error = error
        except DBAPIError as error:
            if error.connection_invalidated and once_more:  # the server let go of this one
                self._alone(pending, once_more=False)
                return
            pending.error = unavailable(error)
            pending.error.__cause__ = error
        except BaseException as error:  # noqa: BLE001 - the asker's thread raises it again
            pending.error = error


def _share(batch: list[Pending], results: Sequence[Any]) -> None:
    """Note each item's result, or the exception that it alone is to raise."""
    for pending, result in zip(batch, results, strict=True):
        if isinstance(result, BaseException):
            pending.error = result
        else:
            pending.result = result


def _write(connection: Connection, each: WriteEach | None, alike: list[Pending]) -> None:
    """Run neighbours of a shared commit: at once where they can, else each in its savepoint."""
    if each is not None and len(alike) > 1 and _in_one_savepoint(connection, each, alike):
        return
    for pending in alike:
        _in_savepoint(connection, pending)


def _in_one_savepoint(connection: Connection, each: WriteEach, alike: list[Pending]) -> bool:
    """Write the items of *alike* together; False, and nothing written, where one is at fault."""
    connection.exec_driver_sql("SAVEPOINT many_writes")
    try:
        results = each(connection, [pending.item for pending in alike])
    except DBAPIError as error:
        if not isinstance(error, OWN_FAULT):
            raise
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT many_writes")
        return False
    except Exception:  # noqa: BLE001 - each item alone shows whose it is
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT many_writes")
        return False
    connection.exec_driver_sql("RELEASE SAVEPOINT many_writes")
    _share(alike, results)
    return True


def _in_savepoint(connection: Connection, pending: Pending) -> None:
    """Run one write of a shared commit; its own failure undoes only itself."""
    pending.error = None
    connection.exec_driver_sql("SAVEPOINT one_write")
    try:
        pending.result = pending.run(connection)
    except DBAPIError as error:
        if not isinstance(error, OWN_FAULT):
            raise
        pending.error = error
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one_write")
    except BaseException as error:  # noqa: BLE001 - the asker's thread raises it again
        pending.error = error
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one_write")
    connection.exec_driver_sql("RELEASE SAVEPOINT one_write")
