"""Where a facilitator's code is tried: guessed in vain, and known without the hub."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk import clock
from kiosk.errors import Forbidden
from kiosk.people import group_codes
from kiosk.screens.touch.group_party import Party
from kiosk.sync import standing

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


async def enter(visit: Visit, typed: str) -> Party:
    """Return the group that a code lets in.

    Raises:
        Forbidden: the code opens nothing here, or too many were tried.
    """
    context, exhibition = visit.context, visit.exhibition.id
    context.door.check()
    digits = group_codes.tidy(typed)
    if not digits:
        raise Forbidden("The code has {n} digits.", "Type all of them.", n=group_codes.DIGITS)
    hashed = await asyncio.to_thread(group_codes.digest, digits, exhibition)
    now = context.clock()
    try:
        code = await context.database.read(
            lambda c: group_codes.good(c, hashed, exhibition, context.city, latest(c, now))
        )
    except Forbidden:
        context.door.was_wrong()
        raise
    context.door.was_right()
    return Party(exhibition, code.id)


def latest(connection: Connection, now: datetime) -> datetime:
    """Return the later one of this device's clock and the hub's last word.

    A device that boots in 1970 lets no expired code in (architecture.md, rule 8).
    """
    heard = standing.hub_clock(connection)
    return max(now, clock.from_text(heard)) if heard else now
