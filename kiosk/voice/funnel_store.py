"""The table of counted visits, at a screen until the day is over, then at the hub."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import Connection, text

from kiosk.voice.funnel import Count, Day

_ADD = text(
    "INSERT INTO visit_count (day, origin, exhibition, stage, subject, number, seconds)"
    " VALUES (:day, :origin, :exhibition, :stage, :subject, :number, :seconds)"
    " ON CONFLICT (day, origin, exhibition, stage, subject) DO UPDATE SET"
    " number = visit_count.number + excluded.number,"
    " seconds = visit_count.seconds + excluded.seconds"
)
_BEFORE = text("SELECT * FROM visit_count WHERE day < :day ORDER BY day, origin, exhibition")
_FORGET = text("DELETE FROM visit_count WHERE day < :day")
_SINCE = text(
    "SELECT * FROM visit_count WHERE exhibition = :exhibition AND day >= :day"
    " ORDER BY day DESC, origin, exhibition"
)


def add(connection: Connection, day: Day) -> None:
    """Add counters to those that stand."""
    where = {"day": day.day, "origin": day.origin, "exhibition": day.exhibition}
    rows = [
        {**where, "stage": c.stage, "subject": c.subject, "number": c.number, "seconds": c.seconds}
        for c in day.counts
    ]
    if rows:
        connection.execute(_ADD, rows)


def take_before(connection: Connection, day: str) -> list[Day]:
    """Take out, and return, what was counted before a day."""
    found = _days(connection, _BEFORE, {"day": day})
    connection.execute(_FORGET, {"day": day})
    return found


def since(connection: Connection, exhibition: str, day: str) -> list[Day]:
    """Return what was counted from a day on, the newest first."""
    return _days(connection, _SINCE, {"exhibition": exhibition, "day": day})


def _days(connection: Connection, statement: object, values: dict[str, str]) -> list[Day]:
    rows = connection.execute(statement, values).all()  # type: ignore[call-overload]
    return [
        Day(*key, tuple(Count(r.stage, r.subject, int(r.number), int(r.seconds)) for r in group))
        for key, group in groupby(rows, lambda r: (r.day, r.origin, r.exhibition))
    ]
