"""What a rapporteur does with a draft: begin, save, approve, withdraw; each in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from kiosk.errors import Conflict, NotFound
from kiosk.exhibition import draft_store
from kiosk.exhibition.draft import Content, Draft, State, new_draft_id, problems, tidy
from kiosk.exhibition.edition import FileRecord
from kiosk.exhibition.file_store import FileStore
from kiosk.exhibition.pictures import photograph


def begin(
    connection: Connection,
    exhibition: str,
    content: Content,
    by: str,
    now: datetime,
    *,
    city: str = "",
    example: bool = False,
) -> Draft:
    """Store a new draft and return it; *city* empty captures for the exhibition itself."""
    tidied = tidy(content)
    draft = Draft(
        id=new_draft_id(tidied.source().title),
        exhibition=exhibition,
        city=city,
        content=tidied,
        state=State.DRAFT,
        revision=1,
        created_by=by,
        created_at=now,
        updated_at=now,
        example=example,
    )
    draft_store.add(connection, draft)
    return draft


def save(
    connection: Connection, draft: str, revision: int, content: Content, now: datetime
) -> Draft:
    """Store what was changed in *revision* of a draft; it must then be approved (again).

    What of it is published stays on the screens until the new state is approved and published.

    Raises:
        Conflict: somebody else has changed it since; nothing was overwritten.
        NotFound: there is no such draft.
    """
    found = _at(connection, draft, revision)
    changed = replace(
        found,
        content=tidy(content),
        state=State.DRAFT,
        approved_by="",
        approved_at=None,
        updated_at=now,
    )
    return _store(connection, changed)


def approve(connection: Connection, draft: str, revision: int, by: str, now: datetime) -> Draft:
    """Approve a draft as it stands; *by* is the name that the exhibition will show.

    Raises:
        InvalidText: it lacks what a conclusion needs; the message says what.
        Conflict: somebody else has changed it since.
        NotFound: there is no such draft.
    """
    found = _at(connection, draft, revision)
    lacking = problems(found.content)
    if lacking:
        raise lacking[0]
    approved = replace(found, state=State.APPROVED, approved_by=by, approved_at=now, updated_at=now)
    return _store(connection, approved)


def withdraw(connection: Connection, draft: str, revision: int, now: datetime) -> Draft:
    """Give a draft up; it leaves the screens with the next publication.

    Raises:
        Conflict: somebody else has changed it since.
        NotFound: there is no such draft.
    """
    found = _at(connection, draft, revision)
    return _store(connection, replace(found, state=State.WITHDRAWN, updated_at=now))


def keep_photograph(files: FileStore, data: bytes) -> FileRecord:
    """Make a photograph fit to be shown, keep it, and return its record for the draft.

    Raises:
        PictureRefused: it is too large, a bomb, no picture, or damaged.
        Unavailable: the disk is full; nothing was kept.
    """
    return files.put(photograph(data).data)


def _at(connection: Connection, draft: str, revision: int) -> Draft:
    found = draft_store.get(connection, draft)
    if found is None:
        raise NotFound("This draft does not exist.", "Go back to the list of drafts.")
    if found.revision != revision:
        raise _changed()
    return found


def _store(connection: Connection, draft: Draft) -> Draft:
    if not draft_store.save(connection, draft):
        raise _changed()
    return replace(draft, revision=draft.revision + 1)


def _changed() -> Conflict:
    return Conflict(
        "Somebody else has changed this draft meanwhile.",
        "Your text is still here: copy it, load the draft again, and add it there.",
    )
