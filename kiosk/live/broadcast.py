"""One message for all who watch the same: computed once a change, however many screens are open."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from weakref import WeakSet, WeakValueDictionary

from kiosk.errors import KioskError
from kiosk.live.changes import Changes
from kiosk.live.places import Places

State = Callable[[], Awaitable[bytes]]
"""Returns the whole small state that a screen shows now, as it goes over the wire."""

Send = Callable[[bytes], Awaitable[None]]
"""Hands a message to one watcher; waits while what was sent before has not been taken."""

STILL_HERE = b"event: here\ndata: .\n\n"
"""What a silent stream says now and then; a wall that hears nothing for long is cut off."""

KEEP_ALIVE_S = 15.0
"""Seconds after which a silent stream says that it is there."""

REST_S = 0.2
"""Seconds from one message to the next: at most five a second."""

LONGEST_REST_S = 1.0
"""Seconds after which the next message goes out, however many watch."""

SHARE = 0.08
"""The part of the process's time that messages may take: the more watch, the rarer they are."""

SLOW_S = 10.0
"""Seconds that a watcher may take for one message; then it is let go, not waited for."""


log = logging.getLogger("kiosk.live")


@dataclass(eq=False)
class Channel:
    """What one kind of screen watches; it works only while somebody watches."""

    state: State
    changes: Changes
    every: float
    """Seconds after which the state is computed afresh without any change (turns of a rotation)."""
    slow: float = SLOW_S
    message: bytes = b""
    watchers: int = 0
    begun: bool = False
    """Whether anybody ever watched it."""
    ended: bool = False
    _fresh: asyncio.Event = field(default_factory=asyncio.Event)
    _asked: float = 0.0
    """When the stream was last asked to say that it is there."""
    _taking: dict[asyncio.Task[None], float] = field(default_factory=dict)
    """Watchers that a message was sent to and that have not taken it yet, and since when."""
    _task: asyncio.Task[None] | None = None

    async def watch(self, send: Send) -> None:
        """Send the state, then each later one, until the process ends or this watcher is slow.

        What changes while a watcher takes one message is left out for it: each is whole.
        """
        task = asyncio.current_task()
        assert task is not None
        self.watchers += 1
        self.begun = True
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        sent, asked = b"", self._asked
        try:
            while not self.ended:
                fresh = self._fresh
                if self.message != sent:
                    sent = self.message
                    await self._hand(task, send, sent)
                elif self._asked != asked:
                    await self._hand(task, send, STILL_HERE)
                else:
                    await fresh.wait()
                    continue
                asked = self._asked
        finally:
            self.watchers -= 1
            if not self.watchers and self._task is not None:
                self._task.cancel()
                self._task = None

    def end(self) -> None:
        """Let every watcher go."""
        self.ended = True
        self._wake()

    async def _hand(self, task: asyncio.Task[None], send: Send, message: bytes) -> None:
        self._taking[task] = time.monotonic()
        try:
            await send(message)
        finally:
            del self._taking[task]

    async def _run(self) -> None:
        said = time.monotonic()
        while True:
            head, rest, looked = self.changes.head, REST_S, True
            try:
                message = await self.state()
            except KioskError:
                message, looked = self.message, False  # it stays until it can be looked at again
            except Exception:
                log.exception("a state could not be computed; the one before stays")
                message, looked = self.message, False
            if message != self.message:
                self.message = message
                rest = await self._tell()
                said = time.monotonic()
            await asyncio.sleep(rest)
            self._let_slow_ones_go()
            # Who cannot look is silent, so that no wall takes old figures for live ones.
            if looked and time.monotonic() - said > KEEP_ALIVE_S:
                said = self._asked = time.monotonic()
                self._wake()
            await self.changes.beyond(head, min(self.every, KEEP_ALIVE_S / 3))

    async def _tell(self) -> float:
        """Wake every watcher; return for how long to rest, by what that cost."""
        begun = time.thread_time()
        self._wake()
        await asyncio.sleep(0)  # behind all who were woken: they have sent when this goes on
        return min(max(REST_S, (time.thread_time() - begun) / SHARE), LONGEST_REST_S)

    def _wake(self) -> None:
        fresh, self._fresh = self._fresh, asyncio.Event()
        fresh.set()

    def _let_slow_ones_go(self) -> None:
        latest = time.monotonic() - self.slow
        for task in [t for t, since in self._taking.items() if since < latest]:
            task.cancel()


@dataclass(eq=False)
class Broadcast:
    """The channels of a process, by what is watched."""

    changes: Changes
    slow: float = SLOW_S
    ended: bool = False
    places: Places = field(default_factory=Places)
    _channels: WeakValueDictionary[str, Channel] = field(default_factory=WeakValueDictionary)
    """Kept by their streams alone: a name that somebody makes up is forgotten with its last."""
    _all: WeakSet[Channel] = field(default_factory=WeakSet)
    """Also those whose place another took."""

    def channel(self, name: str, state: State, every: float) -> Channel:
        """Return the channel of this name; the first asker's *state* and *every* count.

        Who asks before the first one watches is given the same; after the last one, a new one.
        """
        found = self._channels.get(name)
        if found is None or (found.begun and not found.watchers):
            found = Channel(state, self.changes, every, self.slow, ended=self.ended)
            self._channels[name] = found
            self._all.add(found)
        return found

    def end(self) -> None:
        """Let every watcher go: the process ends, and their screens look for another."""
        self.ended = True
        for channel in tuple(self._all):
            channel.end()

    @property
    def working(self) -> int:
        """How many channels compute states now: those that somebody watches."""
        return sum(channel.watchers > 0 for channel in self._all)

    @property
    def watchers(self) -> int:
        """How many watch this process's streams now."""
        return sum(channel.watchers for channel in self._all)
