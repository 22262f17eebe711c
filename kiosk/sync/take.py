"""At the hub: applies new messages to voices and comments; what cannot be goes to quarantine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from kiosk.database.commits import OWN_FAULT
from kiosk.errors import Forbidden, InvalidText, KioskError
from kiosk.messaging import quarantine_store
from kiosk.messaging.envelope import Message
from kiosk.moderation import actions as moderation
from kiosk.moderation import erasure, support
from kiosk.people.kiosk_store import Kiosk
from kiosk.sync import bodies, groups, visits
from kiosk.voice import comment_actions, comment_store
from kiosk.voice.received import Gathered

BALLOT = "ballot"
"""The kind of which there are most by far."""

SUPPORT = "support"
"""The kind that, like ballots, takes no place in the feed by itself."""

ERASED = "comment.erased"
"""The kind of a message whose words were destroyed at the kiosk."""

UNKNOWN = "unknown kind"
"""Why a message is set aside that a newer hub will be able to apply."""

_ZERO = b"\\u0000"
"""A zero character, which no text of ours has and PostgreSQL cannot keep."""


def apply_new(
    connection: Connection, kiosk: Kiosk, messages: Sequence[Message], now: datetime
) -> None:
    """Apply messages; one that cannot be is kept for a person, and the others go on.

    Ballots are counted together: they and the other kinds never touch the same rows. Each of
    these is in the order of the kiosk's numbers.
    """
    ballots = [message for message in messages if message.kind == BALLOT]
    _count_ballots(connection, kiosk, ballots, now)
    if len(ballots) < len(messages):
        others = [message for message in messages if message.kind != BALLOT]
        # Support before what is told in the feed, as ballots: see kiosk.sync.receive._take_in.
        for message in sorted(others, key=lambda m: m.kind != SUPPORT):
            _apply_or_set_aside(connection, kiosk, message, now)


def kinds() -> list[str]:
    """Return every kind of message that this program applies."""
    return [BALLOT, *_APPLY]


def _count_ballots(
    connection: Connection, kiosk: Kiosk, messages: Sequence[Message], now: datetime
) -> None:
    gathered = Gathered(connection, kiosk.id, now)
    for message in messages:
        try:
            b = bodies.read_ballot(message.body)
            where = (b.exhibition, b.city, b.place, b.channel)
            gathered.add(
                message.id, message.seq, b.question, b.participant, b.choices, where, b.cast_at
            )
        except (KioskError, msgspec.MsgspecError, UnicodeError) as error:
            _set_aside(connection, kiosk, message, _reason(error), now)
    gathered.count()


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


def _apply_or_set_aside(
    connection: Connection, kiosk: Kiosk, message: Message, now: datetime
) -> None:
    apply = _APPLY.get(message.kind)
    if apply is None:
        _set_aside(connection, kiosk, message, UNKNOWN, now)
        return
    try:
        _check_characters(bytes(message.body))
        with connection.begin_nested():
            apply(connection, kiosk, message, now)
    except (KioskError, msgspec.MsgspecError, ValueError, OverflowError) as error:
        _set_aside(connection, kiosk, message, _reason(error), now)
    except OWN_FAULT as error:  # what the database says of it may repeat a visitor's words
        _set_aside(connection, kiosk, message, type(error).__name__, now)


def _set_aside(
    connection: Connection, kiosk: Kiosk, message: Message, reason: str, now: datetime
) -> None:
    quarantine_store.add(connection, kiosk.id, message, quarantine_store.UNFIT, reason, now)


def _check_characters(body: bytes) -> None:
    if _ZERO in body and "\0" in str(msgspec.json.decode(body)).replace("\\x00", "\0"):
        raise InvalidText("It has a zero character in it.", "Correct the client.")


def _comment(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    body = msgspec.json.decode(message.body, type=bodies.Comment)
    moderation.receive(connection, body.comment(message.id, kiosk.id), now)


def _report(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    body = msgspec.json.decode(message.body, type=bodies.ReportMade)
    comment_actions.report_comment(connection, body.report(message.id, kiosk.id), now)


def _support(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    body = msgspec.json.decode(message.body, type=bodies.SupportGiven)
    support.receive(connection, body.support(message.id, message.seq, kiosk.id), now)


def _own(connection: Connection, kiosk: Kiosk, message: Message) -> str:
    """Return the comment that a kiosk takes back.

    Raises:
        Forbidden: it came in elsewhere; one kiosk's credential reaches its own voices only.
    """
    comment = msgspec.json.decode(message.body, type=bodies.TakenBack).comment
    found = comment_store.get(connection, comment)
    if found is not None and found.place.origin != kiosk.id:
        raise Forbidden("This comment came in elsewhere.", "Take it back by its receipt.")
    return comment


def _withdrawn(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    erasure.withdraw(connection, _own(connection, kiosk, message), now)


def _erased(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    comment = _own(connection, kiosk, message)
    erasure.erase(connection, comment, now)
    quarantine_store.destroy(connection, comment)


def _visits(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    del now
    visits.take(connection, kiosk.id, bytes(message.body))


def _hands(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    groups.take(connection, kiosk.id, message, now)


_APPLY: dict[str, Callable[[Connection, Kiosk, Message, datetime], None]] = {
    "comment": _comment,
    "report": _report,
    SUPPORT: _support,
    visits.KIND: _visits,
    groups.KIND: _hands,
    "comment.withdrawn": _withdrawn,
    ERASED: _erased,
}
