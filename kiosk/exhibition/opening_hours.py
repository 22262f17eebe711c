"""When a screen's house is open: hours by weekday in a time zone, written on one line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""A clock that stands before this was never set; it closes nothing."""

_PART = re.compile(r"([a-z,\s-]+?)\s+(\d\d?):(\d\d)\s*[-–]\s*(\d\d?):(\d\d)")
_FORM = "write it as mo-fr 08:00-20:00; sa,su 10:00-18:00"


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Spans of (weekday 0…6, from, until); one that ends before it begins ends the next day."""

    spans: tuple[tuple[int, time, time], ...]
    zone: ZoneInfo

    def is_open(self, now: datetime) -> bool:
        """Whether the house is open at *now*; always where no hours are given, or no clock is."""
        if not self.spans or now < EARLIEST:
            return True
        return any(start <= now < end for start, end in self._around(now))

    def opens_next(self, now: datetime) -> datetime | None:
        """The next opening after *now* within a week, in the house's time zone."""
        later = [start for start, _ in self._around(now) if start > now]
        return min(later, default=None)

    def _around(self, now: datetime) -> list[tuple[datetime, datetime]]:
        """Every span from yesterday to the same weekday of the next week."""
        today, found = now.astimezone(self.zone).date(), []
        for ahead in range(-1, 8):
            day = today + timedelta(days=ahead)
            for weekday, start, end in self.spans:
                if weekday == day.weekday():
                    last = day if start < end else day + timedelta(days=1)
                    begin = datetime.combine(day, start, self.zone)
                    found.append((begin, datetime.combine(last, end, self.zone)))
        return found


def read(text: str, zone: str) -> OpeningHours:
    """Read hours such as ``mo-fr 08:00-20:00; sa 10:00-18:00``; an empty text is always open.

    Raises:
        ValueError: it cannot be read, or there is no such time zone; how to write it is said.
    """
    try:
        where = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # “Europe” is a folder
        raise ValueError("write a time zone as Europe/Paris") from error
    spans = [span for part in text.lower().split(";") if part.strip() for span in _spans(part)]
    return OpeningHours(tuple(spans), where)


def _spans(part: str) -> list[tuple[int, time, time]]:
    found = _PART.fullmatch(part.strip())
    if found is None:
        raise ValueError(_FORM)
    names, *figures = found.groups()
    try:
        start, end = (_time(int(h), int(m)) for h, m in (figures[:2], figures[2:]))
    except ValueError as error:
        raise ValueError(_FORM) from error
    return [(day, start, end) for name in names.split(",") for day in _days(name.strip())]


def _time(hour: int, minute: int) -> time:
    return time(0) if (hour, minute) == (24, 0) else time(hour, minute)


def _days(name: str) -> list[int]:
    first, _, last = (each.strip() for each in name.partition("-"))
    if first not in DAYS or (last and last not in DAYS):
        raise ValueError(_FORM)
    begin, end = DAYS.index(first), DAYS.index(last or first)
    return [day % 7 for day in range(begin, end + (1 if begin <= end else 8))]
