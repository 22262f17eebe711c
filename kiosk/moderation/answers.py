"""Official answers: the office drafts, the mayor releases, a correction keeps what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from kiosk.errors import Conflict, InvalidText, NotFound
from kiosk.moderation import announce
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.voice import answer_store, comment_store
from kiosk.voice.answer_store import OfficialAnswer
from kiosk.voice.comment import Comment, Status, tidy

LONGEST = 1_000
"""Characters of an answer: what a passer-by reads standing."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What the office writes: an answer's *text* in a *language*, and the *comments* it answers."""

    id: str
    language: str
    text: str
    comments: tuple[str, ...]
    revision: int = 0
    """The revision that was read; 0 for a new answer."""


def save_draft(connection: Connection, draft: Draft, staff: Actor, now: datetime) -> OfficialAnswer:
    """Keep a draft; nobody outside sees it.

    Raises:
        InvalidText: it is empty or too long, or answers nothing.
        NotFound, Forbidden: a comment is not public or not of her city.
        Conflict: someone else changed it meanwhile, or it is released by now.
    """
    text = tidy(draft.text, LONGEST)
    comments = _answered(connection, draft.comments, staff)
    first = comments[0]
    before = answer_store.get(connection, draft.id)
    if before is not None and (before.revision != draft.revision or before.state != "draft"):
        raise _changed()
    saved = OfficialAnswer(
        id=draft.id,
        exhibition=first.place.exhibition,
        city=first.place.city,
        language=draft.language,
        text=text,
        state="draft",
        author="",
        office="",
        drafted_by=before.drafted_by if before else staff.id,
        released_by="",
        created_at=before.created_at if before else now,
        released_at=None,
        corrected_at=None,
        revision=draft.revision + 1,
        example=first.example,
    )
    _save(connection, saved)
    answer_store.link(connection, draft.id, draft.comments)
    return saved


def release(
    connection: Connection, answer: str, revision: int, staff: Actor, now: datetime
) -> OfficialAnswer:
    """Make an answer public in her name and the office that she holds now.

    Raises:
        NotFound, Forbidden: she may not speak for this city.
        Conflict: it is not the draft that she read, or its comments are not public any more.
    """
    draft = _for_release(connection, answer, revision, staff)
    if draft.state == "released":
        raise _changed()
    comments = answer_store.comments_of(connection, answer)
    standing = [comment_store.get(connection, c) for c in comments]
    if not any(c is not None and c.status is Status.PUBLISHED for c in standing):
        raise Conflict(
            "What it answers is not public any more.", "Choose other comments, or leave it."
        )
    grant = staff.require(Permission.RELEASE_ANSWER, draft.exhibition, draft.city)
    released = replace(
        draft,
        state="released",
        author=staff.display_name,
        office=grant.office,
        released_by=staff.id,
        released_at=now,
        revision=revision + 1,
    )
    return _publish(connection, released, staff, now)


def correct(
    connection: Connection, answer: str, revision: int, text: str, staff: Actor, now: datetime
) -> OfficialAnswer:
    """Replace a public answer's wording; screens show when, and the old wording is kept.

    Raises:
        InvalidText: it is empty or too long.
        NotFound, Forbidden, Conflict: as :func:`release`.
    """
    before = _for_release(connection, answer, revision, staff)
    if before.state != "released":
        raise Conflict("This answer is not public.", "Release it first.")
    wording = tidy(text, LONGEST)
    if wording == before.text:
        return before
    corrected = replace(before, text=wording, corrected_at=now, revision=revision + 1)
    return _publish(connection, corrected, staff, now)


def withdraw(
    connection: Connection, answer: str, revision: int, staff: Actor, now: datetime
) -> OfficialAnswer:
    """Take a public answer off every screen; its wordings are kept for the record.

    Raises:
        NotFound, Forbidden, Conflict: as :func:`release`.
    """
    before = _for_release(connection, answer, revision, staff)
    if before.state != "released":
        raise Conflict("This answer is not public.", "There is nothing to take back.")
    withdrawn = replace(before, state="withdrawn", revision=revision + 1)
    _save(connection, withdrawn)
    announce.answered(connection, withdrawn, answer_store.comments_of(connection, answer), now)
    return withdrawn


def _publish(
    connection: Connection, answer: OfficialAnswer, staff: Actor, now: datetime
) -> OfficialAnswer:
    _save(connection, answer)
    answer_store.keep_revision(connection, answer, staff.id, now)
    announce.answered(connection, answer, answer_store.comments_of(connection, answer.id), now)
    return answer


def _save(connection: Connection, answer: OfficialAnswer) -> None:
    if not answer_store.save(connection, answer):
        raise _changed()


def _for_release(
    connection: Connection, answer: str, revision: int, staff: Actor
) -> OfficialAnswer:
    found = answer_store.get(connection, answer)
    if found is None or not staff.may(Permission.READ_ANSWERS, found.exhibition, found.city):
        raise NotFound("This answer is not known here.", "Go back to the answers.")
    staff.require(Permission.RELEASE_ANSWER, found.exhibition, found.city)
    if found.revision != revision:
        raise _changed()
    return found


def _answered(connection: Connection, comments: Sequence[str], staff: Actor) -> list[Comment]:
    """Return the comments to answer: at least one, public, all of one city that is hers."""
    if not comments:
        raise InvalidText("An answer answers someone.", "Choose at least one comment.")
    found = []
    for comment in comments:
        one = comment_store.get(connection, comment)
        if one is None or one.status is not Status.PUBLISHED:
            raise NotFound("A chosen comment is not public.", "Leave it out and save again.")
        staff.require(Permission.DRAFT_ANSWER, one.place.exhibition, one.place.city)
        found.append(one)
    if len({(c.place.exhibition, c.place.city) for c in found}) > 1:
        raise InvalidText(
            "The chosen comments belong to several cities.", "Answer each city by itself."
        )
    return found


def _changed() -> Conflict:
    return Conflict("Someone else has changed this answer meanwhile.", "Read it again first.")
