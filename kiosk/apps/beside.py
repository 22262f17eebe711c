"""What runs beside the pages of a process goes on for as long as they do, whatever befalls it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

AGAIN_S = 5.0
"""Seconds until what has ended by a fault begins again."""

Beside = Callable[[], Awaitable[object]]
"""Something that runs for as long as the process does."""

log = logging.getLogger("kiosk.beside")


@asynccontextmanager
async def running(*starts: Beside) -> AsyncIterator[None]:
    """Run all of *starts* until the block ends; one that fails is logged and begun again."""
    tasks = [asyncio.create_task(_kept(start)) for start in starts]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _kept(start: Beside) -> None:
    while True:
        try:
            await start()
            return
        except Exception:
            log.exception("what runs beside the pages has ended; it begins again")
            await asyncio.sleep(AGAIN_S)
