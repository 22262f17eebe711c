"""What the attract screen takes turns with: questions, conclusions, and exchanges with mayors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit, Question, QuestionKind
from kiosk.exhibition.voting_period import open_question
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.screens.touch.listening.newest import LOOK_BACK
from kiosk.screens.touch.looking.exhibit import ASKED_FIRST
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

MOST_WORDS = 60
"""Words of an exchange that a passer-by is shown."""

MOST_EXCHANGES = 3
"""Exchanges of one round: the newest that are short enough."""

MOST_CHOICES = 4
"""Questions with more answers than this are opened before they are answered."""

_ASKING = "?؟"
"""Question marks: of Latin and Cyrillic, and of Arabic writing."""

Turn = Exhibit | PublicComment


def a_round(
    due: Sequence[Exhibit], exchanges: Sequence[PublicComment], now: datetime
) -> list[Turn]:
    """Return the turns of one round of what is due, each kind in its own order.

    Two questions that a touch answers are parted by a conclusion or an exchange, those taking
    turns, for as long as there are any.
    """
    asked = [e for e in due if answered_by_touch(open_question(e, now))]
    told = [e for e in due if e not in asked]
    between = list(_alternating(told, exchanges))
    return list(_alternating(asked, between))


def _alternating(one: Sequence[Turn], other: Sequence[Turn]) -> Iterator[Turn]:
    pairs = chain.from_iterable(zip_longest(one, other))
    return (each for each in pairs if each is not None)


def exchanges(connection: Connection, visit: Visit) -> list[PublicComment]:
    """Return the newest voices that were answered and can be read in passing."""
    if not voices_may_show(connection, visit.context.clock()):
        return []
    found = comment_actions.published_comments(connection, visit.exhibition.id, most=LOOK_BACK)
    return [c for c in found if is_brief(c)][:MOST_EXCHANGES]


def as_it_is_now(
    connection: Connection, visit: Visit, shown: PublicComment
) -> PublicComment | None:
    """Return an exchange as it stands now; None where it is none any more, or may not be shown."""
    if not voices_may_show(connection, visit.context.clock()):
        return None
    found = comment_actions.published_comment(connection, shown.id)
    return found if found is not None and is_brief(found) else None


def is_due(exhibit: Exhibit, now: datetime) -> bool:
    """Whether the exhibit has its turn now: one that is nothing but a question only if it asks."""
    return exhibit.kind not in ASKED_FIRST or open_question(exhibit, now) is not None


def answered_by_touch(question: Question | None) -> bool:
    """Whether the first touch can answer it."""
    if question is None:
        return False
    few = len(question.choice_ids()) <= MOST_CHOICES
    return question.kind is QuestionKind.AGREE or (question.kind is QuestionKind.SINGLE and few)


def is_brief(voice: PublicComment) -> bool:
    """Whether voice and answer can be read in passing; a voice without an answer is no exchange."""
    texts = [voice.text, *(answer.text for answer in voice.answers)]
    return len(texts) > 1 and len(" ".join(texts).split()) <= MOST_WORDS


def headline(visit: Visit, voice: PublicComment) -> str:
    """Return where and when it was asked, or said, and who answered, in the visitor's language."""
    t = visit.t
    said = {"ago": t.ago(voice.published_at, visit.context.clock())}
    said["name"] = voice.answers[0].author
    asked = any(mark in voice.text for mark in _ASKING)
    if voice.city == visit.context.city:
        if asked:
            return t("Asked here {ago}, answered by {name}", **said)
        return t("Said here {ago}, answered by {name}", **said)
    title = visit.text(visit.exhibition.title).text
    said["place"] = visit.city_name(voice.city) if voice.city else title
    if asked:
        return t("{place}: asked {ago}, answered by {name}", **said)
    return t("{place}: said {ago}, answered by {name}", **said)
