"""A group's hands at the touchscreen: recorded and put in the outbox before anything says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlalchemy import Connection

from kiosk.exhibition.model import Question
from kiosk.people import group_codes
from kiosk.screens.touch.group_party import Party
from kiosk.sync import groups
from kiosk.voice.group import Hands, Raised
from kiosk.voice.place import Channel

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


async def record(visit: Visit, party: Party, question: Question, raised: Raised, tap: str) -> None:
    """Record a group's hands as its latest on a question; *tap* is the id made on the first tap.

    Raises:
        Forbidden: the code that opened this session was taken back.
        QuestionClosed, InvalidBallot, NotFound, Unavailable: nothing was recorded.
    """
    if tap in visit.session.sent:
        return
    context = visit.context
    now = context.clock()
    place = replace(context.where(visit.exhibition.id), channel=Channel.GROUP)
    hands = Hands(tap, party.id, question.id, party.size, raised, place, now)

    def write(connection: Connection) -> None:
        group_codes.still_stands(connection, party.code)
        groups.record(connection, hands, now)

    await context.database.write(write)
    visit.session.sent.add(tap)
    party.hands[question.id] = (party.size, raised)
