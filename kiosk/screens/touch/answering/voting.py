"""A visitor's vote at the touchscreen: counted and put in the outbox before anything says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.model import Question
from kiosk.sync import submit
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from kiosk.voice.tally import Tally

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


async def cast(visit: Visit, question: Question, choices: tuple[str, ...], tap: str) -> Tally:
    """Count *choices* as this visit's vote; *tap* is the id made on the first tap.

    Returns the tally with it, read in the same transaction: one look less before the thanks.

    Raises:
        QuestionClosed, InvalidBallot, NotFound, Unavailable: nothing was counted.
    """
    context = visit.context
    if tap in visit.session.sent:
        return await context.database.read(lambda c: actions.tally_of(c, question.id))
    now = context.clock()
    ballot = Cast(
        id=tap,
        question=question.id,
        participant=visit.participant,
        choices=choices,
        place=context.where(visit.exhibition.id),
        cast_at=now,
    )

    def counted(connection: Connection) -> Tally:
        submit.cast_ballot(connection, ballot, now)
        return actions.tally_of(connection, question.id)

    tally = await context.database.write(counted)
    visit.session.sent.add(tap)
    visit.session.ballots[question.id] = choices
    visit.session.ticked.pop(question.id, None)
    return tally


async def withdraw(visit: Visit, question: Question, tap: str) -> Tally:
    """Take this visit's vote out of the count; returns the tally without it.

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

    def withdrawn(connection: Connection) -> Tally:
        submit.withdraw_ballot(connection, ballot, now)
        return actions.tally_of(connection, question.id)

    tally = await context.database.write(withdrawn)
    visit.session.ballots.pop(question.id, None)
    return tally
