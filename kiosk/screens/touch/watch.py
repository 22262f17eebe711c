"""Tells open pages what has changed: after each commit of this process, soon and together."""

from __future__ import annotations

import asyncio
import logging

from kiosk.errors import KioskError
from kiosk.screens.touch.context import TouchContext

TOGETHER_S = 0.05
"""Seconds for which commits are gathered before pages look again."""

log = logging.getLogger("kiosk.touch")


async def commits(context: TouchContext) -> None:
    """Bring every open page up to date after commits, until cancelled."""
    loop = asyncio.get_running_loop()
    committed = asyncio.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(committed.set)

    context.database.committed.append(tell)
    try:
        while True:
            await committed.wait()
            await asyncio.sleep(TOGETHER_S)
            committed.clear()
            for visit in tuple(context.visits):
                try:
                    await visit.changed()
                except KioskError as error:
                    log.warning("a page was not brought up to date: %s", error)
    finally:
        context.database.committed.remove(tell)
