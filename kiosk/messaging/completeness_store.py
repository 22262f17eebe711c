"""Whether messages and feed are complete: no number missing in between, no entry beyond the head."""

from __future__ import annotations

from sqlalchemy import Connection, text

_WITH_GAPS = text(
    "SELECT origin FROM inbox GROUP BY origin HAVING count(*) <> max(seq) ORDER BY origin"
)
_BEYOND_HEAD = text(
    "SELECT count(*) FROM feed WHERE position > (SELECT position FROM feed_head WHERE id = 1)"
)


def with_gaps(connection: Connection) -> list[str]:
    """Return the origins of whose messages one is missing in between."""
    return list(connection.execute(_WITH_GAPS).scalars())


def beyond_head(connection: Connection) -> int:
    """Return how many entries of the feed no reader would be given."""
    return int(connection.execute(_BEYOND_HEAD).scalar_one())
