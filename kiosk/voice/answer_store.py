"""The tables of official answers, their earlier wordings, and which comments they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text

from kiosk import clock
from kiosk.voice.comment import PublicAnswer

_COLUMNS = (
    "id, exhibition, city, language, text, state, author, office, drafted_by, released_by,"
    " created_at, released_at, corrected_at, revision, example"
)
_SAVE = text(
    f"INSERT INTO official_answer ({_COLUMNS}) VALUES (:id, :exhibition, :city, :language, :text,"
    " :state, :author, :office, :drafted_by, :released_by, :created_at, :released_at,"
    " :corrected_at, :revision, :example)"
    " ON CONFLICT (id) DO UPDATE SET language = excluded.language, text = excluded.text,"
    " state = excluded.state, author = excluded.author, office = excluded.office,"
    " released_by = excluded.released_by, released_at = excluded.released_at,"
    " corrected_at = excluded.corrected_at, revision = excluded.revision"
    " WHERE official_answer.revision = excluded.revision - 1"
)
_REVISION = text(
    "INSERT INTO answer_revision (answer, revision, language, text, written_by, written_at)"
    " VALUES (:answer, :revision, :language, :text, :by, :now)"
)
_REVISIONS = text(
    "SELECT revision, language, text, written_by, written_at FROM answer_revision"
    " WHERE answer = :answer ORDER BY revision"
)
_BY_ID = text(f"SELECT {_COLUMNS} FROM official_answer WHERE id = :id")
_OF_CITY = text(
    f"SELECT {_COLUMNS} FROM official_answer WHERE exhibition = :exhibition AND city = :city"
    " ORDER BY created_at DESC, id DESC LIMIT :most"
)
_UNLINK = text("DELETE FROM answer_comment WHERE answer = :answer")
_LINK = text(
    "INSERT INTO answer_comment (answer, comment) VALUES (:answer, :comment)"
    " ON CONFLICT (answer, comment) DO NOTHING"
)
_COMMENTS_OF = text("SELECT comment FROM answer_comment WHERE answer = :answer ORDER BY comment")
_RELEASED_FOR = text(
    "SELECT l.comment, a.id, a.text, a.language, a.author, a.office, a.city, a.released_at,"
    " a.corrected_at FROM answer_comment l JOIN official_answer a ON a.id = l.answer"
    " WHERE a.state = 'released' AND l.comment IN :comments ORDER BY a.released_at, a.id"
).bindparams(bindparam("comments", expanding=True))
# An answer is on show below the voices that it answers; it leads to the latest of them.
_SHOWN = (
    " FROM official_answer AS a JOIN answer_comment AS l ON l.answer = a.id"
    " JOIN comment AS c ON c.id = l.comment"
    " WHERE a.state = 'released' AND c.status = 'published' AND c.exhibition = :exhibition"
)
_STANDING = text(
    "SELECT a.id, a.released_at, a.corrected_at, max(c.id) AS voice"
    + _SHOWN
    + " GROUP BY a.id, a.released_at, a.corrected_at"
)
_BY_IDS = text(
    "SELECT a.id, a.text, a.language, a.author, a.office, a.city, a.released_at, a.corrected_at,"
    " max(c.id) AS voice"
    + _SHOWN
    + " AND a.id IN :ids GROUP BY a.id, a.text, a.language, a.author, a.office, a.city,"
    " a.released_at, a.corrected_at"
).bindparams(bindparam("ids", expanding=True))
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class OfficialAnswer:
    """An answer by a mayor or an office; *state* is ``draft``, ``released`` or ``withdrawn``.

    *author* and *office* are those at the time of release and do not change afterwards.
    """

    id: str
    exhibition: str
    city: str
    language: str
    text: str
    state: str
    author: str
    office: str
    drafted_by: str
    released_by: str
    created_at: datetime
    released_at: datetime | None
    corrected_at: datetime | None
    revision: int
    example: bool


def save(connection: Connection, answer: OfficialAnswer) -> bool:
    """Write an answer with its *revision* one above the stored; false when it changed meanwhile."""
    row = {
        "id": answer.id,
        "exhibition": answer.exhibition,
        "city": answer.city,
        "language": answer.language,
        "text": answer.text,
        "state": answer.state,
        "author": answer.author,
        "office": answer.office,
        "drafted_by": answer.drafted_by,
        "released_by": answer.released_by,
        "created_at": clock.to_text(answer.created_at),
        "released_at": _text(answer.released_at),
        "corrected_at": _text(answer.corrected_at),
        "revision": answer.revision,
        "example": answer.example,
    }
    return connection.execute(_SAVE, row).rowcount == 1


def keep_revision(connection: Connection, answer: OfficialAnswer, by: str, now: datetime) -> None:
    """Keep this wording for good, so that a correction never hides what was said before."""
    connection.execute(
        _REVISION,
        {
            "answer": answer.id,
            "revision": answer.revision,
            "language": answer.language,
            "text": answer.text,
            "by": by,
            "now": clock.to_text(now),
        },
    )


def revisions(connection: Connection, answer: str) -> list[Row[Any]]:
    """Return every wording an answer has had, oldest first."""
    return list(connection.execute(_REVISIONS, {"answer": answer}))


def get(connection: Connection, answer: str) -> OfficialAnswer | None:
    """Return one answer in whatever state."""
    row = connection.execute(_BY_ID, {"id": answer}).one_or_none()
    return _answer(row) if row else None


def of_city(
    connection: Connection, exhibition: str, city: str, most: int = 200
) -> list[OfficialAnswer]:
    """Return a city's answers, newest first."""
    rows = connection.execute(_OF_CITY, {"exhibition": exhibition, "city": city, "most": most})
    return [_answer(row) for row in rows]


