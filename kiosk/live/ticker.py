"""Publishes changed tallies in the feed, at most five times a second (architecture.md, rule 5)."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from functools import partial

from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.live.tallies import publish_tallies
from kiosk.voice import tally_store

REST_S = 0.2
"""Seconds from one publication to the next, however fast votes come."""

LONGEST_REST_S = 1.0
"""Seconds after which the next publication comes, however large the tallies are."""

SHARE = 0.2
"""The part of the time that publishing may take.

A tally has lines for each screen and is told to each: what it costs grows with their square.
"""


def always() -> bool:
    """The turn of a process that is alone on its database."""
    return True


async def tick(database: Database, now: Clock, turn: Callable[[], bool] = always) -> None:
    """Publish what changed until cancelled, whenever this process has the *turn*.

    Votes tell nobody that they changed a tally: a NOTIFY in each of their commits would make
    the commits of all processes wait for each other, for a fifth of a second at most.
    """
    while True:
        begun = time.perf_counter()
        with contextlib.suppress(Unavailable):
            if turn() and await database.read(tally_store.any_changed):
                await database.write(partial(publish_tallies, now=now()))
        await asyncio.sleep(rest_after(time.perf_counter() - begun))


def rest_after(took: float) -> float:
    """Return for how many seconds to rest after a publication that took so many."""
    return min(max(REST_S, took / SHARE), LONGEST_REST_S)
