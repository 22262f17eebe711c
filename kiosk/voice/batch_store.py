"""The ballots of a moment and the tallies they move, in as few statements as a dialect allows.

Ballots are handed over as one text of JSON and what must be known of them comes back as one, for a
statement or a row each would cost several times what the ballot itself does: each is a turn at the
interpreter's lock, for which the thread that talks to the phones waits as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from kiosk import clock
from kiosk.database.driver import ask
from kiosk.voice.ballot import Cast, from_text, to_text
from kiosk.voice.ballot_store import INTO, LATEST_COUNTS
from kiosk.voice.place import Place
from kiosk.voice.question_store import VERSION
from kiosk.voice.tally import counted_as, difference

# On SQLite this transaction is the only one that writes: what stands can be read first, and the
# statement that writes the ballots need not tell of each.
# Each row is taken out of the text once: json_each would write it out anew for each column.
_SENT = "WITH sent (row) AS MATERIALIZED (SELECT jsonb(value) FROM json_each(?)) "
_STANDING = (
    _SENT
    + "SELECT json_group_array(json_array(row ->> 13, ballot.choices,"
    + " ballot.origin = row ->> 8 AND row ->> 9 >= ballot.seq,"
    + " ballot.exhibition, ballot.city, ballot.place, ballot.channel, ballot.origin))"
    + " FROM sent CROSS JOIN ballot"
    + " ON ballot.question = row ->> 0 AND ballot.participant = row ->> 1"
)
_WRITE = (
    _SENT
    + INTO
    + "SELECT row ->> 0, row ->> 1, row ->> 2, row ->> 3, row ->> 4, row ->> 5, row ->> 6,"
    + " row ->> 7, row ->> 8, row ->> 9, row ->> 10, row ->> 11, row ->> 12 FROM sent WHERE true"
    + LATEST_COUNTS
)
_MOVE = (
    _SENT
    + "INSERT INTO tally (question, origin, city, place, channel, choice, count)"
    + " SELECT row ->> 0, row ->> 1, row ->> 2, row ->> 3, row ->> 4, row ->> 5, row ->> 6"
    + " FROM sent WHERE true"
    + " ON CONFLICT (question, origin, city, place, channel, choice)"
    + " DO UPDATE SET count = tally.count + excluded.count"
)
_CHANGED = (
    "INSERT INTO tally_change (question) SELECT DISTINCT value ->> 0 FROM json_each(?) WHERE true"
    " ON CONFLICT (question) DO NOTHING"
)
# On PostgreSQL other processes write beside this one: only the statement that writes a ballot
# knows what it replaced, so that the same statement moves the tally. Rows are touched in the order
# of their keys: two processes never wait for each other in a circle. Every `tally_change` row is
# locked, also one that is there already (tally_store).
_COUNT = (
    "WITH agreed (so) AS MATERIALIZED (SELECT %s IN ('', " + VERSION + ")),"
    " sent AS (SELECT value ->> 0 AS question, value ->> 1 AS participant, value ->> 2 AS id,"
    " value ->> 3 AS choices, value ->> 4 AS exhibition, value ->> 5 AS city, value ->> 6 AS place,"
    " value ->> 7 AS channel, value ->> 8 AS origin, (value ->> 9)::bigint AS seq,"
    " value ->> 10 AS cast_at, value ->> 11 AS counted_at, (value ->> 12)::int = 1 AS example,"
    " (value ->> 13)::int AS n FROM jsonb_array_elements(%s::jsonb) AS each (value)"
    " WHERE (SELECT so FROM agreed)),"
    " counted AS ("
    + INTO
    + "SELECT question, participant, id, choices, exhibition, city, place, channel, origin, seq,"
    + " cast_at, counted_at, example FROM sent"
    + LATEST_COUNTS
    + " RETURNING question, participant, choices, previous, origin, city, place, channel),"
    " pieces AS (SELECT question, origin, city, place, channel,"
    " unnest(string_to_array(choices || ',*', ',')) AS choice, 1 AS by"
    " FROM counted WHERE choices <> ''"
    " UNION ALL SELECT question, origin, city, place, channel,"
    " unnest(string_to_array(previous || ',*', ',')), -1 FROM counted WHERE previous <> ''),"
    " moved AS (SELECT question, origin, city, place, channel, choice, sum(by) AS by FROM pieces"
    " GROUP BY question, origin, city, place, channel, choice HAVING sum(by) <> 0),"
    " told AS (INSERT INTO tally (question, origin, city, place, channel, choice, count)"
    " SELECT question, origin, city, place, channel, choice, by FROM moved"
    " ORDER BY question, origin, city, place, channel, choice"
    " ON CONFLICT (question, origin, city, place, channel, choice)"
    " DO UPDATE SET count = tally.count + excluded.count),"
    " noted AS (INSERT INTO tally_change (question)"
    " SELECT DISTINCT question FROM moved ORDER BY question"
    " ON CONFLICT (question) DO UPDATE SET question = excluded.question)"
    " SELECT CASE WHEN (SELECT so FROM agreed)"
    " THEN coalesce(json_agg(json_build_array(sent.n, counted.previous)), '[]')::text END"
    " FROM sent LEFT JOIN counted USING (question, participant)"
    " WHERE counted.question IS NULL OR counted.previous IS NOT NULL"
)

Ballot = tuple[Cast, datetime, bool]
"""A ballot with the moment of its arrival, and whether it is an example."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood before a ballot: its choices, empty once withdrawn; None: a later one stands."""

    before: tuple[str, ...] | None


