"""How many streams one process holds open: walls are few, and votes come through the same door."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

MOST = 4_000
"""Streams of a process: twice as many as were measured beside votes (docs/performance.md)."""

MOST_OF_ONE = MOST // 2
"""Streams of one address: a house shares one, but nobody takes the places of all others."""

MOST_CHOSEN = 100
"""Scenes chosen by walls' keys that are watched at a time, on each of which one looks each second.

Everything else that walls watch is of the exhibition or the desk, and there is only so much of it;
but scenes of some voices can be named without end.
"""

AGAIN_AFTER_S = 10
"""Seconds after which who was refused a stream may ask again."""


@dataclass(eq=False)
class Places:
    """The places of a process; addresses are forgotten with their last stream, and never told."""

    most: int = MOST
    most_of_one: int = MOST_OF_ONE
    most_chosen: int = MOST_CHOSEN
    _taken: Counter[str] = field(default_factory=Counter)
    _chosen: Counter[str] = field(default_factory=Counter)
    _all: int = 0

    def take(self, address: str, chosen: str = "") -> bool:
        """Take a place for a stream to this address, if there is one.

        *chosen* names what a wall's key chose, empty where no key chose anything.
        """
        if self._all >= self.most or self._taken[address] >= self.most_of_one:
            return False
        if chosen and chosen not in self._chosen and len(self._chosen) >= self.most_chosen:
            return False
        if chosen:
            self._chosen[chosen] += 1
        self._taken[address] += 1
        self._all += 1
        return True

    def leave(self, address: str, chosen: str = "") -> None:
        """Give a place back that was taken."""
        self._all -= 1
        _one_less(self._taken, address)
        if chosen:
            _one_less(self._chosen, chosen)


def _one_less(counted: Counter[str], name: str) -> None:
    counted[name] -= 1
    if not counted[name]:
        del counted[name]
