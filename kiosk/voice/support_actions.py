"""What residents do with others' comments: agree, take it back; and what all of it adds up to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk import clock
from kiosk.errors import InvalidText, NotFound
from kiosk.voice import comment_store, support_store
from kiosk.voice.comment import Status
from kiosk.voice.support import Support

times = support_store.times
given_by = support_store.given_by


def give(connection: Connection, support: Support, now: datetime) -> bool:
    """Count (or take back) a participant's agreement with a published comment.

    Each comment has one of each participant, whatever is touched how often; it never moves what
    moderators decide. Return whether it stands now.

    Raises:
        NotFound: the comment is not public.
    """
    about = comment_store.public_one(connection, support.comment)
    if about is None:
        raise NotFound("This comment is not on show any more.", "Nothing more needs to be done.")
    counted = support_store.count(connection, support, clock.to_text(now), example=about.example)
    return support.given if counted else not support.given


def count_received(connection: Connection, support: Support, now: datetime) -> None:
    """Count at the hub what a kiosk already counted, also when the comment has gone by now.

    One that this hub does not know (yet) is counted too; an erased one takes no support.

    Raises:
        InvalidText: comment or participant are not said.
    """
    if not support.comment or not support.participant:
        raise InvalidText("It names no comment or no participant.", "Correct the client.")
    about = comment_store.get(connection, support.comment)
    if about is not None and about.status is Status.ERASED:
        return
    example = about.example if about else False
    support_store.count(connection, support, clock.to_text(now), example=example)
