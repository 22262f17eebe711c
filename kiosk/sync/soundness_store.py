"""What must hold in a touchscreen's database: everything shown follows from what is sealed.

Votes and voices have no seal of their own. What was said here stands, sealed, in the outbox as
well, and what came from the hub in the copy of its feed: a bit that turned over in what visitors
see makes the two differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from kiosk.messaging import damage_store, feed_store
from kiosk.messaging.feed_entry import Entry
from kiosk.voice.ballot import from_text, to_text
from kiosk.voice.tally import BALLOTS

_AT_ONCE = 5_000
_OWN_BALLOTS = text(
    "SELECT question, city, place, channel, choices, id, participant FROM ballot"
    " WHERE origin = :origin"
)
_TALLIES = text(
    "SELECT question, origin, city, place, channel, choice, count FROM tally WHERE count <> 0"
)
_BALLOTS_SAID = text("SELECT id, body FROM outbox WHERE kind = 'ballot'")
_COMMENTS_SAID = text("SELECT id, body FROM outbox WHERE kind = 'comment'")
_PUT_RIGHT = text(
    "UPDATE ballot SET choices = :choices, question = :question, participant = :participant,"
    " city = :city, place = :place, channel = :channel WHERE id = :id"
)
_FORGET_OWN = text("DELETE FROM tally WHERE origin = :origin")
_COUNT_OWN = text(
    "INSERT INTO tally (question, origin, city, place, channel, choice, count)"
    " VALUES (:question, :origin, :city, :place, :channel, :choice, :n)"
)
_COMMENTS = text("SELECT id, status, text, voice_number, exhibit, origin FROM comment")
_GONE = frozenset({"withdrawn", "erased"})
"""What an author may do here before the hub's feed has heard of it."""

_NAMES = ("question", "participant", "city", "place", "channel")

Look = Callable[[Connection, str], Iterator[str]]
Counts = Counter[tuple[str, ...]]


def faults(connection: Connection, origin: str) -> list[str]:
    """Return what is damaged in the database of the screen *origin*, a sentence each."""
    file = list(_file(connection))
    if file:
        return file  # what is read from such a file proves nothing
    looks: tuple[Look, ...] = (_messages, _feed, _own_votes, _tallies, _voices)
    return list(chain.from_iterable(look(connection, origin) for look in looks))


def _file(connection: Connection) -> Iterator[str]:
    found = connection.exec_driver_sql("PRAGMA integrity_check(3)").scalars().all()
    if found != ["ok"]:
        yield f"the file is damaged: {found[0]}"


def _messages(connection: Connection, origin: str) -> Iterator[str]:
    del origin
    aside = damage_store.numbers(connection)
    if aside:
        yield f"{len(aside)} messages to the hub are damaged and set aside, the first is {aside[0]}"


def _feed(connection: Connection, origin: str) -> Iterator[str]:
    del origin
    if not feed_store.is_sound(connection):
        yield "the copy of the hub's feed is damaged"


def _own_votes(connection: Connection, origin: str) -> Iterator[str]:
    """The votes that count here are the ones that were told to the hub."""
    said = {row.id: _read(row.body) for row in connection.execute(_BALLOTS_SAID)}
    for row in connection.execute(_OWN_BALLOTS, {"origin": origin}):
        body = said.get(row.id)
        if body is None:
            continue  # forgotten 35 days after the hub had it
        same = all(body.get(name) == getattr(row, name) for name in _NAMES)
        if not same or to_text(body.get("choices", [])) != row.choices:
            yield f"a vote on {row.question} is not what was told to the hub"


def _tallies(connection: Connection, origin: str) -> Iterator[str]:
    """Own tallies are a recount of own votes; the others are what the hub's feed says."""
    right: Counts = Counter()
    for row in connection.execute(_OWN_BALLOTS, {"origin": origin}):
        where = (row.question, origin, row.city, row.place, row.channel)
        for choice in (*from_text(row.choices), BALLOTS) if row.choices else ():
            right[*where, choice] += 1
    for entry in _entries(connection):
        if entry.kind == "tally":
            for *place, count in entry.body["rows"]:
                if place[0] != origin and count:
                    right[entry.body["question"], *place] += count
    stored: Counts = Counter({tuple(row[:6]): row[6] for row in connection.execute(_TALLIES)})
    for question in sorted({key[0] for key in right | stored if right[key] != stored[key]}):
        yield f"the tally of {question} is not what its votes add up to"


def _voices(connection: Connection, origin: str) -> Iterator[str]:
    """What is public here is so in the feed, word for word; own words are as they were said."""
    fed = {e.body["id"]: e.body for e in _entries(connection) if e.kind == "comment"}
    said = {row.id: _read(row.body) for row in connection.execute(_COMMENTS_SAID)}
    seen = set()
    for row in connection.execute(_COMMENTS):
        seen.add(row.id)
        body = fed.get(row.id, {})
        public = body.get("state") == "published"
        if row.status == "published" or (public and row.status not in _GONE):
            shown = (row.text, row.voice_number, row.exhibit)
            if not public or shown != (body["text"], body["voice_number"], body["exhibit"]):
                yield f"the comment {row.id} is not shown as the hub published it"
        elif row.origin == origin and row.id in said and row.text not in ("", said[row.id]["text"]):
            yield f"the comment {row.id} is not what was said"
    for id in sorted(i for i, b in fed.items() if b.get("state") == "published" and i not in seen):
        yield f"the comment {id} is public and missing here"


def mend(connection: Connection, origin: str) -> None:
    """Put the screen's own votes back to what was told to the hub, and count them afresh.

    What came from the hub is mended by taking its feed anew.
    """
    said = {row.id: _read(row.body) for row in connection.execute(_BALLOTS_SAID)}
    for row in connection.execute(_OWN_BALLOTS, {"origin": origin}).all():
        body = said.get(row.id)
        if body:
            right = {"id": row.id, "choices": to_text(body["choices"])}
            connection.execute(_PUT_RIGHT, right | {n: body[n] for n in _NAMES})
    connection.execute(_FORGET_OWN, {"origin": origin})
    counts: Counts = Counter()
    for row in connection.execute(_OWN_BALLOTS, {"origin": origin}):
        for choice in (*from_text(row.choices), BALLOTS) if row.choices else ():
            counts[row.question, row.city, row.place, row.channel, choice] += 1
    for (question, city, place, channel, choice), count in counts.items():
        line = {"question": question, "origin": origin, "city": city, "place": place}
        connection.execute(_COUNT_OWN, line | {"channel": channel, "choice": choice, "n": count})


def _entries(connection: Connection) -> Iterator[Entry]:
    after = 0
    while page := feed_store.after(connection, after, _AT_ONCE):
        yield from page
        after = page[-1].position


def _read(body: bytes) -> dict[str, Any]:
    try:
        return msgspec.json.decode(bytes(body), type=dict[str, Any])
    except msgspec.MsgspecError:
        return {}  # told by the outbox's own seals
