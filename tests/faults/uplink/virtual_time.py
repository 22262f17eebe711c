"""A loop whose clock jumps to whatever is due next: eight hours pass in seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any

from tests.world import SUNDAY, StoppedClock


class JumpingLoop(asyncio.SelectorEventLoop):
    """Everything that sleeps wakes in the right order; nothing waits in truth.

    It is for what runs in this thread alone: no sockets, no other threads.
    """

    jumped: float = 0.0

    def time(self) -> float:
        """Return the seconds since the loop began."""
        return self.jumped

    def _run_once(self) -> None:
        """Jump where nothing is to be done before; asyncio shows no other place for it."""
        loop: Any = self
        if not loop._ready and loop._scheduled:
            self.jumped = max(self.jumped, loop._scheduled[0].when())
        loop_once: Any = super()
        loop_once._run_once()


class LoopsClock(StoppedClock):
    """The wall clock of everybody on a :class:`JumpingLoop`; it begins on Sunday at two."""

    def __call__(self) -> datetime:
        """Return the moment at which the loop is."""
        return SUNDAY + timedelta(seconds=asyncio.get_running_loop().time())


def run(story: Coroutine[Any, Any, None]) -> float:
    """Run *story*; return the seconds that passed in it."""
    loop = JumpingLoop()
    try:
        loop.run_until_complete(story)
        return loop.time()
    finally:
        loop.close()
