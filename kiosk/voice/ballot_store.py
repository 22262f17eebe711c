"""The table of ballots: one row for each participant and question, the latest one counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.voice.ballot import Cast, from_text, to_text
from kiosk.voice.place import Place

_INTO = (
    "INSERT INTO ballot (question, participant, id, choices, exhibition, city, place,"
    " channel, origin, seq, cast_at, counted_at, example) "
)
# `previous` takes the old choices in the same statement that writes the new ones, so that the
# tally's difference is right also when two processes write for one participant at once.
# A changed ballot stays counted where it was first cast. Within a kiosk its sequence decides.
_LATEST_COUNTS = (
    " ON CONFLICT (question, participant) DO UPDATE SET previous = ballot.choices,"
    " choices = excluded.choices, id = excluded.id, seq = excluded.seq,"
    " cast_at = excluded.cast_at, counted_at = excluded.counted_at"
    " WHERE ballot.origin = excluded.origin AND excluded.seq >= ballot.seq"
    " RETURNING question, participant, previous, exhibition, city, place, channel, origin"
)
_COUNT = text(
    _INTO
    + "VALUES (:question, :participant, :id, :choices, :exhibition, :city, :place,"
    + " :channel, :origin, :seq, :cast_at, :now, :example)"
    + _LATEST_COUNTS
)
# Many ballots are handed over as one text of JSON: a statement for each ballot costs several
# times what the ballot itself does, and on SQLite it would hold the interpreter's lock.
_COUNT_MANY = {
    "sqlite": _INTO
    + "SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,"
    " value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12"
    " FROM json_each(?) WHERE true" + _LATEST_COUNTS,
    "postgresql": _INTO
    + "SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,"
    " value ->> 6, value ->> 7, value ->> 8, (value ->> 9)::bigint, value ->> 10, value ->> 11,"
    " (value ->> 12)::boolean FROM json_array_elements(%s::json) AS sent (value)" + _LATEST_COUNTS,
}
_OF = text("SELECT choices FROM ballot WHERE question = :question AND participant = :participant")
_OF_PARTICIPANT = text(
    "SELECT question, choices, seq, id, exhibition, city, place, channel, origin"
    " FROM ballot WHERE participant = :participant"
)
_ANY = text("SELECT 1 FROM ballot WHERE question = :question LIMIT 1")
_SEAL = text(
    "UPDATE ballot SET participant = 'sealed:' || id WHERE question = :question"
    " AND channel = 'phone' AND participant NOT LIKE 'sealed:%'"
)
_ALL = text(
    "SELECT origin, city, place, channel, choices FROM ballot"
    " WHERE question = :question AND choices <> ''"
)


@dataclass(frozen=True, slots=True)
class Change:
    """What a write did: the choices before (None: first ballot) and where it is counted."""

    before: tuple[str, ...] | None
    place: Place


def count(connection: Connection, cast: Cast, now: datetime, *, example: bool) -> Change | None:
    """Write a ballot as its participant's latest; None when a later one already stands."""
    row = connection.execute(
        _COUNT,
        {
            **cast.place.as_row(),
            "question": cast.question,
            "participant": cast.participant,
            "id": cast.id,
            "choices": to_text(cast.choices),
            "seq": cast.seq,
            "cast_at": clock.to_text(cast.cast_at),
            "now": clock.to_text(now),
            "example": example,
        },
    ).one_or_none()
    if row is None:
        return None
    before = None if row.previous is None else from_text(row.previous)
    return Change(before, Place(row.exhibition, row.city, row.place, row.channel, row.origin))


def count_many(
    connection: Connection, ballots: Sequence[tuple[Cast, datetime, bool]]
) -> dict[tuple[str, str], Change]:
    """Write ballots (with the moment and whether it is an example), each participant's only once.

    Returns the changes by question and participant; one whose later ballot stands is not in it.
    """
    rows = [_row(cast, clock.to_text(now), example) for cast, now, example in ballots]
    rows.sort()  # the order of the key: two processes never wait for each other in a circle
    found = connection.exec_driver_sql(
        _COUNT_MANY[connection.dialect.name], (msgspec.json.encode(rows).decode(),)
    ).cursor
    return {
        (row[0], row[1]): Change(None if row[2] is None else from_text(row[2]), Place(*row[3:]))
        for row in found.fetchall()
    }


def _row(cast: Cast, now: str, example: bool) -> tuple[str | int, ...]:
    place = cast.place
    return (
        cast.question,
        cast.participant,
        cast.id,
        to_text(cast.choices),
        place.exhibition,
        place.city,
        place.place,
        place.channel,
        place.origin,
        cast.seq,
        clock.to_text(cast.cast_at),
        now,
        int(example),
    )


def of(connection: Connection, question: str, participant: str) -> tuple[str, ...] | None:
    """Return the choices that count for this participant; None without a ballot or withdrawn."""
    stored = connection.execute(_OF, {"question": question, "participant": participant}).scalar()
    return from_text(stored) if stored else None


def of_participant(connection: Connection, participant: str) -> dict[str, tuple[str, ...]]:
    """Return this participant's standing choices by question."""
    rows = connection.execute(_OF_PARTICIPANT, {"participant": participant})
    return {r.question: from_text(r.choices) for r in rows if r.choices}


def any_for(connection: Connection, question: str) -> bool:
    """Whether anybody has voted on this question, withdrawn or not."""
    return connection.execute(_ANY, {"question": question}).scalar() is not None


def seal(connection: Connection, question: str) -> int:
    """Cut a closed question's phone ballots from their identifiers; return how many."""
    return connection.execute(_SEAL, {"question": question}).rowcount


def standing(connection: Connection, question: str) -> list[tuple[Place, tuple[str, ...]]]:
    """Return every ballot that counts, for a recount (place without its exhibition)."""
    rows = connection.execute(_ALL, {"question": question})
    return [(Place("", r.city, r.place, r.channel, r.origin), from_text(r.choices)) for r in rows]
