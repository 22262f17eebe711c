"""Every question ever released: votes on one that is still open are accepted in any edition."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, Row, text

from kiosk import clock
from kiosk.exhibition.model import Question
from kiosk.voice.ballot import Asked

_KEEP = text(
    "INSERT INTO question (id, exhibition, exhibit, owner, kind, choices, max_choices, opens_at,"
    " closes_at, example, first_released_at) VALUES (:id, :exhibition, :exhibit, :owner, :kind,"
    " :choices, :max_choices, :opens_at, :closes_at, :example, :now)"
    " ON CONFLICT (id) DO UPDATE SET exhibit = excluded.exhibit, kind = excluded.kind,"
    " choices = excluded.choices, max_choices = excluded.max_choices,"
    " opens_at = excluded.opens_at, closes_at = excluded.closes_at"
)
_GET = text("SELECT * FROM question WHERE id = :id")
_OF_EXHIBITION = text("SELECT * FROM question WHERE exhibition = :exhibition ORDER BY id")
_CLOSED = text("SELECT * FROM question WHERE closes_at IS NOT NULL AND closes_at <= :now")


def keep(
    connection: Connection,
    exhibition: str,
    exhibit: str,
    question: Question,
    *,
    example: bool,
    now: datetime,
) -> None:
    """Write a question down as it is released."""
    connection.execute(
        _KEEP,
        {
            "id": question.id,
            "exhibition": exhibition,
            "exhibit": exhibit,
            "owner": question.id.split("/")[1],
            "kind": str(question.kind),
            "choices": json.dumps(question.choice_ids()),
            "max_choices": question.max_choices,
            "opens_at": clock.to_text(question.opens_at) if question.opens_at else None,
            "closes_at": clock.to_text(question.closes_at) if question.closes_at else None,
            "example": example,
            "now": clock.to_text(now),
        },
    )


def get(connection: Connection, question: str) -> Asked | None:
    """Return the question, or None when it was never released here."""
    row = connection.execute(_GET, {"id": question}).one_or_none()
    return _asked(row) if row else None


def of_exhibition(connection: Connection, exhibition: str) -> list[Asked]:
    """Return every question ever released in an exhibition."""
    return [_asked(row) for row in connection.execute(_OF_EXHIBITION, {"exhibition": exhibition})]


def closed(connection: Connection, now: datetime) -> list[Asked]:
    """Return the questions whose voting period is over."""
    return [_asked(row) for row in connection.execute(_CLOSED, {"now": clock.to_text(now)})]


def _asked(row: Row[tuple[object, ...]]) -> Asked:
    return Asked(
        id=row.id,
        exhibition=row.exhibition,
        exhibit=row.exhibit,
        kind=row.kind,
        choices=tuple(json.loads(row.choices)),
        max_choices=row.max_choices,
        opens_at=clock.from_text(row.opens_at) if row.opens_at else None,
        closes_at=clock.from_text(row.closes_at) if row.closes_at else None,
        example=bool(row.example),
    )
