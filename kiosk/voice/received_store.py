"""The ballots and tallies of a kiosk's batch, each participant once, in a few statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

import msgspec
from sqlalchemy import Connection

from kiosk import clock
from kiosk.voice import batch_store, tally_store
from kiosk.voice.ballot import Cast, from_text
from kiosk.voice.ballot_store import INTO
from kiosk.voice.place import Place
from kiosk.voice.tally import difference

Row = tuple[str, str, str, str, str, str, str, str, str, int, str, str, int]
"""A ballot in the order of the columns of :data:`kiosk.voice.ballot_store.INTO`, its key first."""

# On SQLite this transaction is the only one that writes: whoever has no ballot yet gets one without
# asking what it replaces, which is what nearly all of a kiosk's are.
_THERE = (
    "SELECT value ->> 2 FROM json_each(?) CROSS JOIN ballot"
    " ON ballot.question = value ->> 0 AND ballot.participant = value ->> 1"
)
_FIRST = INTO + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_KEY = itemgetter(0, 1, 2)
_COUNTED_AS = itemgetter(0, 3, 4, 5, 6, 7, 8)


def count(connection: Connection, rows: Sequence[Row]) -> None:
    """Write ballots in the order of their keys, each key once, and move the tallies by them."""
    if connection.dialect.name == "postgresql":
        batch_store.count_at_server(connection, [(*row, n) for n, row in enumerate(rows)])
        return
    keys = msgspec.json.encode(list(map(_KEY, rows))).decode()
    there = set(connection.exec_driver_sql(_THERE, (keys,)).scalars())
    firsts = [row for row in rows if row[2] not in there] if there else rows
    if firsts:
        connection.exec_driver_sql(_FIRST, list(firsts))
        _move_tallies(connection, firsts)
    if there:
        changed = [_ballot(row) for row in rows if row[2] in there]
        batch_store.count(connection, changed)


def _move_tallies(connection: Connection, firsts: Sequence[Row]) -> None:
    moved: dict[tuple[str, Place], Counter[str]] = {}
    for (question, choices, *where), ballots in Counter(map(_COUNTED_AS, firsts)).items():
        by = moved.setdefault((question, Place(*where)), Counter())
        for choice in difference(None, from_text(choices)):
            by[choice] += ballots
    for (question, place), by in moved.items():
        tally_store.move(connection, question, place, by)


def _ballot(row: Row) -> batch_store.Ballot:
    question, participant, name, choices, *where, seq, cast_at, now, example = row
    place, at = Place(*map(str, where)), clock.from_text(cast_at)
    cast = Cast(name, question, participant, from_text(choices), place, at, seq)
    return cast, clock.from_text(now), bool(example)
