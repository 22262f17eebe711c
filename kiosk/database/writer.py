"""The one thread that writes: many waiting writes share a durable commit, each in its savepoint."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from itertools import chain, groupby
from typing import Any

from sqlalchemy import Connection

from kiosk.database.commits import Commits, Pending, Write, WriteEach
from kiosk.errors import Overloaded

log = logging.getLogger("kiosk.database")

MOST_PER_COMMIT = 2_000
"""Writes that may share one commit; more wait for the next (findings.md, votes into the hub)."""

MOST_WAITING = 10_000
"""Writes that may wait for a commit, five commits' worth; who comes then is asked to come again."""


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
        self._commits = Commits(transaction)
        self._committed = committed
        self._beside_others = beside_others
        self.most_waiting = most_waiting
        self._waiting: queue.SimpleQueue[Pending | None] = queue.SimpleQueue()
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
        self._waiting.put(Pending(fn, None, None, None, future))
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
        self._waiting.put(Pending(fn, each, item, loop, future))
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
            self._commits.run(batch)
            self.commits += 1
            self.written += len(batch)
            self._settle(batch)

    def _batches(self) -> Iterator[list[Pending]]:
        """Yield what has gathered since the last commit, without waiting for more."""
        ended = False
        while not ended:
            taken = [self._waiting.get()]
            more = min(self._waiting.qsize(), MOST_PER_COMMIT - 1)  # this thread alone takes out
            taken += [self._waiting.get() for _ in range(more)]
            ended = None in taken
            batch = [pending for pending in taken if pending is not None]
            if batch:
                yield batch

    def _parts(self, batch: list[Pending]) -> Iterator[list[Pending]]:
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

    def _settle(self, batch: list[Pending]) -> None:
        try:
            self._committed()
        except Exception:
            # Who listens to commits must neither hold up an answer nor end this thread.
            log.exception("a listener to commits failed")
        by_loop: dict[asyncio.AbstractEventLoop | None, list[Pending]] = {}
        for pending in batch:
            by_loop.setdefault(pending.loop, []).append(pending)
        for loop, theirs in by_loop.items():
            if loop is None:
                _hand_over(theirs)
            else:
                with suppress(RuntimeError):  # the loop has closed: nobody waits there any more
                    loop.call_soon_threadsafe(_hand_over, theirs)


def _hand_over(batch: list[Pending]) -> None:
    """Tell those who asked, in the thread that owns their futures."""
    for pending in batch:
        future = pending.future
        if future is None or future.done():  # the asker has gone: the write stands all the same
            continue
        if pending.error is None:
            future.set_result(pending.result)
        else:
            future.set_exception(pending.error)
