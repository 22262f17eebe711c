"""How many streams one process holds open: walls are few, and votes come through the same door."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

MOST = 4_000
"""Streams of a process: twice as many as were measured beside votes (docs/performance.md)."""

MOST_OF_ONE = MOST // 2
"""Streams of one address: a house shares one, but nobody takes the places of all others."""

AGAIN_AFTER_S = 10
"""Seconds after which who was refused a stream may ask again."""


@dataclass(eq=False)
class Places:
    """The places of a process; addresses are forgotten with their last stream, and never told."""

    most: int = MOST
    most_of_one: int = MOST_OF_ONE
    _taken: Counter[str] = field(default_factory=Counter)
    _all: int = 0

    def take(self, address: str) -> bool:
        """Take a place for a stream to this address, if there is one."""
        if self._all >= self.most or self._taken[address] >= self.most_of_one:
            return False
        self._taken[address] += 1
        self._all += 1
        return True

    def leave(self, address: str) -> None:
        """Give a place back that was taken."""
        self._all -= 1
        self._taken[address] -= 1
        if not self._taken[address]:
            del self._taken[address]
