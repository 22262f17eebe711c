"""Waits for a thing until it is so, and says how long that took; never for a time to pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

EVERY_S = 0.05


def until(look: Callable[[], T], what: str, patience_s: float = 300) -> T:
    """Return what *look* returns as soon as that is true; the machine may have other work too.

    Raises:
        AssertionError: it did not become so in time.
    """
    end = time.monotonic() + patience_s
    while True:
        seen = look()
        if seen:
            return seen
        assert time.monotonic() < end, f"after {patience_s} s still not: {what}; last seen {seen!r}"
        time.sleep(EVERY_S)
