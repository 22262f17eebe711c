"""Writes the counted visits down once a minute, and sends each day once it is over."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from kiosk.errors import KioskError, Unavailable
from kiosk.screens.touch.context import TouchContext
from kiosk.sync import visits
from kiosk.voice import funnel_store
from kiosk.voice.funnel import Day

EVERY_S = 60.0
"""Seconds between two writings: a visit is never written by itself."""


def today(context: TouchContext) -> date:
    """The day where the screen stands."""
    zone = context.hours.zone if context.hours else UTC
    return context.clock().astimezone(zone).date()


async def write(context: TouchContext) -> int:
    """Write the counters down and send the days that are over; return how many were sent.

    Raises:
        Unavailable: nothing was written; the counters stand as before.
    """
    counted, day, now = context.funnel.take(), today(context).isoformat(), context.clock()

    def run(connection: Connection) -> int:
        for exhibition, counts in counted.items():
            funnel_store.add(connection, Day(day, context.origin, exhibition, counts))
        return visits.send_before(connection, day, now)

    try:
        return await context.database.write(run)
    except KioskError:
        context.funnel.give_back(counted)
        raise


async def keep(context: TouchContext) -> None:
    """Write the counters down once a minute, until cancelled."""
    while True:
        await asyncio.sleep(EVERY_S)
        if has_news(context, context.clock()):
            with contextlib.suppress(Unavailable):  # the database has told why; in a minute again
                await write(context)


def has_news(context: TouchContext, now: datetime) -> bool:
    """Whether anything was counted, or a day may be over (looked at every ten minutes)."""
    return bool(context.funnel.numbers) or now.minute % 10 == 0
