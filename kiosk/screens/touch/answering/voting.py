"""A visitor's vote at the touchscreen: counted and put in the outbox before anything says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import Question
from kiosk.sync import submit
from kiosk.voice.ballot import Cast

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


async def cast(visit: Visit, question: Question, choices: tuple[str, ...], tap: str) -> None:
    """Count *choices* as this visit's vote; *tap* is the id made on the first tap.

    Raises:
        QuestionClosed, InvalidBallot, NotFound, Unavailable: nothing was counted.
    """
    if tap in visit.session.sent:
        return
    context = visit.context
    now = context.clock()
    ballot = Cast(
        id=tap,
        question=question.id,
        participant=visit.participant,
        choices=choices,
        place=context.where(visit.exhibition.id),
        cast_at=now,
    )
    await context.database.write(lambda connection: submit.cast_ballot(connection, ballot, now))
    visit.session.sent.add(tap)
    visit.session.ballots[question.id] = choices


async def withdraw(visit: Visit, question: Question, tap: str) -> None:
    """Take this visit's vote out of the count.

    Raises:
        QuestionClosed, Unavailable: the vote stays as it was.
    """
    context = visit.context
    now = context.clock()
    ballot = Cast(
        id=tap,
        question=question.id,
        participant=visit.participant,
        choices=(),
        place=context.where(visit.exhibition.id),
        cast_at=now,
    )
    await context.database.write(lambda c: submit.withdraw_ballot(c, ballot, now))
    visit.session.ballots.pop(question.id, None)
