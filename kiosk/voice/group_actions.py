"""What a facilitator does with a group's hands: records them, corrects them, takes them back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.errors import InvalidBallot, NotFound
from kiosk.voice import group, group_store, question_store
from kiosk.voice.group import Groups, Hands
from kiosk.voice.place import Channel


def record(connection: Connection, hands: Hands, now: datetime) -> None:
    """Write a group's hands down as its latest on the question; no tally hears of it.

    Raises:
        NotFound: the question was never released here.
        QuestionClosed: *now* is outside the voting period.
        InvalidBallot: the size or the numbers cannot be a group's.
    """
    asked = question_store.get(connection, hands.question)
    if asked is None:
        raise NotFound("This question is not known here.", "Choose another one.")
    asked.check_open(now)
    group.check(asked, hands.size, hands.raised)
    group_store.record(connection, hands, example=asked.example)


def record_received(connection: Connection, hands: Hands) -> None:
    """Write down at the hub what a kiosk recorded, also when the vote is over by now.

    Raises:
        InvalidBallot: the size or the numbers cannot be a group's, or it names none.
    """
    if not hands.group or not hands.question or hands.place.channel != Channel.GROUP:
        raise InvalidBallot("It names no group or no question.", "Correct the client.")
    asked = question_store.get(connection, hands.question)
    if asked is None:
        group.check_numbers(hands.size, hands.raised)
    else:
        group.check(asked, hands.size, hands.raised)
    group_store.record(connection, hands, example=asked.example if asked else False)


def groups_on(connection: Connection, question: str) -> Groups:
    """Return what groups' hands on a question add up to, apart from its tally."""
    return group.add_up(question, group_store.lines(connection, question))
