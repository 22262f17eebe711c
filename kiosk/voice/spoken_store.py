"""Where voices are public, found by steps along an index, however many there are.

A count of all of them takes 17 ms for each 100,000, and each step of a screen would wait for it.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

# The next exhibit, and the next city, is looked up in the index: what lies between is passed over.
_EXHIBITS = (
    "WITH RECURSIVE spoken (exhibit) AS ("
    "SELECT min(exhibit) FROM comment WHERE exhibition = :exhibition UNION ALL"
    " SELECT (SELECT min(exhibit) FROM comment WHERE exhibition = :exhibition"
    " AND comment.exhibit > spoken.exhibit) FROM spoken WHERE spoken.exhibit IS NOT NULL)"
)
_SOME = (
    "SELECT count(*) FROM (SELECT 1 FROM comment WHERE exhibition = :exhibition"
    " AND status = 'published' AND comment.exhibit = "
)
_AT_MOST = " LIMIT :most) AS few"
_BY_EXHIBIT = text(
    _EXHIBITS
    + " SELECT exhibit, ("
    + _SOME
    + "spoken.exhibit"
    + _AT_MOST
    + ") AS voices FROM spoken WHERE exhibit IS NOT NULL"
)
_OF_EXHIBIT = text(_SOME + ":exhibit" + _AT_MOST)
_CITIES = text(
    "WITH RECURSIVE spoken (city) AS ("
    "SELECT min(city) FROM comment WHERE exhibition = :exhibition UNION ALL"
    " SELECT (SELECT min(city) FROM comment WHERE exhibition = :exhibition"
    " AND comment.city > spoken.city) FROM spoken WHERE spoken.city IS NOT NULL)"
    " SELECT city FROM spoken WHERE city <> '' AND EXISTS (SELECT 1 FROM comment"
    " WHERE exhibition = :exhibition AND comment.city = spoken.city AND status = 'published')"
)


def by_exhibit(connection: Connection, exhibition: str, most: int) -> dict[str, int]:
    """Return how many comments are published on each exhibit that has any, *most* at most."""
    rows = connection.execute(_BY_EXHIBIT, {"exhibition": exhibition, "most": most})
    return {row.exhibit: int(row.voices) for row in rows if row.voices}


def of_exhibit(connection: Connection, exhibition: str, exhibit: str, most: int) -> int:
    """Return how many comments are published on an exhibit, *most* at most."""
    where = {"exhibition": exhibition, "exhibit": exhibit, "most": most}
    return int(connection.execute(_OF_EXHIBIT, where).scalar_one())


def cities(connection: Connection, exhibition: str) -> frozenset[str]:
    """Return the cities from which any comment is published."""
    return frozenset(connection.execute(_CITIES, {"exhibition": exhibition}).scalars())
