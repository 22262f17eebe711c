"""The tables of support: one row for each participant and comment, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, text

from kiosk import clock
from kiosk.voice.place import Place
from kiosk.voice.support import Line, Support, moved

# As with ballots (ballot_store): `previous` takes the old state in the same statement that writes
# the new one; what is given again stays counted where it was first given; within a kiosk its
# sequence decides.
_COUNT = text(
    "INSERT INTO support (comment, participant, id, given, exhibition, city, place, channel,"
    " origin, seq, given_at, counted_at, example) VALUES (:comment, :participant, :id, :given,"
    " :exhibition, :city, :place, :channel, :origin, :seq, :given_at, :now, :example)"
    " ON CONFLICT (comment, participant) DO UPDATE SET previous = support.given,"
    " given = excluded.given, id = excluded.id, seq = excluded.seq,"
    " given_at = excluded.given_at, counted_at = excluded.counted_at"
    " WHERE support.origin = excluded.origin AND excluded.seq >= support.seq"
    " RETURNING previous, exhibition, city, place, channel, origin"
)
_ADD = text(
    "INSERT INTO support_count (comment, origin, city, place, channel, exhibition, count)"
    " VALUES (:comment, :origin, :city, :place, :channel, :exhibition, :by)"
    " ON CONFLICT (comment, origin, city, place, channel)"
    " DO UPDATE SET count = support_count.count + excluded.count"
)
_SET = text(
    "INSERT INTO support_count (comment, origin, city, place, channel, exhibition, count)"
    " VALUES (:comment, :origin, :city, :place, :channel, :exhibition, :count)"
)
_CHANGED = text(
    "INSERT INTO support_change (comment, exhibition) VALUES (:comment, :exhibition)"
    " ON CONFLICT (comment) DO UPDATE SET exhibition = excluded.exhibition"
)
_TAKE_CHANGED = text("DELETE FROM support_change RETURNING comment, exhibition")
_ANY_CHANGED = text("SELECT 1 FROM support_change LIMIT 1")
_LINES = text(
    "SELECT origin, city, place, channel, count FROM support_count"
    " WHERE comment = :comment AND count <> 0 ORDER BY origin, city, place, channel"
)
_TIMES = text(
    "SELECT comment, sum(count) AS times FROM support_count WHERE comment IN :comments"
    " GROUP BY comment HAVING sum(count) <> 0"
).bindparams(bindparam("comments", expanding=True))
_GIVEN_BY = text(
    "SELECT comment FROM support WHERE participant = :participant AND given AND exhibition ="
    " :exhibition"
)
_FORGET = (
    text("DELETE FROM support WHERE comment = :comment"),
    text("DELETE FROM support_count WHERE comment = :comment"),
    text("DELETE FROM support_change WHERE comment = :comment"),
)
_FORGET_OTHERS = text("DELETE FROM support_count WHERE comment = :comment AND origin <> :own")
_FORGET_ALL_OTHERS = text("DELETE FROM support_count WHERE origin <> :own")
_RECOUNT = text(
    "SELECT comment FROM (SELECT comment, origin, city, place, channel, count(*) AS n FROM support"
    " WHERE given GROUP BY comment, origin, city, place, channel UNION ALL"
    " SELECT comment, origin, city, place, channel, -count AS n FROM support_count) AS sums"
    " GROUP BY comment, origin, city, place, channel HAVING sum(n) <> 0"
)


@dataclass(frozen=True, slots=True)
class Changed:
    """A comment whose support changed, and the exhibition that it belongs to."""

    comment: str
    exhibition: str


def count(connection: Connection, support: Support, now_text: str, *, example: bool) -> bool:
    """Write support as its participant's latest and move the sum; false when a later one stands."""
    row = connection.execute(
        _COUNT,
        {
            **support.place.as_row(),
            "comment": support.comment,
            "participant": support.participant,
            "id": support.id,
            "given": support.given,
            "seq": support.seq,
            "given_at": clock.to_text(support.given_at),
            "now": now_text,
            "example": example,
        },
    ).one_or_none()
    if row is None:
        return False
    before = None if row.previous is None else bool(row.previous)
    by = moved(before, support.given)
    if by:
        place = Place(row.exhibition, row.city, row.place, row.channel, row.origin)
        connection.execute(_ADD, {**place.as_row(), "comment": support.comment, "by": by})
        about = {"comment": support.comment, "exhibition": row.exhibition}
        connection.execute(_CHANGED, about)
    return True


def lines(connection: Connection, comment: str) -> list[Line]:
    """Return a comment's lines in a fixed order."""
    return [Line(*row) for row in connection.execute(_LINES, {"comment": comment})]


def times(connection: Connection, comments: Sequence[str]) -> dict[str, int]:
    """Return how often each of these comments was supported, those that were; by index only."""
    if not comments:
        return {}
    rows = connection.execute(_TIMES, {"comments": list(comments)})
    return {row.comment: int(row.times) for row in rows}


def given_by(connection: Connection, exhibition: str, participant: str) -> frozenset[str]:
    """Return the comments of an exhibition that this participant supports now."""
    if not participant:
        return frozenset()
    where = {"participant": participant, "exhibition": exhibition}
    return frozenset(connection.execute(_GIVEN_BY, where).scalars())


def take_changed(connection: Connection) -> list[Changed]:
    """Return the comments whose support changed since the last call, and forget that they did."""
    rows = connection.execute(_TAKE_CHANGED)
    return sorted((Changed(r.comment, r.exhibition) for r in rows), key=lambda c: c.comment)


def any_changed(connection: Connection) -> bool:
    """Whether :func:`take_changed` would return something; reads only."""
    return connection.execute(_ANY_CHANGED).scalar() is not None


def forget(connection: Connection, comment: str) -> bool:
    """Destroy a comment's support with its participants' identifiers; whether there was any."""
    gone = [connection.execute(each, {"comment": comment}).rowcount for each in _FORGET]
    return any(gone)


def replace_others(
    connection: Connection,
    comment: str,
    exhibition: str,
    own_origin: str,
    others: Iterable[Line],
) -> None:
    """At a kiosk: take every other origin's lines from the hub, keep its own (rule 6)."""
    connection.execute(_FORGET_OTHERS, {"comment": comment, "own": own_origin})
    rows = [
        {
            "comment": comment,
            "origin": line.origin,
            "city": line.city,
            "place": line.place,
            "channel": line.channel,
            "exhibition": exhibition,
            "count": line.count,
        }
        for line in others
        if line.origin != own_origin
    ]
    if rows:
        connection.execute(_SET, rows)


def forget_others(connection: Connection, own_origin: str) -> None:
    """At a kiosk: drop what the hub said of all comments; it comes anew."""
    connection.execute(_FORGET_ALL_OTHERS, {"own": own_origin})


def differences(connection: Connection) -> list[str]:
    """At a hub: the comments whose sum differs from a recount of their rows; none is right."""
    return sorted(set(connection.execute(_RECOUNT).scalars()))
