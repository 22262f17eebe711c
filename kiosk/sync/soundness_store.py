"""What must hold in a touchscreen's database: everything shown follows from what is sealed.

Votes and voices have no seal of their own. What was said here stands, sealed, in the outbox as
well, and what came from the hub in the copy of its feed: a bit that turned over in what visitors
see makes the two differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from kiosk.messaging import damage_store, feed_store
from kiosk.messaging.feed_entry import Entry
from kiosk.sync import bodies, soundness_groups, soundness_support
from kiosk.voice import ballot_store, comment_store, question_store
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
_BALLOTS_SAID = text("SELECT id, seq, body FROM outbox WHERE kind = 'ballot' ORDER BY seq")
_COMMENTS_SAID = text("SELECT id, body FROM outbox WHERE kind = 'comment'")
_FORGET_BALLOT = text("DELETE FROM ballot WHERE id = :id")
_FORGET_OWN = text("DELETE FROM tally WHERE origin = :origin")
_COUNT_OWN = text(
    "INSERT INTO tally (question, origin, city, place, channel, choice, count)"
    " VALUES (:question, :origin, :city, :place, :channel, :choice, :n)"
)
_COMMENTS = text(
    "SELECT id, status, text, voice_number, exhibit, origin, receipt_hash FROM comment"
)
_FORGET_UNDER_OTHER_ID = text(
    "DELETE FROM comment WHERE receipt_hash = :receipt AND id <> :id AND origin = :origin"
)
_SAY_ANEW = text(
    "UPDATE comment SET text = CASE WHEN text = '' THEN '' ELSE :text END, receipt_hash = :receipt"
    " WHERE id = :id AND origin = :origin AND (text <> :text OR receipt_hash <> :receipt)"
)
_GONE = frozenset({"withdrawn", "erased"})
"""What an author may do here before the hub's feed has heard of it."""

_PLACE = ("city", "place", "channel")

Look = Callable[[Connection, str], Iterator[str]]
Counts = Counter[tuple[str, ...]]


def faults(connection: Connection, origin: str) -> list[str]:
    """Return what is damaged in the database of the screen *origin*, a sentence each."""
    file = list(_file(connection))
    if file:
        return file  # what is read from such a file proves nothing
    looks: tuple[Look, ...] = (_messages, _feed, _own_votes, _tallies, _voices, _support, _groups)
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
    """The votes that count here are the ones that were told to the hub, and all of them."""
    said = _ballots_said(connection)
    places = _places(said)
    found = set()
    for row in connection.execute(_OWN_BALLOTS, {"origin": origin}):
        found.add((row.question, row.participant))
        body = said.get(row.id)
        # What was told is forgotten 35 days after the hub had it; then nothing can be compared.
        if body is not None and not _is_as_told(row, body, places):
            yield f"a vote on {row.question} is not what was told to the hub"
    missing = {(body["question"], body["participant"]) for body in said.values()} - found
    if missing:
        yield f"{len(missing)} votes that were told to the hub are missing here"


def _ballots_said(connection: Connection) -> dict[str, dict[str, Any]]:
    """The sound messages that carry a ballot, by id, in their order."""
    said = {row.id: _read(row.body) for row in connection.execute(_BALLOTS_SAID)}
    return {id: body for id, body in said.items() if body}


def _places(said: Mapping[str, dict[str, Any]]) -> set[tuple[str, ...]]:
    return {tuple(body[name] for name in _PLACE) for body in said.values()}


def _is_as_told(row: Any, body: dict[str, Any], places: Collection[tuple[str, ...]]) -> bool:
    """A changed vote stays counted where it was first cast: any place of this screen is right."""
    told = (body["question"], body["participant"], to_text(body["choices"]))
    place = (row.city, row.place, row.channel)
    return told == (row.question, row.participant, row.choices) and place in places


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
        own = said.get(row.id) if row.origin == origin else None
        if own and (row.receipt_hash != own["receipt_hash"] or row.text not in ("", own["text"])):
            yield f"the comment {row.id} is not what was said"
    for id in sorted(i for i, b in fed.items() if b.get("state") == "published" and i not in seen):
        yield f"the comment {id} is public and missing here"


def _support(connection: Connection, origin: str) -> Iterator[str]:
    """Own agreement is what was told to the hub; others' is what its feed says."""
    return soundness_support.faults(connection, origin, list(_entries(connection)))


def _groups(connection: Connection, origin: str) -> Iterator[str]:
    """Own groups' hands are what was told to the hub; others' are what its feed says."""
    return soundness_groups.faults(connection, origin, list(_entries(connection)))


def mend(connection: Connection, origin: str, now: datetime) -> None:
    """Put the screen's own votes, words and hands back to what was told; count them afresh.

    What came from the hub is mended by taking its feed anew.
    """
    said = _ballots_said(connection)
    places = _places(said)
    for row in connection.execute(_OWN_BALLOTS, {"origin": origin}).all():
        if row.id in said and not _is_as_told(row, said[row.id], places):
            connection.execute(_FORGET_BALLOT, {"id": row.id})
    for row in connection.execute(_BALLOTS_SAID).all():
        if row.id in said:
            ballot = msgspec.json.decode(bytes(row.body), type=bodies.Ballot)
            cast = ballot.cast(row.id, row.seq, origin)
            asked = question_store.get(connection, cast.question)
            example = asked.example if asked else False
            ballot_store.count(connection, cast, now, example=example)
    for row in connection.execute(_COMMENTS_SAID).all():
        if _read(row.body):
            comment = msgspec.json.decode(bytes(row.body), type=bodies.Comment)
            right = {"id": row.id, "origin": origin, "text": comment.text}
            right["receipt"] = comment.receipt_hash
            connection.execute(_FORGET_UNDER_OTHER_ID, right)
            comment_store.add(connection, comment.comment(row.id, origin), now)
            connection.execute(_SAY_ANEW, right)
    _count_afresh(connection, origin)
    soundness_support.mend(connection, origin, now, list(_entries(connection)))
    soundness_groups.mend(connection, origin)


def _count_afresh(connection: Connection, origin: str) -> None:
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
    except (msgspec.MsgspecError, UnicodeError):
        return {}  # told by the outbox's own seals
