"""The table of ballots: one row for each participant and question, the latest one counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, text

from kiosk import clock
from kiosk.voice.ballot import Cast, from_text, to_text
from kiosk.voice.place import Place

INTO = (
    "INSERT INTO ballot (question, participant, id, choices, exhibition, city, place,"
    " channel, origin, seq, cast_at, counted_at, example) "
)
# `previous` takes the old choices in the same statement that writes the new ones, so that the
# tally's difference is right also when two processes write for one participant at once.
# A changed ballot stays counted where it was first cast. Within a kiosk its sequence decides.
LATEST_COUNTS = (
    " ON CONFLICT (question, participant) DO UPDATE SET previous = ballot.choices,"
    " choices = excluded.choices, id = excluded.id, seq = excluded.seq,"
    " cast_at = excluded.cast_at, counted_at = excluded.counted_at"
    " WHERE ballot.origin = excluded.origin AND excluded.seq >= ballot.seq"
)
_RETURNING = " RETURNING previous, exhibition, city, place, channel, origin"
_COUNT = text(
    INTO
    + "VALUES (:question, :participant, :id, :choices, :exhibition, :city, :place,"
    + " :channel, :origin, :seq, :cast_at, :now, :example)"
    + LATEST_COUNTS
    + _RETURNING
)
_OF = text("SELECT choices FROM ballot WHERE question = :question AND participant = :participant")
# The key begins with the question: without naming those that were asked, every ballot that was
# ever cast would be gone through for each page of a phone that has voted.
_OF_PARTICIPANT = text(
    "SELECT question, choices, seq, id, exhibition, city, place, channel, origin FROM ballot"
    " WHERE participant = :participant AND question IN (SELECT id FROM question)"
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