def count(
    connection: Connection, ballots: Sequence[Ballot], version: str = ""
) -> dict[int, Standing] | None:
    """Write ballots, each participant's only once a question, and move the tallies by them.

    Returns what stood, by index in *ballots*; an index that is not in it was a first ballot. None
    where questions are no longer of the *version* at which the ballots were looked at
    (:mod:`kiosk.voice.question_memory`): nothing was written. Empty: of any.
    """
    rows = [_row(n, *ballot) for n, ballot in enumerate(ballots)]
    rows.sort()
    sent = msgspec.json.encode(rows).decode()
    if connection.dialect.name == "sqlite":
        return _one_after_the_other(connection, ballots, sent)
    told = ask(connection, _COUNT, version, sent)
    if told is None:
        return None
    return {
        n: Standing(None if before is None else from_text(before))
        for n, before in msgspec.json.decode(told)
    }


def count_at_server(connection: Connection, rows: Sequence[tuple[str | int, ...]]) -> None:
    """Do on PostgreSQL what :func:`count` does, with rows as :func:`_row` makes them, sorted."""
    connection.exec_driver_sql(_COUNT, ("", msgspec.json.encode(rows).decode()))


def _one_after_the_other(
    connection: Connection, ballots: Sequence[Ballot], sent: str
) -> dict[int, Standing]:
    stood: dict[int, Standing] = {}
    moved: Counter[tuple[str, Place, str]] = Counter()
    for n, choices, replaced, *where in _asked(connection, _STANDING, sent):
        stood[n] = Standing(from_text(choices) if replaced else None)
        if replaced:
            cast, place = ballots[n][0], Place(*where)
            for choice, by in difference(from_text(choices), cast.choices).items():
                moved[cast.question, place, choice] += by
    firsts = Counter(
        (cast.question, cast.place, cast.choices)
        for n, (cast, _, _) in enumerate(ballots)
        if n not in stood
    )
    for (question, place, chosen), ballots_alike in firsts.items():
        for choice in counted_as(chosen):
            moved[question, place, choice] += ballots_alike
    ask(connection, _WRITE, sent)
    lines = [
        (question, place.origin, place.city, place.place, place.channel, choice, by)
        for (question, place, choice), by in moved.items()
        if by
    ]
    if lines:
        lines.sort()
        told = msgspec.json.encode(lines).decode()
        ask(connection, _MOVE, told)
        ask(connection, _CHANGED, told)
    return stood


def _asked(connection: Connection, statement: str, sent: str) -> list[list[Any]]:
    """Run a statement that answers with one text of JSON, a list of rows."""
    rows: list[list[Any]] = msgspec.json.decode(ask(connection, statement, sent))
    return rows


def _row(n: int, cast: Cast, now: datetime, example: bool) -> tuple[str | int, ...]:
    """Return a ballot as the statements take it, its key first, its index last."""
    place, at = cast.place, clock.to_text(now)
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
        at if cast.cast_at is now else clock.to_text(cast.cast_at),
        at,
        int(example),
        n,
    )
