"""The one thread that writes: many waiting writes share a durable commit, each in its savepoint."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from itertools import chain, groupby
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from kiosk.errors import Overloaded, Unavailable

log = logging.getLogger("kiosk.database")

MOST_PER_COMMIT = 2_000
"""Writes that may share one commit; more wait for the next (findings.md, votes into the hub)."""

MOST_WAITING = 10_000
"""Writes that may wait for a commit, five commits' worth; who comes then is asked to come again."""

MOST_FAILURES = 5
"""Writes tried alone one after another until the database is taken to be gone for the others, too:
two thousand phones are not to wait for two thousand time-outs."""

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
    return unavailable_again()


def unavailable_again() -> Unavailable:
    """Return the same refusal where the log has the cause already."""
    return Unavailable("This cannot be kept just now.", "Nothing was kept. Try again in a moment.")


class _Pending(Struct, eq=False):
    """A write that waits, and where its outcome goes: *fn* alone, or *each* with its *item*."""

    fn: Write | None
    each: WriteEach | None
    item: Any
    loop: asyncio.AbstractEventLoop | None
    future: asyncio.Future[Any] | Future[Any]
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
        *,
        beside_others: bool = False,
        most_waiting: int = MOST_WAITING,
    ) -> None:
        self.commits = 0
        self.written = 0
        self.refused = 0
        self._transaction = transaction
        self._committed = committed
        self._beside_others = beside_others
        self.most_waiting = most_waiting
        self._waiting: queue.SimpleQueue[_Pending | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=f"writer-{name}", daemon=True)
        self._thread.start()

    async def write(self, fn: Write) -> Any:
        """Run *fn* in a transaction; return its result after the durable commit.

        Raises:
            Overloaded: too many wait already; it was not even begun.
            Unavailable: the database could not take it; nothing was kept.
        """
        return await self._join(fn, None, None)

    async def write_each(self, each: WriteEach, item: Any) -> Any:
        """Run *each* on *item* and its neighbours that wait for the same; return its result.

        Raises:
            Overloaded: too many wait already; it was not even begun.
            Unavailable: the database could not take it; nothing was kept.
        """
        return await self._join(None, each, item)

    def write_now(self, fn: Write) -> Any:
        """The same for callers without an event loop; blocks until the commit."""
        future: Future[Any] = Future()
        self._waiting.put(_Pending(fn, None, None, None, future))
        return future.result()

    def _join(self, fn: Write | None, each: WriteEach | None, item: Any) -> asyncio.Future[Any]:
        """Have a write wait for its turn.

        What is refused is refused here, before it waits; what waits is answered.
        """
        if self._waiting.qsize() >= self.most_waiting:
            self.refused += 1
            raise Overloaded("Too many answers at once.", "Try again in a moment.")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._waiting.put(_Pending(fn, each, item, loop, future))
        return future

    def close(self) -> None:
        """Finish what waits, then end the thread."""
        self._waiting.put(None)
        self._thread.join()

    @property
    def waiting(self) -> int:
        """How many writes wait for the next commit."""
        return self._waiting.qsize()

    def _run(self) -> None:
        for batch in chain.from_iterable(map(self._parts, self._batches())):
            self._commit(batch)
            self.commits += 1
            self.written += len(batch)
            self._settle(batch)

    def _batches(self) -> Iterator[list[_Pending]]:
        """Yield what has gathered since the last commit, without waiting for more."""
        ended = False
        while not ended:
            taken = [self._waiting.get()]
            more = min(self._waiting.qsize(), MOST_PER_COMMIT - 1)  # this thread alone takes out
            taken += [self._waiting.get() for _ in range(more)]
            batch = [pending for pending in taken if pending is not None]
            ended = len(batch) < len(taken)
            if batch:
                yield batch

    def _parts(self, batch: list[_Pending]) -> Iterator[list[_Pending]]:
        """Yield what may share a commit.

        Where other processes write beside this one, a commit holds items for one function or
        other writes, never both: each takes its rows in the order of their keys, two one after
        the other do not, and processes would wait for each other in a circle.
        """
        if not self._beside_others:
            yield batch
            return
        for _, alike in groupby(batch, lambda pending: pending.each):
            yield list(alike)

    def _commit(self, batch: list[_Pending]) -> None:
        if len(batch) > 1 and (self._at_once(batch) or self._together(batch)):
            return
        failed = 0
        for pending in batch:
            if failed == MOST_FAILURES:
                pending.error = unavailable_again()
                continue
            self._alone(pending)
            failed = failed + 1 if isinstance(pending.error, Unavailable) else 0

    def _at_once(self, batch: list[_Pending]) -> bool:
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

    def _together(self, batch: list[_Pending]) -> bool:
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

    def _alone(self, pending: _Pending, *, once_more: bool = True) -> None:
        pending.error = None
        try:
            with self._transaction() as connection:
                pending.result = pending.run(connection)
        except _OWN_FAULT as error:
            pending.error = error
        except DBAPIError as error:
            if error.connection_invalidated and once_more:  # the server let go of this one
                self._alone(pending, once_more=False)
                return
            pending.error = unavailable(error)
            pending.error.__cause__ = error
        except BaseException as error:  # noqa: BLE001 - the asker's thread raises it again
            pending.error = error

    def _settle(self, batch: list[_Pending]) -> None:
        try:
            self._committed()
        except Exception:
            # Who listens to commits must neither hold up an answer nor end this thread.
            log.exception("a listener to commits failed")
        by_loop: dict[asyncio.AbstractEventLoop | None, list[_Pending]] = {}
        for pending in batch:
            by_loop.setdefault(pending.loop, []).append(pending)
        for loop, theirs in by_loop.items():
            if loop is None:
                _hand_over(theirs)
            else:
                with suppress(RuntimeError):  # the loop has closed: nobody waits there any more
                    loop.call_soon_threadsafe(_hand_over, theirs)


def _hand_over(batch: list[_Pending]) -> None:
    """Tell those who asked, in the thread that owns their futures."""
    for pending in batch:
        future = pending.future
        if future.done():  # the asker has gone: the write stands all the same
            continue
        if pending.error is None:
            future.set_result(pending.result)
        else:
            future.set_exception(pending.error)


def _share(batch: list[_Pending], results: Sequence[Any]) -> None:
    """Note each item's result, or the exception that it alone is to raise."""
    for pending, result in zip(batch, results, strict=True):
        if isinstance(result, BaseException):
            pending.error = result
        else:
            pending.result = result


def _write(connection: Connection, each: WriteEach | None, alike: list[_Pending]) -> None:
    """Run neighbours of a shared commit: at once where they can, else each in its savepoint."""
    if each is not None and len(alike) > 1 and _in_one_savepoint(connection, each, alike):
        return
    for pending in alike:
        _in_savepoint(connection, pending)


def _in_one_savepoint(connection: Connection, each: WriteEach, alike: list[_Pending]) -> bool:
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
    _share(alike, results)
    return True


def _in_savepoint(connection: Connection, pending: _Pending) -> None:
    """Run one write of a shared commit; its own failure undoes only itself."""
    pending.error = None
    connection.exec_driver_sql("SAVEPOINT one_write")
    try:
        pending.result = pending.run(connection)
    except DBAPIError as error:
        if not isinstance(error, _OWN_FAULT):
            raise
        pending.error = error
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one_write")
    except BaseException as error:  # noqa: BLE001 - the asker's thread raises it again
        pending.error = error
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one_write")
    connection.exec_driver_sql("RELEASE SAVEPOINT one_write")
