"""Message ``hands`` and feed entry ``groups``: what groups raised, on its way apart from votes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from kiosk import clock
from kiosk.messaging import feed_store, outbox_store
from kiosk.messaging.envelope import Message
from kiosk.messaging.feed_entry import Entry
from kiosk.voice import group_actions, group_store
from kiosk.voice.group import Hands, Line
from kiosk.voice.place import Place

KIND = "hands"
FEED = "groups"


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """Message ``hands``; a hand is a choice and how many raised theirs for it."""

    exhibition: str
    city: str
    place: str
    channel: str
    group: str
    question: str
    size: int
    hands: list[tuple[str, int]]
    counted_at: str


def record(connection: Connection, hands: Hands, now: datetime) -> None:
    """At a kiosk: write a group's hands down and tell the hub; the same id again changes nothing.

    Raises:
        NotFound, QuestionClosed, InvalidBallot: as :func:`kiosk.voice.group_actions.record`.
    """
    if outbox_store.has(connection, hands.id):
        return
    numbered = replace(hands, seq=outbox_store.next_seq(connection))
    group_actions.record(connection, numbered, now)
    outbox_store.add(connection, numbered.seq, numbered.id, KIND, body_of(numbered), now)


def body_of(hands: Hands) -> dict[str, Any]:
    """Return the body of a ``hands`` message."""
    where = hands.place.as_row()
    del where["origin"]  # the hub knows from the credential who is speaking
    return {
        **where,
        "group": hands.group,
        "question": hands.question,
        "size": hands.size,
        "hands": [list(each) for each in hands.raised],
        "counted_at": clock.to_text(hands.counted_at),
    }


def take(connection: Connection, origin: str, message: Message, now: datetime) -> None:
    """At the hub: write down what a kiosk's group raised, and tell every screen the sum.

    Raises:
        InvalidBallot: it cannot be a group's.
        msgspec.MsgspecError: it is no such body.
    """
    hands = hands_of(message.id, message.seq, message.body, origin)
    group_actions.record_received(connection, hands)
    lines = group_store.lines(connection, hands.question)
    body = {"question": hands.question, "rows": [_row(line) for line in lines]}
    exhibition = hands.place.exhibition
    feed_store.append(connection, FEED, exhibition, "", body, now, subject=hands.question)


def apply(connection: Connection, entry: Entry, own_origin: str) -> None:
    """At a kiosk: take what the groups of all other screens raised."""
    lines = lines_of(entry.body)
    group_store.replace_others(connection, entry.body["question"], own_origin, lines)


def hands_of(id: str, seq: int, body: bytes | msgspec.Raw, origin: str) -> Hands:
    """Return the hands that a message's body tells.

    Raises:
        msgspec.MsgspecError: it is no such body.
        ValueError: it has a moment that is none.
    """
    said = msgspec.json.decode(body, type=Body)
    return Hands(
        id=id,
        group=said.group,
        question=said.question,
        size=said.size,
        raised=tuple(said.hands),
        place=Place(said.exhibition, said.city, said.place, said.channel, origin),
        counted_at=clock.from_text(said.counted_at),
        seq=seq,
    )


def lines_of(body: Mapping[str, Any]) -> list[Line]:
    """Return what a feed entry tells of every origin's groups."""
    return [
        Line(origin, city, place, int(groups), int(people), tuple((c, int(n)) for c, n in hands))
        for origin, city, place, groups, people, hands in body["rows"]
    ]


def _row(line: Line) -> list[Any]:
    hands = [list(each) for each in line.raised]
    return [line.origin, line.city, line.place, line.groups, line.people, hands]
