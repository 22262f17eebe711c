"""Official answers as the offices of a scope see them, and which comments have one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, text

from kiosk.people.staff import Scope
from kiosk.voice import answer_store
from kiosk.voice.answer_store import OfficialAnswer

_OF_SCOPE = text(
    "SELECT id FROM official_answer WHERE exhibition = :exhibition AND (:every OR city IN :cities)"
    " ORDER BY CASE state WHEN 'draft' THEN 0 WHEN 'released' THEN 1 ELSE 2 END,"
    " created_at DESC, id DESC LIMIT :most"
).bindparams(bindparam("cities", expanding=True))
_ANSWERED = text(
    "SELECT DISTINCT l.comment FROM answer_comment l JOIN official_answer a ON a.id = l.answer"
    " WHERE a.state = 'released' AND l.comment IN :comments"
).bindparams(bindparam("comments", expanding=True))


def of_scope(connection: Connection, scope: Scope, most: int = 100) -> list[OfficialAnswer]:
    """Return the answers of these cities: drafts first, then the newest."""
    row = {
        "exhibition": scope.exhibition,
        "every": scope.every,
        "cities": sorted(scope.cities) or ["-"],
        "most": most,
    }
    ids = connection.execute(_OF_SCOPE, row).scalars().all()
    found = (answer_store.get(connection, answer) for answer in ids)
    return [answer for answer in found if answer is not None]


def answered(connection: Connection, comments: Sequence[str]) -> frozenset[str]:
    """Return which of these comments have a released answer."""
    if not comments:
        return frozenset()
    rows = connection.execute(_ANSWERED, {"comments": list(comments)}).scalars()
    return frozenset(str(comment) for comment in rows)
