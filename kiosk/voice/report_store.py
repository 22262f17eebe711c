"""The table of reports: a visitor's notice that a published comment should not stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, text

from kiosk import clock
from kiosk.database.forgetting import forget
from kiosk.voice.place import Place

KEPT_FOR = timedelta(days=365)
"""How long the words of a report are kept."""

_ADD = text(
    "INSERT INTO report (id, comment, exhibition, city, place, channel, origin, ground, text,"
    " made_at, received_at, state, delete_after, example)"
    " VALUES (:id, :comment, :exhibition, :city, :place, :channel, :origin, :ground, :text,"
    " :made_at, :now, 'open', :delete_after, :example) ON CONFLICT (id) DO NOTHING"
)
_BY_ID = text("SELECT * FROM report WHERE id = :id")
# A report belongs to the city of the comment it is about, wherever it was made.
_DECIDE = text(
    "UPDATE report SET state = :state, decided_by = :by, decided_at = :now"
    " WHERE id = :id AND state = 'open'"
)
_DELETE_TEXTS = text("UPDATE report SET text = '', delete_after = NULL WHERE delete_after <= :now")


@dataclass(frozen=True, slots=True)
class Report:
    """A notice; *state* is ``open``, ``upheld`` or ``dismissed``."""

    id: str
    comment: str
    place: Place
    ground: str
    text: str
    made_at: datetime
    state: str
    example: bool


def add(connection: Connection, report: Report, now: datetime) -> bool:
    """Write a report down; false when this id is there already."""
    row = {
        **report.place.as_row(),
        "id": report.id,
        "comment": report.comment,
        "ground": report.ground,
        "text": report.text,
        "made_at": clock.to_text(report.made_at),
        "now": clock.to_text(now),
        "delete_after": clock.to_text(now + KEPT_FOR),
        "example": report.example,
    }
    return connection.execute(_ADD, row).rowcount == 1


def get(connection: Connection, report: str) -> Report | None:
    """Return one report."""
    row = connection.execute(_BY_ID, {"id": report}).one_or_none()
    return _report(row) if row else None


def decide(connection: Connection, report: str, state: str, by: str, now: datetime) -> bool:
    """Close a report as ``upheld`` or ``dismissed``; false when it was closed already."""
    row = {"id": report, "state": state, "by": by, "now": clock.to_text(now)}
    return connection.execute(_DECIDE, row).rowcount == 1


def delete_texts(connection: Connection, now: datetime) -> int:
    """Delete the words of reports whose deletion date has come; return how many."""
    deleted = connection.execute(_DELETE_TEXTS, {"now": clock.to_text(now)}).rowcount
    if deleted:
        forget(connection)
    return deleted


def _report(row: Row[Any]) -> Report:
    return Report(
        id=row.id,
        comment=row.comment,
        place=Place(row.exhibition, row.city, row.place, row.channel, row.origin),
        ground=row.ground,
        text=row.text,
        made_at=clock.from_text(row.made_at),
        state=row.state,
        example=bool(row.example),
    )
