"""At the hub: takes a kiosk's messages in, each once, and sets aside what cannot be applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from kiosk import ids
from kiosk.errors import Forbidden, InvalidText, KioskError
from kiosk.messaging import heads, inbox_store
from kiosk.messaging.envelope import Message, Receipt, body_hash
from kiosk.moderation import actions as moderation
from kiosk.moderation import erasure
from kiosk.people.kiosk_store import Kiosk
from kiosk.sync import bodies
from kiosk.voice import actions, comment_actions, comment_store


def epoch(connection: Connection) -> str:
    """Return the name of this hub's present life; a restored hub begins a new one."""
    return heads.keep_first(connection, "epoch", ids.new_id())


def receive(
    connection: Connection, kiosk: Kiosk, messages: Sequence[Message], now: datetime
) -> Receipt:
    """Apply what is new, in the kiosk's order, and reply with what is held of it.

    A message beyond the next sequence number is left: the kiosk sends again from the reply's.

    Raises:
        InvalidText: a body is not the one that was hashed; nothing of the batch was taken.
    """
    for message in messages:
        if body_hash(bytes(message.body)) != message.hash:
            raise InvalidText("A message was damaged on the way.", "Send it again.")
    count, highest = inbox_store.state(connection, kiosk.id)
    aside: list[str] = []
    for message in sorted(messages, key=lambda m: m.seq):
        if message.seq > highest + 1:
            break
        if _take(connection, kiosk, message, now) == "conflict":
            aside.append(message.id)
        if message.seq > highest:
            count, highest = count + 1, message.seq
    return Receipt(epoch(connection), count, highest, aside)


def _take(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> str:
    """Take one message in; its sequence number is held afterwards, whatever became of it."""
    outcome = inbox_store.add(connection, kiosk.id, message, now)
    if outcome == "conflict" and message.kind == "comment.erased":
        # What stood under this id was destroyed at the kiosk after we had it: not a conflict.
        _apply_or_set_aside(connection, kiosk, message, now)
        return "known"
    if outcome == "conflict":
        inbox_store.set_aside(connection, kiosk.id, message, "same id, other body", now)
        inbox_store.hold_place(connection, kiosk.id, message, now)
    if outcome == "new":
        _apply_or_set_aside(connection, kiosk, message, now)
    return outcome


def _apply_or_set_aside(
    connection: Connection, kiosk: Kiosk, message: Message, now: datetime
) -> None:
    """Apply one message; one that cannot be is kept for a person, and the others go on."""
    apply = _APPLY.get(message.kind)
    if apply is None:
        inbox_store.set_aside(connection, kiosk.id, message, "unknown kind", now)
        return
    try:
        with connection.begin_nested():
            apply(connection, kiosk, message, now)
    except (KioskError, msgspec.ValidationError, ValueError) as error:
        reason = f"{type(error).__name__}: {error}"
        inbox_store.set_aside(connection, kiosk.id, message, reason, now)


def _ballot(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    body = msgspec.json.decode(message.body, type=bodies.Ballot)
    actions.count_received(connection, body.cast(message.id, message.seq, kiosk.id), now)


def _comment(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    body = msgspec.json.decode(message.body, type=bodies.Comment)
    moderation.receive(connection, body.comment(message.id, kiosk.id), now)


def _report(connection: Connection, kiosk: Kiosk, message: Message, now: datetime) -> None:
    body = msgspec.json.decode(message.body, type=bodies.ReportMade)
    comment_actions.report_comment(connection, body.report(message.id, kiosk.id), now)


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
    erasure.erase(connection, _own(connection, kiosk, message), now)


_APPLY: dict[str, Callable[[Connection, Kiosk, Message, datetime], None]] = {
    "ballot": _ballot,
    "comment": _comment,
    "report": _report,
    "comment.withdrawn": _withdrawn,
    "comment.erased": _erased,
}
