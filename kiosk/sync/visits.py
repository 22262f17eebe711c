"""Message ``visits``: the counters of one day at one screen, sent once when that day is over."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from kiosk import ids
from kiosk.errors import InvalidText
from kiosk.messaging import outbox_store
from kiosk.voice import funnel_store
from kiosk.voice.funnel import Count, Day, Stage

KIND = "visits"
MOST_COUNTS = 5_000
MOST = 1_000_000

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SUBJECT = re.compile(r"[a-zA-Z0-9_-]{0,64}")


class Visits(msgspec.Struct, frozen=True):
    """The body; a count is stage, subject, number, seconds."""

    exhibition: str
    day: str
    counts: list[tuple[str, str, int, int]]


def send_before(connection: Connection, day: str, now: datetime) -> int:
    """Put every day before *day* in the outbox, and return how many there were.

    One message a day: several would tell at which hour one visit was.
    """
    days = funnel_store.take_before(connection, day)
    for each in days:
        counts = [[c.stage, c.subject, c.number, c.seconds] for c in each.counts]
        body = {"exhibition": each.exhibition, "day": each.day, "counts": counts}
        seq = outbox_store.next_seq(connection)
        outbox_store.add(connection, seq, ids.new_id(), KIND, body, now)
    return len(days)


def take(connection: Connection, origin: str, body: bytes) -> None:
    """At the hub: add a day's counters to those that stand.

    Raises:
        InvalidText: a count is none.
    """
    said = msgspec.json.decode(body, type=Visits)
    good = _DAY.fullmatch(said.day) and len(said.counts) <= MOST_COUNTS
    counts = tuple(Count(*each) for each in said.counts)
    if not good or not all(_is_one(count) for count in counts):
        raise InvalidText("These are no counts of visits.", "Correct the client.")
    funnel_store.add(connection, Day(said.day, origin, said.exhibition, counts))


def _is_one(count: Count) -> bool:
    known = count.stage in set(Stage) and _SUBJECT.fullmatch(count.subject)
    return bool(known) and 0 <= count.number <= MOST and 0 <= count.seconds <= 86_400 * 1_000
