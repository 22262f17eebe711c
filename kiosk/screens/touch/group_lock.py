"""Wrong codes counted: who guesses facilitators' codes waits, longer with each."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.errors import Forbidden

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
