"""What residents do with comments: write one, read what is public, report, take back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from kiosk.errors import InvalidText, NotFound
from kiosk.messaging import heads
from kiosk.voice import answer_store, comment_store, report_store, support_store, voices_store
from kiosk.voice.comment import Comment, NewComment, PublicComment, tidy
from kiosk.voice.report_store import Report
from kiosk.voice.voices_store import Wanted

REPORT_GROUNDS = ("insult", "discrimination", "private-data", "unlawful", "advertising", "other")
"""Why a visitor may report a comment."""

LONGEST_REPORT = 1_000
"""Characters of a report's own words."""

_COUNTER = "voice-number"
SKIPPED = 1_000
"""Numbers left out where the count may have been damaged: more than a screen gives in a week."""


def next_voice_number(connection: Connection, kiosk_number: int) -> str:
    """Return the next short public number of this device: ``12-481``."""
    return f"{kiosk_number}-{heads.advance(connection, _COUNTER)}"


def skip_voice_numbers(connection: Connection) -> None:
    """Go on far behind every number that is known: some that were given may have been lost."""
    given = [int(number.rpartition("-")[2]) for number in comment_store.own_numbers(connection)]
    counter = int(heads.read(connection, _COUNTER, "0"))
    heads.write(connection, _COUNTER, str(max([counter, *given]) + SKIPPED))


def submit_comment(connection: Connection, new: NewComment, now: datetime) -> Comment:
    """Keep a comment as waiting; the same id again changes nothing.

    Raises:
        InvalidText: it is empty or too long.
    """
    comment_store.add(connection, replace(new, text=tidy(new.text)), now)
    kept = comment_store.get(connection, new.id)
    assert kept is not None
    return kept


def published_comments(
    connection: Connection,
    exhibition: str,
    exhibit: str = "",
    *,
    most: int = 20,
    before: PublicComment | None = None,
) -> list[PublicComment]:
    """Return published comments with their answers, newest first, in pages of *most*."""
    page = comment_store.public(connection, exhibition, exhibit, most=most, before=before)
    return with_answers(connection, page)


def voices(
    connection: Connection, wanted: Wanted, most: int, before: PublicComment | None = None
) -> list[PublicComment]:
    """Return published comments with their answers as *wanted*, in pages of *most*."""
    return with_answers(connection, voices_store.page(connection, wanted, most, before))


def published_comment(connection: Connection, comment: str) -> PublicComment | None:
    """Return one comment with its answers if it is published."""
    found = comment_store.public_one(connection, comment)
    return with_answers(connection, [found])[0] if found else None


def with_answers(connection: Connection, comments: Sequence[PublicComment]) -> list[PublicComment]:
    """Return these comments with the answers released for them, and how often each is supported."""
    ids = [comment.id for comment in comments]
    answers = answer_store.released_for(connection, ids)
    times = support_store.times(connection, ids)
    return [
        replace(c, answers=answers.get(c.id, ()), supported=times.get(c.id, 0)) for c in comments
    ]


def report_comment(connection: Connection, report: Report, now: datetime) -> None:
    """Keep a visitor's notice about a published comment; the same id again changes nothing.

    Raises:
        NotFound: this comment is not public.
        InvalidText: the ground is unknown, or the words are too long.
    """
    if report.ground not in REPORT_GROUNDS:
        raise InvalidText("Say why this should not stand.", "Choose one of the reasons.")
    words = tidy(report.text, LONGEST_REPORT) if report.text.strip() else ""
    about = comment_store.get(connection, report.comment)
    if about is None:
        raise NotFound("This comment is not on show any more.", "Nothing more needs to be done.")
    kept = replace(report, text=words, example=about.example)
    report_store.add(connection, kept, now)
