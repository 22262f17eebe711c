"""Whether messages and feed are complete: every row that a head counts, none beyond a head."""

from __future__ import annotations

from sqlalchemy import Connection, text

from kiosk.messaging import inbox_head_store, inbox_store

_COUNT = text("SELECT count(*) FROM inbox WHERE origin = :origin")
_BEYOND_HEAD = text(
    "SELECT count(*) FROM feed WHERE position > (SELECT position FROM feed_head WHERE id = 1)"
)


def incomplete(connection: Connection) -> list[str]:
    """Return the origins whose messages are not as many as their head counts.

    Numbers that a kiosk declared lost are not counted in the head either.
    """
    return [
        origin
        for origin, held in inbox_head_store.everyone(connection).items()
        if connection.execute(_COUNT, {"origin": origin}).scalar_one() != held.count
    ]


def damaged(connection: Connection) -> int:
    """Return how many messages are not as they were written, by their seals."""
    origins = inbox_head_store.everyone(connection)
    return sum(
        not stored.is_sound
        for origin in origins
        for stored in inbox_store.everything(connection, origin)
    )


def beyond_head(connection: Connection) -> int:
    """Return how many entries of the feed no reader would be given."""
    return int(connection.execute(_BEYOND_HEAD).scalar_one())