def link(connection: Connection, answer: str, comments: Sequence[str]) -> None:
    """Say which comments this answer answers, in place of what was said before."""
    connection.execute(_UNLINK, {"answer": answer})
    if comments:
        connection.execute(_LINK, [{"answer": answer, "comment": c} for c in comments])


def comments_of(connection: Connection, answer: str) -> tuple[str, ...]:
    """Return the ids of the comments that this answer answers."""
    return tuple(connection.execute(_COMMENTS_OF, {"answer": answer}).scalars())


def released_for(
    connection: Connection, comments: Sequence[str]
) -> dict[str, tuple[PublicAnswer, ...]]:
    """Return the released answers of each of these comments that has any."""
    found: dict[str, list[PublicAnswer]] = {}
    if comments:
        for row in connection.execute(_RELEASED_FOR, {"comments": list(comments)}):
            found.setdefault(row.comment, []).append(_public(row))
    return {comment: tuple(answers) for comment, answers in found.items()}


def standing(connection: Connection, exhibition: str) -> dict[str, str]:
    """Return of every answer on show now what changes with its words or its voice, by id."""
    rows = connection.execute(_STANDING, {"exhibition": exhibition})
    return {r.id: f"{r.released_at} {r.corrected_at} {r.voice}" for r in rows}


def by_ids(
    connection: Connection, exhibition: str, ids: Sequence[str]
) -> list[tuple[PublicAnswer, str]]:
    """Return those of these answers that are on show, each with a voice that it stands below."""
    found: list[tuple[PublicAnswer, str]] = []
    for at in range(0, len(ids), _AT_ONCE):
        where = {"exhibition": exhibition, "ids": list(ids[at : at + _AT_ONCE])}
        found += [(_public(row), str(row.voice)) for row in connection.execute(_BY_IDS, where)]
    return found


def _text(moment: datetime | None) -> str | None:
    return clock.to_text(moment) if moment else None


def _moment(stored: str | None) -> datetime | None:
    return clock.from_text(stored) if stored else None


def _public(row: Row[Any]) -> PublicAnswer:
    return PublicAnswer(
        id=row.id,
        text=row.text,
        language=row.language,
        author=row.author,
        office=row.office,
        city=row.city,
        released_at=clock.from_text(row.released_at),
        corrected_at=_moment(row.corrected_at),
    )


def _answer(row: Row[Any]) -> OfficialAnswer:
    return OfficialAnswer(
        id=row.id,
        exhibition=row.exhibition,
        city=row.city,
        language=row.language,
        text=row.text,
        state=row.state,
        author=row.author,
        office=row.office,
        drafted_by=row.drafted_by,
        released_by=row.released_by,
        created_at=clock.from_text(row.created_at),
        released_at=_moment(row.released_at),
        corrected_at=_moment(row.corrected_at),
        revision=row.revision,
        example=bool(row.example),
    )
