"""Published comments looked through by city: where they come from, and what they are about."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text

from kiosk.voice import comment_store
from kiosk.voice.comment import PublicComment

_OF_CITY = text(
    "SELECT id, exhibition, exhibit, question, city, place, channel, language, text,"
    " published_at, voice_number, example FROM comment WHERE status = 'published'"
    " AND exhibition = :exhibition AND (city = :city OR exhibit IN :about)"
    " ORDER BY published_at DESC, id DESC LIMIT :most"
).bindparams(bindparam("about", expanding=True))
_COUNTS = text(
    "SELECT city, exhibit, count(*) AS voices FROM comment"
    " WHERE exhibition = :exhibition AND status = 'published' GROUP BY city, exhibit"
)


def public(
    connection: Connection, exhibition: str, city: str, about: Sequence[str], *, most: int
) -> list[PublicComment]:
    """Return the newest published comments from a city, or on one of the exhibits *about*."""
    where = {"exhibition": exhibition, "city": city, "about": list(about), "most": most}
    return [comment_store.read_public(row) for row in connection.execute(_OF_CITY, where)]


def counts(connection: Connection, exhibition: str) -> dict[tuple[str, str], int]:
    """Return how many comments are published by (city they come from, exhibit)."""
    rows = connection.execute(_COUNTS, {"exhibition": exhibition})
    return {(row.city, row.exhibit): int(row.voices) for row in rows}
