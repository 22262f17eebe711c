"""Publishes changed tallies and support in the feed, at most five times a second (rule 5)."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.live.supports import publish_supports
from kiosk.live.tallies import publish_tallies
from kiosk.voice import support_store, tally_store

REST_S = 0.2
"""Seconds from one publication to the next, however fast votes come."""

LONGEST_REST_S = 1.0
"""Seconds after which the next publication comes, however large the tallies are."""

SHARE = 0.2
"""The part of the time that publishing may take.

A tally has lines for each screen and is told to each: what it costs grows with their square.
"""


Elsewhere = Callable[[datetime], "Awaitable[object] | None"]
"""Has a process of its own publish what changed; None where there is no such process."""


def always() -> bool:
    """The turn of a process that is alone on its database."""
    return True


def nowhere(now: datetime) -> None:
    """Nobody else publishes."""


async def tick(
    database: Database,
    now: Clock,
    turn: Callable[[], bool] = always,
    elsewhere: Elsewhere = nowhere,
) -> None:
    """Publish what changed until cancelled, whenever this process has the *turn*.

    Votes tell nobody that they changed a tally: a NOTIFY in each of their commits would make
    the commits of all processes wait for each other, for a fifth of a second at most.

    A thread that publishes beside the loop that talks to the phones waits for its turn at each
    statement, and the votes for it, 20 to 60 ms: so it is done *elsewhere* where that is possible.
    """
    while True:
        begun = time.perf_counter()
        with contextlib.suppress(Unavailable):
            if turn():
                await (elsewhere(now()) or _here(database, now))
        await asyncio.sleep(rest_after(time.perf_counter() - begun))


def publish(database: Database, now: datetime) -> None:
    """Publish what changed, on the caller's own thread.

    Raises:
        Unavailable: the database could not be read or written; it is published next time.
    """
    if database.read_now(_any_changed):
        database.write_now(partial(_publish, now=now))


async def _here(database: Database, now: Clock) -> None:
    if await database.read(_any_changed):
        await database.write(partial(_publish, now=now()))


def _any_changed(connection: Connection) -> bool:
    return tally_store.any_changed(connection) or support_store.any_changed(connection)


def _publish(connection: Connection, now: datetime) -> None:
    publish_tallies(connection, now)
    publish_supports(connection, now)


def rest_after(took: float) -> float:
    """Return for how many seconds to rest after a publication that took so many."""
    return min(max(REST_S, took / SHARE), LONGEST_REST_S)
