"""Follows the head of the feed, so that open screens hear of what any process has committed.

On PostgreSQL a commit that moves the head says so (NOTIFY in the same transaction); while the line
that hears it is broken, the head is looked at instead. On SQLite it is looked at fifty times a
second, which costs less than a look at ``PRAGMA data_version`` would save: that moves with every
vote, the head with every publication.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

from kiosk.database.connection import Database
from kiosk.database.glance import Glance
from kiosk.database.listening import Listening
from kiosk.errors import Unavailable
from kiosk.messaging import feed_store

GLANCE_S = 0.02
"""Seconds between two looks at the head of an SQLite file, 5 µs each."""

LOOK_S = 0.1
"""Seconds between two looks on PostgreSQL while nothing is heard from it."""

SURE_S = 1.0
"""Seconds after which the head is looked at although nothing was heard."""

REST_S = 0.02
"""Seconds between two looks, however fast news come."""


@dataclass(eq=False)
class Changes:
    """The feed's head as this process knows it; run :meth:`follow` as a task of its loop."""

    database: Database
    head: int = -1
    _moved: asyncio.Event = field(default_factory=asyncio.Event)
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    _line: Listening | None = None

    def __post_init__(self) -> None:
        if self.database.dialect == "postgresql":
            self._line = Listening(self.database.engine.url, self._heard.set)

    @property
    def turn(self) -> bool:
        """Whether this process publishes tallies: one of those on the database does.

        While its line is broken it cannot know, and publishes: twice does no harm, never would.
        """
        return self._line is None or self._line.turn or not self._line.connected

    @property
    def hears(self) -> bool:
        """Whether other processes' commits are heard of, rather than looked for."""
        return self._line is not None and self._line.connected

    async def follow(self) -> None:
        """Follow the head until cancelled; a database that cannot be read is tried again."""
        if self._line is None:
            await self._glance()
        else:
            await self._listen(self._line)

    async def beyond(self, position: int, seconds: float) -> None:
        """Return once the head is behind *position*, or when the seconds are over."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self.head <= position:
                    await self._moved.wait()

    async def _glance(self) -> None:
        glance = Glance(self.database.engine.url)
        try:
            while True:
                self._now_at(glance(feed_store.HEAD))
                await asyncio.sleep(GLANCE_S)
        finally:
            glance.close()

    async def _listen(self, line: Listening) -> None:
        listening = asyncio.create_task(line.run())
        try:
            while True:
                self._heard.clear()
                with contextlib.suppress(Unavailable):
                    self._now_at(await self.database.read(feed_store.head))
                await asyncio.sleep(REST_S)
                # Not asyncio.wait_for: before Python 3.12 it swallows a cancellation that comes
                # together with what it waits for, and the process would not end.
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(SURE_S if line.connected else LOOK_S):
                        await self._heard.wait()
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)

    def _now_at(self, head: int | None) -> None:
        if head is not None and head != self.head:
            self.head = head
            moved, self._moved = self._moved, asyncio.Event()
            moved.set()
