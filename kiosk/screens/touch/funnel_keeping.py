"""Writes the counted visits down once a minute, and sends each day once it is over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime

from sqlalchemy import Connection

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


def write(context: TouchContext) -> Callable[[Connection], int]:
    """Return what writes the counters down, and sends the days that are over."""
    counted, day, now = context.funnel.take(), today(context).isoformat(), context.clock()

    def run(connection: Connection) -> int:
        for exhibition, counts in counted.items():
            funnel_store.add(connection, Day(day, context.origin, exhibition, counts))
        return visits.send_before(connection, day, now)

    return run


async def keep(context: TouchContext) -> None:
    """Write the counters down once a minute, until cancelled."""
    while True:
        await asyncio.sleep(EVERY_S)
        if has_news(context, context.clock()):
            await context.database.write(write(context))


def has_news(context: TouchContext, now: datetime) -> bool:
    """Whether anything was counted, or a day may be over (looked at every ten minutes)."""
    return bool(context.funnel.numbers) or now.minute % 10 == 0
