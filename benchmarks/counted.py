"""The tallies of ballots that a benchmark wrote by one statement."""

from __future__ import annotations

from sqlalchemy import Connection, text

_BY_CHOICE = text(
    "INSERT INTO tally (question, origin, city, place, channel, choice, count)"
    " SELECT question, origin, city, place, channel, choices, count(*) FROM ballot"
    " GROUP BY question, origin, city, place, channel, choices"
)
_ALL = text(
    "INSERT INTO tally (question, origin, city, place, channel, choice, count)"
    " SELECT question, origin, city, place, channel, '*', sum(count) FROM tally"
    " GROUP BY question, origin, city, place, channel"
)


def count(connection: Connection) -> None:
    """Count all ballots, of which each has one choice, into tables that hold no tally yet."""
    connection.execute(_BY_CHOICE)
    connection.execute(_ALL)
