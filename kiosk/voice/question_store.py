"""Every question ever released: votes on one that is still open are accepted in any edition."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from kiosk import clock, ids
from kiosk.database.driver import ask
from kiosk.exhibition.model import Question
from kiosk.messaging import heads
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
_VERSION_NAME = "questions"
VERSION = f"coalesce((SELECT value FROM meta WHERE name = '{_VERSION_NAME}'), '-')"
"""What is another text after each change of a question, never none; an expression of SQL."""

_LOOK_UP = {
    "sqlite": "SELECT json_array('-', json_group_array(json_array("
    + _COLUMNS
    + "))) FROM question WHERE id IN (SELECT value FROM json_each(?))",
    "postgresql": "SELECT json_build_array("
    + VERSION
    + ", coalesce(json_agg(json_build_array("
    + _COLUMNS
    + ")), '[]'))::text FROM question WHERE id IN (SELECT jsonb_array_elements_text(%s::jsonb))",
}
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
    renew(connection)


def renew(connection: Connection) -> None:
    """Let nothing that was remembered of questions count any more."""
    heads.write(connection, _VERSION_NAME, ids.new_id())


def get(connection: Connection, question: str) -> Asked | None:
    """Return the question, or None when it was never released here."""
    _, asked = read(look_up(connection, [question]))
    return asked[0] if asked else None


def look_up(connection: Connection, wanted: Iterable[str]) -> str:
    """Return those of the questions that were ever released, for :func:`read`; one statement."""
    wanted_ids = msgspec.json.encode(list(wanted)).decode()
    told: str = ask(connection, _LOOK_UP[connection.dialect.name], wanted_ids)
    return told


def read(told: str) -> tuple[str, list[Asked]]:
    """Return the questions that were looked up, and the version of all questions at that moment.

    On SQLite there is one version: who writes there looks them up in the same transaction.
    """
    version, rows = msgspec.json.decode(told, type=tuple[str, list[list[Any]]])
    return version, [_asked(*row) for row in rows]


def of_exhibition(connection: Connection, exhibition: str) -> list[Asked]:
    """Return every question ever released in an exhibition."""
    return [_asked(*row) for row in connection.execute(_OF_EXHIBITION, {"exhibition": exhibition})]


def closed(connection: Connection, now: datetime) -> list[Asked]:
    """Return the questions whose voting period is over."""
    return [_asked(*row) for row in connection.execute(_CLOSED, {"now": clock.to_text(now)})]


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
    """Return what a row says."""
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
