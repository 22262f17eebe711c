"""Tells open pages what has changed: after each commit of this process, soon and together."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.database.connection import Database
from kiosk.errors import KioskError
from kiosk.screens.touch.context import TouchContext

TOGETHER_S = 0.05
"""Seconds for which commits are gathered before pages look again."""

log = logging.getLogger("kiosk.touch")


@contextmanager
def heard(database: Database) -> Iterator[asyncio.Event]:
    """An event of this loop that each commit of this process sets, as long as the block lasts."""
    loop = asyncio.get_running_loop()
    committed = asyncio.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(committed.set)

    database.committed.append(tell)
    try:
        yield committed
    finally:
        database.committed.remove(tell)


async def commits(context: TouchContext) -> None:
    """Bring every open page up to date after commits, until cancelled."""
    with heard(context.database) as committed:
        while True:
            await committed.wait()
            await asyncio.sleep(TOGETHER_S)
            committed.clear()
            for visit in tuple(context.visits):
                try:
                    await visit.changed()
                except KioskError as error:
                    log.warning("a page was not brought up to date: %s", error)
                except Exception:  # the other pages, and what is taken down on them, go on
                    log.exception("a page cannot be brought up to date")
