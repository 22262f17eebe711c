"""The table of tallies, one line for each origin, place, channel and choice; and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, text

from kiosk.voice.place import Place
from kiosk.voice.tally import Line, Tally, add_up

_ADD = text(
    "INSERT INTO tally (question, origin, city, place, channel, choice, count)"
    " VALUES (:question, :origin, :city, :place, :channel, :choice, :by)"
    " ON CONFLICT (question, origin, city, place, channel, choice)"
    " DO UPDATE SET count = tally.count + excluded.count"
)
_SET = text(
    "INSERT INTO tally (question, origin, city, place, channel, choice, count)"
    " VALUES (:question, :origin, :city, :place, :channel, :choice, :count)"
)
_LINES = text(
    "SELECT origin, city, place, channel, choice, count FROM tally"
    " WHERE question = :question AND count <> 0"
    " ORDER BY origin, city, place, channel, choice"
)
_BALLOTS_OF = text(
    "SELECT question, sum(count) AS ballots FROM tally WHERE choice = '*'"
    " AND question IN :questions GROUP BY question"
).bindparams(bindparam("questions", expanding=True))
_BALLOTS_BY_CITY = text(
    "SELECT city, sum(count) AS ballots FROM tally WHERE choice = '*'"
    " AND question IN :questions GROUP BY city"
).bindparams(bindparam("questions", expanding=True))
_FORGET_OTHERS = text("DELETE FROM tally WHERE question = :question AND origin <> :own")
# A row that is there already is locked all the same: a publication waits for this transaction and
# counts it, instead of taking the row away beside a tally that has not been committed yet.
_CHANGED = text(
    "INSERT INTO tally_change (question) VALUES (:question)"
    " ON CONFLICT (question) DO UPDATE SET question = excluded.question"
)
_TAKE_CHANGED = text("DELETE FROM tally_change RETURNING question")
_ANY_CHANGED = text("SELECT 1 FROM tally_change LIMIT 1")
# Less than the second after which PostgreSQL looks for a circle of transactions that wait for each
# other: where a publication is in one, it is the one that gives up, and nobody's vote.
_GIVE_UP_SOON = text("SET LOCAL lock_timeout = '800ms'")


def move(connection: Connection, question: str, place: Place, by: Mapping[str, int]) -> None:
    """Move the counts of one place by these differences, and note that the question changed."""
    if not by:
        return
    where = {
        "question": question,
        "origin": place.origin,
        "city": place.city,
        "place": place.place,
        "channel": place.channel,
    }
    connection.execute(_ADD, [{**where, "choice": c, "by": n} for c, n in sorted(by.items())])
    connection.execute(_CHANGED, {"question": question})


def lines(connection: Connection, question: str) -> list[Line]:
    """Return a question's lines in a fixed order."""
    return [Line(*row) for row in connection.execute(_LINES, {"question": question})]


def of(connection: Connection, question: str) -> Tally:
    """Return what a question's ballots add up to; its cost does not grow with the ballots."""
    return add_up(question, lines(connection, question))


def ballots_of(connection: Connection, questions: Sequence[str]) -> dict[str, int]:
    """Return the number of ballots of each of these questions that has any."""
    rows = connection.execute(_BALLOTS_OF, {"questions": list(questions)})
    return {row.question: int(row.ballots) for row in rows}


def ballots_by_city(connection: Connection, questions: Sequence[str]) -> dict[str, int]:
    """Return the number of ballots on these questions from each city, by its id."""
    rows = connection.execute(_BALLOTS_BY_CITY, {"questions": list(questions)})
    return {row.city: int(row.ballots) for row in rows if row.ballots}


def take_changed(connection: Connection) -> list[str]:
    """Return the questions whose tally changed since the last call, and forget that they did.

    On PostgreSQL the transaction then waits for others, such as votes that are being committed,
    for less than a second each, and fails as a whole; the next call makes up for it.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_GIVE_UP_SOON)
    return sorted(connection.execute(_TAKE_CHANGED).scalars())


def any_changed(connection: Connection) -> bool:
    """Whether :func:`take_changed` would return something; reads only."""
    return connection.execute(_ANY_CHANGED).scalar() is not None


def replace_others(
    connection: Connection, question: str, own_origin: str, others: Iterable[Line]
) -> None:
    """At a kiosk: take every other origin's lines from the hub, keep its own from its ballots."""
    connection.execute(_FORGET_OTHERS, {"question": question, "own": own_origin})
    rows = [
        {
            "question": question,
            "origin": line.origin,
            "city": line.city,
            "place": line.place,
            "channel": line.channel,
            "choice": line.choice,
            "count": line.count,
        }
        for line in others
        if line.origin != own_origin
    ]
    if rows:
        connection.execute(_SET, rows)
