"""The table ``draft``: conclusions being captured, each with a revision against lost edits."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from kiosk import clock
from kiosk.exhibition.draft import Content, Draft, DraftText, State

_ADD = text(
    "INSERT INTO draft (id, exhibition, city, topic, session, state, revision, source_language,"
    " body, photo, created_by, created_at, updated_at, approved_by, published_edition, example)"
    " VALUES (:id, :exhibition, :city, :topic, :session, :state, :revision, :source_language,"
    " :body, :photo, :created_by, :created_at, :updated_at, '', '', :example)"
)
_SAVE = text(
    "UPDATE draft SET topic = :topic, session = :session, state = :state,"
    " revision = revision + 1, source_language = :source_language, body = :body, photo = :photo,"
    " updated_at = :updated_at, approved_by = :approved_by, approved_at = :approved_at"
    " WHERE id = :id AND revision = :revision"
)
_PUBLISHED = text(
    "UPDATE draft SET state = 'published', revision = revision + 1, published_edition = :edition"
    " WHERE id = :id AND revision = :revision AND state = 'approved'"
)
_GET = text("SELECT * FROM draft WHERE id = :id")
_OF_EXHIBITION = text(
    "SELECT * FROM draft WHERE exhibition = :exhibition ORDER BY updated_at DESC, id"
)
_IN_STATE = text(
    "SELECT * FROM draft WHERE exhibition = :exhibition AND state = :state ORDER BY approved_at, id"
)


def add(connection: Connection, draft: Draft) -> None:
    """Store a new draft."""
    connection.execute(
        _ADD,
        {
            **_content(draft),
            "exhibition": draft.exhibition,
            "city": draft.city,
            "created_by": draft.created_by,
            "created_at": clock.to_text(draft.created_at),
            "example": draft.example,
        },
    )


def save(connection: Connection, draft: Draft) -> bool:
    """Store a changed draft over its revision; false when that is no longer the newest."""
    approved_at = clock.to_text(draft.approved_at) if draft.approved_at else None
    changed = connection.execute(
        _SAVE, {**_content(draft), "approved_by": draft.approved_by, "approved_at": approved_at}
    )
    return changed.rowcount == 1


def mark_published(connection: Connection, draft: Draft, edition: str) -> bool:
    """Note in which edition an approved draft went out; false when it changed meanwhile."""
    row = {"id": draft.id, "revision": draft.revision, "edition": edition}
    return connection.execute(_PUBLISHED, row).rowcount == 1


def get(connection: Connection, draft: str) -> Draft | None:
    """Return a draft, or None."""
    row = connection.execute(_GET, {"id": draft}).one_or_none()
    return _draft(row) if row else None


def of_exhibition(connection: Connection, exhibition: str) -> list[Draft]:
    """Return an exhibition's drafts, the last changed first."""
    rows = connection.execute(_OF_EXHIBITION, {"exhibition": exhibition})
    return [_draft(row) for row in rows]


def in_state(connection: Connection, exhibition: str, state: State) -> list[Draft]:
    """Return an exhibition's drafts in one state, in the order of their approval."""
    rows = connection.execute(_IN_STATE, {"exhibition": exhibition, "state": str(state)})
    return [_draft(row) for row in rows]


def _content(draft: Draft) -> dict[str, object]:
    content = draft.content
    body = {
        "guiding_question": content.guiding_question,
        "wanted": content.wanted,
        "texts": {language: asdict(text) for language, text in content.texts.items()},
    }
    return {
        "id": draft.id,
        "topic": content.topic,
        "session": content.session,
        "state": str(draft.state),
        "revision": draft.revision,
        "source_language": content.source_language,
        "body": json.dumps(body, ensure_ascii=False),
        "photo": content.photo,
        "updated_at": clock.to_text(draft.updated_at),
    }


def _draft(row: Row[tuple[object, ...]]) -> Draft:
    body = json.loads(row.body)
    content = Content(
        topic=row.topic,
        source_language=row.source_language,
        texts={language: _text(each) for language, each in body["texts"].items()},
        session=row.session,
        guiding_question=body["guiding_question"],
        wanted=tuple(body["wanted"]),
        photo=row.photo,
    )
    return Draft(
        id=row.id,
        exhibition=row.exhibition,
        city=row.city,
        content=content,
        state=State(row.state),
        revision=row.revision,
        created_by=row.created_by,
        created_at=clock.from_text(row.created_at),
        updated_at=clock.from_text(row.updated_at),
        approved_by=row.approved_by,
        approved_at=_moment(row.approved_at),
        published_edition=row.published_edition,
        example=bool(row.example),
    )


def _text(fields: dict[str, Any]) -> DraftText:
    lists = {key: tuple(fields[key]) for key in ("statements", "dissent")}
    return DraftText(**{**fields, **lists})


def _moment(text_or_none: str | None) -> datetime | None:
    return clock.from_text(text_or_none) if text_or_none else None
