"""The one thread that writes: many waiting writes share a durable commit, each in its savepoint."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from kiosk.errors import Unavailable

log = logging.getLogger("kiosk.database")

MOST_PER_COMMIT = 2_000
"""Writes that may share one commit; more wait for the next (findings.md, votes into the hub)."""

Write = Callable[[Connection], Any]
WriteEach = Callable[[Connection, Sequence[Any]], Sequence[Any]]
"""Writes many items at once; returns for each its result, or the exception that it alone raises."""

_OWN_FAULT = (IntegrityError, DataError, ProgrammingError)
"""What a write alone is to blame for: it fails by itself and is raised as it is."""


def unavailable(error: DBAPIError) -> Unavailable:
    """Return the refusal that a visitor can be shown for a failure of the database.

    The log names the cause for the operator; statements and what they carried stay out of it.
    """
    log.error("the database failed: %s: %s", type(error.orig).__name__, error.orig)
    return Unavailable("This cannot be kept just now.", "Nothing was kept. Try again in a moment.")


@dataclass(slots=True)
class _Pending:
    """A write that waits, and where its outcome goes."""

    fn: Write
    loop: asyncio.AbstractEventLoop | None
    future: asyncio.Future[Any] | Future[Any]
    each: WriteEach | None = None
    item: Any = None
    result: Any = None
    error: BaseException | None = None

    def settle(self) -> None:
        """Hand the outcome over, in the thread that owns the future."""
        if self.future.done():  # the asker has gone: the write stands all the same
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Runs writes in order of arrival on its own thread.

    A write is a function of a connection and may be run twice when the commit that it shared
    with others failed: it must have no effect but on the database.
    """

    def __init__(
        self,
        transaction: Callable[[], AbstractContextManager[Connection]],
        committed: Callable[[], None],
        name: str,
    ) -> None:
        self._transaction = transaction
        self._committed = committed
        self._waiting: queue.SimpleQueue[_Pending | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"writer-{name}", daemon=True)
        self._thread.start()

    async def write(self, fn: Write) -> Any:
        """Run *fn* in a transaction; return its result after the durable commit.

        Raises:
            Unavailable: the database could not take it; nothing was kept.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._waiting.put(_Pending(fn, loop, future))
        return await future

    async def write_each(self, each: WriteEach, item: Any) -> Any:
        """Run *each* on *item* and its neighbours that wait for the same; return its result.

        Raises:
            Unavailable: the database could not take it; nothing was kept.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._waiting.put(_Pending(_alone_of(each, item), loop, future, each, item))
        return await future

    def write_now(self, fn: Write) -> Any:
        """The same for callers without an event loop; blocks until the commit."""
        future: Future[Any] = Future()
        self._waiting.put(_Pending(fn, None, future))
        return future.result()

    def close(self) -> None:
        """Finish what waits, then end the thread."""
        self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        for batch in self._batches():
            self._commit(batch)
            self._settle(batch)

    def _batches(self) -> Iterator[list[_Pending]]:
        """Yield what has gathered since the last commit, without waiting for more."""
        ended = False
        while not ended:
            first = self._waiting.get()
            if first is None:
                return
            batch = [first]
            while len(batch) < MOST_PER_COMMIT:
                try:
                    pending = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if pending is None:
                    ended = True
                    break
                batch.append(pending)
            yield batch

    def _commit(self, batch: list[_Pending]) -> None:
        if len(batch) > 1:
            try:
                with self._transaction() as connection:
                    for each, alike in groupby(batch, lambda pending: pending.each):
                        _write(connection, each, list(alike))
                return
            except DBAPIError:
                # A full disk or a lost server undoes the whole transaction, also the writes
                # before the one that met it: each then has its own try and its own outcome.
                pass
        for pending in batch:
            self._alone(pending)

    def _alone(self, pending: _Pending) -> None:
        pending.error = None
        try:
            with self._transaction() as connection:
                pending.result = pending.fn(connection)
        except _OWN_FAULT as error:
            pending.error = error
        except DBAPIError as error:
            pending.error = unavailable(error)
            pending.error.__cause__ = error
        except BaseException as error:  # noqa: BLE001 - the asker's thread raises it again
            pending.error = error

    def _settle(self, batch: list[_Pending]) -> None:
        self._committed()
        by_loop: dict[asyncio.AbstractEventLoop, list[_Pending]] = {}
        for pending in batch:
            if pending.loop is None:
                pending.settle()
            else:
                by_loop.setdefault(pending.loop, []).append(pending)
        for loop, theirs in by_loop.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_settle_all, theirs)


def _settle_all(pending: list[_Pending]) -> None:
    for each in pending:
        each.settle()


def _alone_of(each: WriteEach, item: Any) -> Write:
    """Return the write of one item by itself."""

    def write(connection: Connection) -> Any:
        (result,) = each(connection, [item])
        if isinstance(result, BaseException):
            raise result
        return result

    return write


def _write(connection: Connection, each: WriteEach | None, alike: list[_Pending]) -> None:
    """Run neighbours of a shared commit: at once where they can, else each in its savepoint."""
    if each is not None and len(alike) > 1 and _at_once(connection, each, alike):
        return
    for pending in alike:
        _in_savepoint(connection, pending)


def _at_once(connection: Connection, each: WriteEach, alike: list[_Pending]) -> bool:
    """Write the items of *alike* together; False, and nothing written, where one is at fault."""
    connection.exec_driver_sql("SAVEPOINT many_writes")
    try:
        results = each(connection, [pending.item for pending in alike])
    except DBAPIError as error:
        if not isinstance(error, _OWN_FAULT):
            raise
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT many_writes")
        return False
    except Exception:  # noqa: BLE001 - each item alone shows whose it is
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT many_writes")
        return False
    connection.exec_driver_sql("RELEASE SAVEPOINT many_writes")
    for pending, result in zip(alike, results, strict=True):
        if isinstance(result, BaseException):
            pending.error = result
        else:
            pending.result = result
    return True


def _in_savepoint(connection: Connection, pending: _Pending) -> None:
    """Run one write of a shared commit; its own failure undoes only itself."""
    connection.exec_driver_sql("SAVEPOINT one_write")
    try:
        pending.result = pending.fn(connection)
    except DBAPIError as error:
        if not isinstance(error, _OWN_FAULT):
            raise
        pending.error = error
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one_write")
    except BaseException as error:  # noqa: BLE001 - the asker's thread raises it again
        pending.error = error
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one_write")
    connection.exec_driver_sql("RELEASE SAVEPOINT one_write")
