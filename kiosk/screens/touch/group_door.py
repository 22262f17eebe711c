"""Where a facilitator's code is tried: guessed in vain, and known without the hub."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
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

TRIES = 5
"""Wrong codes before the door rests."""

RESTS_S, LONGEST_S = 30.0, 300.0
"""Seconds for which it does, twice as long after each further wrong code, five minutes at most.

At that pace a month of guessing finds one of ten codes once in a thousand screens; and a child who
played with the keys keeps a class waiting for half a minute.
"""


@dataclass(slots=True)
class Door:
    """Counts wrong codes of one screen, by a clock that no setting moves."""

    seconds: Callable[[], float] = time.monotonic
    wrong: int = 0
    rests_until: float = 0.0

    def check(self) -> None:
        """Raise while it rests.

        Raises:
            Forbidden: too many wrong codes were tried.
        """
        left = self.rests_until - self.seconds()
        if left > 0:
            raise Forbidden("Too many wrong codes.", "Try again in {n} seconds.", n=int(left) + 1)

    def was_wrong(self) -> None:
        """Count a wrong code."""
        self.wrong += 1
        if self.wrong >= TRIES:
            rests = min(RESTS_S * 2 ** min(self.wrong - TRIES, 8), LONGEST_S)
            self.rests_until = self.seconds() + rests

    def was_right(self) -> None:
        """Begin to count anew."""
        self.wrong = 0


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
