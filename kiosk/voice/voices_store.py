"""Published comments as visitors look through them: of some exhibits, by what they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import Connection, TextClause, bindparam, text

from kiosk import clock
from kiosk.voice import comment_store
from kiosk.voice.comment import PublicComment


class Order(StrEnum):
    """Which voices come, and in what order."""

    NEWEST = "newest"
    SUPPORTED = "supported"
    """Those that were supported, most often first."""
    ANSWERED = "answered"
    """Those that were officially answered, the newest first."""


_COLUMNS = (
    "SELECT c.id, c.exhibition, c.exhibit, c.question, c.city, c.place, c.channel, c.language,"
    " c.text, c.published_at, c.voice_number, c.example"
)
_PUBLIC = " WHERE c.status = 'published' AND c.exhibition = :exhibition"
_OF = " AND c.exhibit IN :exhibits"
_OLDER = " (c.published_at < :before_at OR (c.published_at = :before_at AND c.id < :before_id))"
_BY_AGE = " ORDER BY c.published_at DESC, c.id DESC LIMIT :most"
# SQLite goes through a CROSS JOIN as it stands: from the few that were supported or answered to
# their comments, never through all comments in search of those.
_OF_SUPPORTED = (
    " FROM (SELECT comment, sum(count) AS times FROM support_count WHERE exhibition = :exhibition"
    " GROUP BY comment HAVING sum(count) > 0) AS s CROSS JOIN comment AS c"
)
_OF_ANSWERED = (
    " FROM (SELECT DISTINCT l.comment FROM answer_comment AS l JOIN official_answer AS a"
    " ON a.id = l.answer WHERE a.state = 'released') AS s CROSS JOIN comment AS c"
)
_THEIRS = " AND c.id = s.comment"
_NEWEST = _COLUMNS + ", 0 AS times FROM comment AS c" + _PUBLIC
_ANSWERED = _COLUMNS + ", 0 AS times" + _OF_ANSWERED + _PUBLIC + _THEIRS
_SUPPORTED = _COLUMNS + ", s.times" + _OF_SUPPORTED + _PUBLIC + _THEIRS
_LESS = " AND (s.times < :times OR (s.times = :times AND" + _OLDER + "))"
_BY_TIMES = " ORDER BY s.times DESC, c.published_at DESC, c.id DESC LIMIT :most"


def _of_some(statement: TextClause) -> TextClause:
    return statement.bindparams(bindparam("exhibits", expanding=True))


_AGE = " AND" + _OLDER + _BY_AGE
_OFTEN = _LESS + _BY_TIMES
_EVERY = {
    Order.NEWEST: text(_NEWEST + _AGE),
    Order.ANSWERED: text(_ANSWERED + _AGE),
    Order.SUPPORTED: text(_SUPPORTED + _OFTEN),
}
_SOME = {
    Order.NEWEST: _of_some(text(_NEWEST + _OF + _AGE)),
    Order.ANSWERED: _of_some(text(_ANSWERED + _OF + _AGE)),
    Order.SUPPORTED: _of_some(text(_SUPPORTED + _OF + _OFTEN)),
}
_COUNT = "SELECT c.exhibit, count(*) AS voices"
_BY = " GROUP BY c.exhibit"
_COUNTS = {
    Order.NEWEST: text(_COUNT + " FROM comment AS c" + _PUBLIC + _BY),
    Order.ANSWERED: text(_COUNT + _OF_ANSWERED + _PUBLIC + _THEIRS + _BY),
    Order.SUPPORTED: text(_COUNT + _OF_SUPPORTED + _PUBLIC + _THEIRS + _BY),
}
_STANDING = text(
    "SELECT id, published_at FROM comment WHERE exhibition = :exhibition AND status = 'published'"
)
_MARK = text(
    "SELECT string_agg(id || published_at, '') FROM comment"
    " WHERE exhibition = :exhibition AND status = 'published'"
)
_BY_IDS = text(_NEWEST + " AND c.id IN :ids").bindparams(bindparam("ids", expanding=True))
_END_OF_TIME = "9999"
_MOST_TIMES = 2**62
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor looks for: of these *exhibits* (None: of all), in this order."""

    exhibition: str
    order: Order = Order.NEWEST
    exhibits: tuple[str, ...] | None = None


def page(
    connection: Connection, wanted: Wanted, most: int, before: PublicComment | None = None
) -> list[PublicComment]:
    """Return at most so many voices behind *before*, the last one of the page before."""
    if wanted.exhibits == ():
        return []
    where = {
        "exhibition": wanted.exhibition,
        "most": most,
        "before_at": clock.to_text(before.published_at) if before else _END_OF_TIME,
        "before_id": before.id if before else "",
    }
    if wanted.order is Order.SUPPORTED:
        where["times"] = before.supported if before else _MOST_TIMES
    if wanted.exhibits is None:
        rows = connection.execute(_EVERY[wanted.order], where)
    else:
        of = {**where, "exhibits": list(wanted.exhibits)}
        rows = connection.execute(_SOME[wanted.order], of)
    return [replace(comment_store.read_public(row), supported=int(row.times)) for row in rows]


def counts(connection: Connection, exhibition: str, order: Order) -> dict[str, int]:
    """Return how many voices each exhibit has that the order shows."""
    rows = connection.execute(_COUNTS[order], {"exhibition": exhibition})
    return {row.exhibit: int(row.voices) for row in rows}


def standing(connection: Connection, exhibition: str) -> dict[str, str]:
    """Return the moment of publication (as text) of every comment that is public now, by id."""
    rows = connection.execute(_STANDING, {"exhibition": exhibition})
    return {row[0]: row[1] for row in rows}


def mark(connection: Connection, exhibition: str) -> str:
    """Return a text that is another one whenever :func:`standing` is: for a fifth of its price.

    The database puts it together by itself, while other threads go on; of 5,000 voices in 3 ms.
    """
    return connection.execute(_MARK, {"exhibition": exhibition}).scalar() or ""


def by_ids(connection: Connection, exhibition: str, ids: Sequence[str]) -> list[PublicComment]:
    """Return those of these comments that are public, in no order."""
    found: list[PublicComment] = []
    for at in range(0, len(ids), _AT_ONCE):
        where = {"exhibition": exhibition, "ids": list(ids[at : at + _AT_ONCE])}
        found += [comment_store.read_public(row) for row in connection.execute(_BY_IDS, where)]
    return found
