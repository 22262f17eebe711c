"""Every question ever released: votes on one that is still open are accepted in any edition."""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, text

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
_COLUMNS = "id, exhibition, exhibit, kind, choices, max_choices, opens_at, closes_at, example"
_WANTED = "SELECT " + _COLUMNS + " FROM question WHERE id = "
# Every commit of votes looks its question up: by the driver, half as dear as by an expression.
_GET = {"sqlite": _WANTED + "?", "postgresql": _WANTED + "%s"}
_OF_EXHIBITION = text(
    "SELECT " + _COLUMNS + " FROM question WHERE exhibition = :exhibition ORDER BY id"
)
_CLOSED = text(
    "SELECT " + _COLUMNS + " FROM question WHERE closes_at IS NOT NULL AND closes_at <= :now"
)


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
    found = connection.exec_driver_sql(_GET[connection.dialect.name], (question,)).cursor
    row = found.fetchone()
    return _asked(*row) if row else None


def of_exhibition(connection: Connection, exhibition: str) -> list[Asked]:
    """Return every question ever released in an exhibition."""
    return [_asked(*row) for row in connection.execute(_OF_EXHIBITION, {"exhibition": exhibition})]


def closed(connection: Connection, now: datetime) -> list[Asked]:
    """Return the questions whose voting period is over."""
    return [_asked(*row) for row in connection.execute(_CLOSED, {"now": clock.to_text(now)})]


@lru_cache(maxsize=1024)
def _asked(
    id: str,
    exhibition: str,
    exhibit: str,
    kind: str,
    choices: str,
    max_choices: int,
    opens_at: str | None,
    closes_at: str | None,
    example: int,
) -> Asked:
    """Return what a row says; the same row is read once, for it is looked at with each commit."""
    return Asked(
        id,
        exhibition,
        exhibit,
        kind,
        tuple(json.loads(choices)),
        max_choices,
        clock.from_text(opens_at) if opens_at else None,
        clock.from_text(closes_at) if closes_at else None,
        bool(example),
    )
