"""Follows the head of the feed, so that open screens hear of what any process has committed.

The head is one row: looking at it ten times a second costs next to nothing on both databases, and
a commit of this process is looked at without waiting.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

from sqlalchemy import Connection

from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.messaging import feed_store

EVERY_S = 0.1
"""Seconds between two looks at the head when this process commits nothing itself."""

REST_S = 0.02
"""Seconds between two looks, however fast this process commits."""


@dataclass(eq=False)
class Changes:
    """The feed's head as this process knows it; run :meth:`follow` as a task of its loop."""

    database: Database
    every: float = EVERY_S
    head: int = -1
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    _committed: asyncio.Event = field(default_factory=asyncio.Event)

    async def follow(self) -> None:
        """Look at the head until cancelled; a database that cannot be read is tried again."""
        loop = asyncio.get_running_loop()

        def committed() -> None:
            loop.call_soon_threadsafe(self._committed.set)

        self.database.committed.append(committed)
        try:
            while True:
                await self._look()
                await asyncio.sleep(REST_S)
                await self.commit(self.every)
        finally:
            self.database.committed.remove(committed)

    async def commit(self, seconds: float) -> None:
        """Return after this process's next commit, or when the seconds are over."""
        # Not asyncio.wait_for: before Python 3.12 it swallows a cancellation that comes together
        # with what it waits for, and the process would not end.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._committed.wait()

    async def beyond(self, position: int, seconds: float) -> None:
        """Return once the head is behind *position*, or when the seconds are over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.head <= position:
                    await self._moved.wait()

    async def _look(self) -> None:
        self._committed.clear()
        with contextlib.suppress(Unavailable):
            head = await self.database.read(_head)
            if head != self.head:
                self.head = head
                moved, self._moved = self._moved, asyncio.Event()
                moved.set()


def _head(connection: Connection) -> int:
    return feed_store.head(connection)
