"""Where the library ``limits`` counts: in memory, in windows that are thrown away whole.

The library's own memory looks through every key a hundred times a second, on a thread of a timer
made anew each time; with a hall's half a million keys a minute that is more work than the votes.
Strategy and limits stay the library's: this is one of its storages (limits, "custom storage").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from limits.storage import Storage


@dataclass(slots=True)
class _Window:
    """The counts of all limits of one length in seconds, until *ends*."""

    ends: float = 0.0
    counts: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))


class Windows(Storage):
    """Counts by a hash of the key, which nobody outside this process can foresee."""

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
        name = hash(key)
        window.counts[name] += amount
        return window.counts[name]

    def get(self, key: str) -> int:
        """Return what is counted under a key now."""
        now, name = self._seconds(), hash(key)
        return sum(w.counts.get(name, 0) for w in self._windows.values() if now < w.ends)

    def get_expiry(self, key: str) -> float:
        """Return when the key's window ends, on this storage's clock."""
        name = hash(key)
        return max((w.ends for w in self._windows.values() if name in w.counts), default=0.0)

    def check(self) -> bool:
        """Whether it works: memory always does."""
        return True

    def reset(self) -> int:
        """Forget everything; return how many keys that were."""
        forgotten = sum(len(window.counts) for window in self._windows.values())
        self._windows.clear()
        return forgotten

    def clear(self, key: str) -> None:
        """Forget one key."""
        for window in self._windows.values():
            window.counts.pop(hash(key), None)

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong in this storage: nothing of its own."""
        return MemoryError
