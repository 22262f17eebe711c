"""What waits for a moderator, what she published and refused: only of her cities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, text

from kiosk import clock
from kiosk.people.staff import Scope
from kiosk.voice import comment_store
from kiosk.voice.comment import Comment, Status

PAGE = 50
"""Comments read at a time."""

_MINE = " FROM comment WHERE exhibition = :exhibition AND (:every OR city IN :cities)"


_CITIES: BindParameter[str] = bindparam("cities", expanding=True)

_OLDEST_FIRST = text(
    "SELECT *" + _MINE + " AND status = :status"
    " AND (received_at > :at OR (received_at = :at AND id > :id))"
    " ORDER BY received_at, id LIMIT :most"
).bindparams(_CITIES)
_NEWEST_FIRST = text(
    "SELECT *" + _MINE + " AND status = :status"
    " AND (received_at < :at OR (received_at = :at AND id < :id))"
    " ORDER BY received_at DESC, id DESC LIMIT :most"
).bindparams(_CITIES)
_COUNTS = text("SELECT status, count(*) AS comments" + _MINE + " GROUP BY status").bindparams(
    _CITIES
)
_ONE = text("SELECT *" + _MINE + " AND id = :id").bindparams(_CITIES)
_SEVERAL = text("SELECT *" + _MINE + " AND id IN :ids").bindparams(
    _CITIES, bindparam("ids", expanding=True)
)
_REPORTS = text(
    "SELECT r.id FROM report r JOIN comment c ON c.id = r.comment"
    " WHERE c.exhibition = :exhibition AND (:every OR c.city IN :cities) AND r.state = 'open'"
    " ORDER BY r.received_at, r.id LIMIT :most"
).bindparams(_CITIES)
_REPORTS_OF = text("SELECT id FROM report WHERE comment = :comment AND state = 'open' ORDER BY id")
_NUMBERS = text("SELECT id, voice_number FROM comment WHERE id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)
_REAL = text("SELECT 1 FROM question WHERE exhibition = :exhibition AND NOT example LIMIT 1")


def _where(scope: Scope) -> dict[str, Any]:
    # An empty list is no valid IN; no city is called this, since ids are slugs.
    cities = sorted(scope.cities) or ["-"]
    return {"exhibition": scope.exhibition, "every": scope.every, "cities": cities}


def oldest_first(
    connection: Connection,
    scope: Scope,
    status: Status,
    after: Comment | None = None,
    most: int = PAGE,
) -> list[Comment]:
    """Return the comments in this state behind *after*, in the order in which they came."""
    row = {
        **_where(scope),
        "status": str(status),
        "at": clock.to_text(after.received_at) if after else "",
        "id": after.id if after else "",
        "most": most,
    }
    return comment_store.comments(connection.execute(_OLDEST_FIRST, row).all())


def newest_first(
    connection: Connection,
    scope: Scope,
    status: Status,
    before: Comment | None = None,
    most: int = PAGE,
) -> list[Comment]:
    """Return the comments in this state that came before *before*, the newest first."""
    row = {
        **_where(scope),
        "status": str(status),
        "at": clock.to_text(before.received_at) if before else "9999",
        "id": before.id if before else "",
        "most": most,
    }
    return comment_store.comments(connection.execute(_NEWEST_FIRST, row).all())


def counts(connection: Connection, scope: Scope) -> dict[Status, int]:
    """Return how many comments are in each state, states without any as 0."""
    found = dict.fromkeys(Status, 0)
    for row in connection.execute(_COUNTS, _where(scope)):
        found[Status(row.status)] = int(row.comments)
    return found


def one(connection: Connection, scope: Scope, comment: str) -> Comment | None:
    """Return a comment if it lies within the scope."""
    rows = connection.execute(_ONE, {**_where(scope), "id": comment}).all()
    return comment_store.comments(rows)[0] if rows else None


def several(connection: Connection, scope: Scope, comments: Sequence[str]) -> list[Comment]:
    """Return those of these comments that lie within the scope, in the order of *comments*."""
    if not comments:
        return []
    rows = connection.execute(_SEVERAL, {**_where(scope), "ids": list(comments)}).all()
    found = {c.id: c for c in comment_store.comments(rows)}
    return [found[c] for c in comments if c in found]


def open_reports(connection: Connection, scope: Scope, most: int = PAGE) -> list[str]:
    """Return the ids of visitors' open reports about comments within the scope, oldest first."""
    rows = connection.execute(_REPORTS, {**_where(scope), "most": most})
    return [row.id for row in rows]


def open_reports_of(connection: Connection, comment: str) -> list[str]:
    """Return the ids of the open reports about one comment."""
    return [row.id for row in connection.execute(_REPORTS_OF, {"comment": comment})]


def voice_numbers(connection: Connection, comments: Sequence[str]) -> dict[str, str]:
    """Return the public number of each of these comments."""
    if not comments:
        return {}
    rows = connection.execute(_NUMBERS, {"ids": list(comments)})
    return {row.id: row.voice_number for row in rows}


def is_real(connection: Connection, exhibition: str) -> bool:
    """Whether residents' own voices are given in this exhibition."""
    return connection.execute(_REAL, {"exhibition": exhibition}).scalar() is not None
