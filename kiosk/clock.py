"""The one place that reads the wall clock, so that tests can stand in for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime in UTC."""


_WITHOUT_ZONE = -len("+00:00")


def now() -> datetime:
    """Return the present moment in UTC. Device clocks may be wrong: never order by it alone."""
    return datetime.fromtimestamp(time.time(), UTC)


def since_boot() -> float:
    """Return the seconds since this machine was switched on, sleep included.

    No setting of its clock moves them.
    """
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def to_text(moment: datetime) -> str:
    """Return *moment* as ISO 8601 in UTC with milliseconds, sortable as text."""
    there = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return there.isoformat(timespec="milliseconds")[:_WITHOUT_ZONE] + "Z"


def from_text(text: str) -> datetime:
    """Read what :func:`to_text` wrote.

    Raises:
        ValueError: it is no moment, or one of no zone, such as a day alone.
    """
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a zone: {text!r}")
    return moment
