"""Where the library ``limits`` counts: in cells of a fixed number, thrown away with their window.

The library's own memory keeps every key and looks through all of them a hundred times a second, on
a thread of a timer made anew each time; with a hall's half a million keys a minute that is more
work than the votes, and more memory than all else. Strategy and limits stay the library's: this
is one of its storages (limits, "custom storage").

Each key has two cells (a count-min sketch) and counts as the lower one says. Keys that share both
count together: of half a million phones that vote once a minute none comes near thirty.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from time import monotonic

from limits.storage import Storage

_BITS = 18
_CELLS = 1 << _BITS
"""Cells of each of the two rows: 2 MB a window."""


class _Window:
    """The counts of all limits of one length, until *ends*."""

    def __init__(self, ends: float) -> None:
        self.ends = ends
        self._first = array("I", bytes(4 * _CELLS))
        self._second = array("I", bytes(4 * _CELLS))

    def add(self, key: str, amount: int) -> int:
        """Count more of a key, whose hash nobody outside this process can foresee."""
        mixed = hash(key)
        one, other = mixed & _CELLS - 1, mixed >> _BITS & _CELLS - 1
        self._first[one] += amount
        self._second[other] += amount
        return min(self._first[one], self._second[other])

    def forget(self, key: str) -> None:
        """Set both cells of a key to nothing."""
        mixed = hash(key)
        self._first[mixed & _CELLS - 1] = self._second[mixed >> _BITS & _CELLS - 1] = 0


class Windows(Storage):
    """Counts in fixed windows, one for each length of a limit."""

    STORAGE_SCHEME = None

    def __init__(self, seconds: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._seconds = seconds
        self._windows: dict[int, _Window] = {}

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count *amount* more in the window of *expiry* seconds; return what it then holds."""
        window = self._windows.get(expiry)
        if window is None or self._seconds() >= window.ends:
            window = self._windows[expiry] = _Window(self._seconds() + expiry)
        return window.add(key, amount)

    def get(self, key: str) -> int:
        """Return what is counted under a key now."""
        now = self._seconds()
        return sum(window.add(key, 0) for window in self._windows.values() if now < window.ends)

    def get_expiry(self, key: str) -> float:
        """Return when the key's window ends, on this storage's clock."""
        ends = (window.ends for window in self._windows.values() if window.add(key, 0))
        return max(ends, default=0.0)

    def check(self) -> bool:
        """Whether it works: memory always does."""
        return True

    def reset(self) -> int:
        """Forget everything; return how many windows that were."""
        forgotten = len(self._windows)
        self._windows.clear()
        return forgotten

    def clear(self, key: str) -> None:
        """Forget one key."""
        for window in self._windows.values():
            window.forget(key)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong in this storage: nothing of its own."""
        return MemoryError
