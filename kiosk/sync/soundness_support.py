"""What must hold of support at a touchscreen: own touches as told to the hub, others' by feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.messaging.feed_entry import Entry
from kiosk.sync import bodies
from kiosk.voice import comment_store, support_store
from kiosk.voice.support import Support

_OWN = text(
    "SELECT comment, participant, id, given, city, place, channel FROM support"
    " WHERE origin = :origin"
)
_SAID = text("SELECT id, seq, body FROM outbox WHERE kind = 'support' ORDER BY seq")
_COUNTS = text(
    "SELECT comment, origin, city, place, channel, count FROM support_count WHERE count <> 0"
)
_ERASED = text("SELECT id FROM comment WHERE status = 'erased'")
_FORGET = text("DELETE FROM support WHERE comment = :comment AND participant = :participant")
_FORGET_OWN = text("DELETE FROM support_count WHERE origin = :origin")
_COUNT_OWN = text(
    "INSERT INTO support_count (comment, origin, city, place, channel, exhibition, count)"
    " SELECT comment, origin, city, place, channel, max(exhibition), count(*) FROM support"
    " WHERE origin = :origin AND given GROUP BY comment, origin, city, place, channel"
)

Counts = Counter[tuple[str, ...]]


def faults(connection: Connection, origin: str, fed: Sequence[Entry]) -> Iterator[str]:
    """Yield what is damaged, a sentence each; *fed* is the screen's copy of the hub's feed.

    Of an erased comment no support is kept, whatever was told of it before.
    """
    latest = {(s.comment, s.participant): s for s in _told(connection, origin)}
    right: Counts = Counter()
    found = set()
    for row in connection.execute(_OWN, {"origin": origin}):
        found.add((row.comment, row.participant))
        said = latest.get((row.comment, row.participant))
        if _differs(row, said, latest.values()):
            yield f"the support of {row.comment} is not what was told to the hub"
        if row.given:
            right[row.comment, origin, row.city, row.place, row.channel] += 1
    erased = _erased(connection, fed)
    missing = {key for key in latest if key not in found and key[0] not in erased}
    if missing:
        yield f"{len(missing)} agreements that were told to the hub are missing here"
    right.update(_fed(fed, origin, erased))
    stored: Counts = Counter({tuple(row[:5]): row[5] for row in connection.execute(_COUNTS)})
    for comment in sorted({key[0] for key in right | stored if right[key] != stored[key]}):
        yield f"the support of {comment} is not what its touches add up to"


def mend(connection: Connection, origin: str, now: datetime, fed: Sequence[Entry]) -> None:
    """Put the screen's own support back to what was told to the hub, and count it afresh."""
    told = list(_told(connection, origin))
    latest = {(s.comment, s.participant): s for s in told}
    for row in connection.execute(_OWN, {"origin": origin}).all():
        if _differs(row, latest.get((row.comment, row.participant)), told):
            connection.execute(_FORGET, {"comment": row.comment, "participant": row.participant})
    erased = _erased(connection, fed)
    for support in told:
        if support.comment not in erased:
            about = comment_store.get(connection, support.comment)
            example = about.example if about else False
            support_store.count(connection, support, clock.to_text(now), example=example)
    connection.execute(_FORGET_OWN, {"origin": origin})
    connection.execute(_COUNT_OWN, {"origin": origin})


def _erased(connection: Connection, fed: Iterable[Entry]) -> set[str]:
    """The comments that were erased: known here as such, or to the hub alone by now."""
    here = set(connection.execute(_ERASED).scalars())
    comments = (entry.body for entry in fed if entry.kind == "comment")
    return here | {body["id"] for body in comments if body.get("state") == "erased"}


def _told(connection: Connection, origin: str) -> Iterator[Support]:
    """Yield what the sound messages say, in their order."""
    for row in connection.execute(_SAID).all():
        try:
            body = msgspec.json.decode(bytes(row.body), type=bodies.SupportGiven)
        except (msgspec.MsgspecError, UnicodeError):
            continue  # told by the outbox's own seals
        yield body.support(row.id, row.seq, origin)


def _differs(row: Any, said: Support | None, told: Iterable[Support]) -> bool:
    """Whether a row is not as told; what is given again stays counted where it was first given.

    What was told is forgotten 35 days after the hub had it; then nothing can be compared.
    """
    if said is None:
        return any(each.id == row.id for each in told)
    places = {(s.place.city, s.place.place, s.place.channel) for s in told}
    as_told = (row.id, bool(row.given)) == (said.id, said.given)
    return not as_told or (row.city, row.place, row.channel) not in places


def _fed(fed: Iterable[Entry], origin: str, erased: set[str]) -> Counts:
    counts: Counts = Counter()
    for entry in fed:
        if entry.kind == "support" and entry.body["comment"] not in erased:
            for line in bodies.support_lines(entry.body):
                if line.origin != origin and line.count:
                    key = (entry.body["comment"], line.origin, line.city, line.place, line.channel)
                    counts[key] = line.count
    return counts
