"""Says in the feed what became of a comment or an answer; kiosks and phones follow it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from kiosk import clock
from kiosk.messaging import feed_store
from kiosk.voice.answer_store import OfficialAnswer
from kiosk.voice.comment import Comment, NewComment


def published(connection: Connection, comment: Comment, now: datetime) -> None:
    """Tell every screen a comment that is public from *now* on, whole."""
    body = {
        "state": "published",
        "exhibition": comment.place.exhibition,
        "exhibit": comment.exhibit,
        "question": comment.question,
        "city": comment.place.city,
        "place": comment.place.place,
        "channel": comment.place.channel,
        "language": comment.language,
        "text": comment.text,
        "published_at": clock.to_text(now),
        "voice_number": comment.voice_number,
        "example": comment.example,
    }
    _append(connection, comment, body, now)


def gone(connection: Connection, comment: Comment | NewComment, state: str, now: datetime) -> None:
    """Tell every screen that a comment is not public; what the feed said of it before goes.

    *state* is ``waiting``, ``refused``, ``removed``, ``withdrawn`` or ``erased``.
    """
    _append(connection, comment, {"state": state}, now)


def _append(
    connection: Connection, comment: Comment | NewComment, body: dict[str, Any], now: datetime
) -> None:
    place = comment.place
    feed_store.append(
        connection,
        "comment",
        place.exhibition,
        place.city,
        {"id": comment.id, **body},
        now,
        subject=comment.id,
    )


def answered(
    connection: Connection, answer: OfficialAnswer, comments: Sequence[str], now: datetime
) -> None:
    """Tell every screen an official answer's present state; a withdrawn one without its text."""
    body: dict[str, Any] = {"id": answer.id, "state": answer.state, "comments": list(comments)}
    if answer.state == "released" and answer.released_at is not None:
        corrected = answer.corrected_at
        body |= {
            "text": answer.text,
            "language": answer.language,
            "author": answer.author,
            "office": answer.office,
            "city": answer.city,
            "example": answer.example,
            "released_at": clock.to_text(answer.released_at),
            "corrected_at": clock.to_text(corrected) if corrected else None,
        }
    feed_store.append(
        connection, "answer", answer.exhibition, answer.city, body, now, subject=answer.id
    )
