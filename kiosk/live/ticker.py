"""Publishes changed tallies in the feed, at most five times a second (architecture.md, rule 5)."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial

from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.live.tallies import publish_tallies
from kiosk.voice import tally_store

REST_S = 0.2
"""Seconds from one publication to the next, however fast votes come."""


async def tick(database: Database, now: Clock) -> None:
    """Publish what changed until cancelled; several workers share the work without repeating it."""
    while True:
        with contextlib.suppress(Unavailable):
            if await database.read(tally_store.any_changed):
                await database.write(partial(publish_tallies, now=now()))
        await asyncio.sleep(REST_S)
