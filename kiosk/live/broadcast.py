"""One message for all who watch the same: computed once a change, however many screens are open."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field

from kiosk.errors import KioskError
from kiosk.live.changes import Changes

State = Callable[[], Awaitable[bytes]]
"""Returns the whole small state that a screen shows now."""

KEEP_ALIVE_S = 15.0
"""Seconds after which a silent stream says that it is there."""


@dataclass(eq=False)
class Channel:
    """What one kind of screen watches; it works only while somebody watches."""

    state: State
    changes: Changes
    every: float
    """Seconds after which the state is computed afresh without any change (turns of a rotation)."""
    message: bytes = b""
    watchers: int = 0
    _fresh: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None

    async def watch(self) -> AsyncGenerator[bytes]:
        """Yield the state, then each later one; an empty message means nothing but "still here"."""
        self.watchers += 1
        if self._task is None:
            self._task = asyncio.create_task(self._compute())
        sent = b""
        try:
            while True:
                fresh = self._fresh
                if self.message != sent:
                    sent = self.message
                    yield sent
                    continue
                try:
                    async with asyncio.timeout(KEEP_ALIVE_S):
                        await fresh.wait()
                except TimeoutError:
                    yield b""
        finally:
            self.watchers -= 1
            if not self.watchers and self._task is not None:
                self._task.cancel()
                self._task = None

    async def _compute(self) -> None:
        while True:
            head = self.changes.head
            with contextlib.suppress(KioskError):
                message = await self.state()
                if message != self.message:
                    self.message = message
                    fresh, self._fresh = self._fresh, asyncio.Event()
                    fresh.set()
            await self.changes.beyond(head, self.every)


@dataclass(eq=False)
class Broadcast:
    """The channels of a process, by what is watched."""

    changes: Changes
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the process ends: open streams close, and their screens look for another."""
    _channels: dict[str, Channel] = field(default_factory=dict)

    def channel(self, name: str, state: State, every: float) -> Channel:
        """Return the channel of this name; the first asker's *state* and *every* count."""
        found = self._channels.get(name)
        if found is None or not found.watchers:
            found = Channel(state, self.changes, every)
            self._channels[name] = found
        return found
