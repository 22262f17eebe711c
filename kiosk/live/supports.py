"""Publishes how often comments were supported, whole states that take each other's place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.messaging import feed_store
from kiosk.voice import support_store


def publish_supports(connection: Connection, now: datetime) -> list[str]:
    """Append the count of every comment whose support changed since the last call; return ids.

    As with tallies, support itself makes no feed entries (architecture.md, rule 5): at most five
    times a second one for each comment, which takes the place of the one before.
    """
    changed = support_store.take_changed(connection)
    for each in changed:
        lines = support_store.lines(connection, each.comment)
        rows = [[x.origin, x.city, x.place, x.channel, x.count] for x in lines]
        body = {"comment": each.comment, "rows": rows}
        feed_store.append(
            connection, "support", each.exhibition, "", body, now, subject=each.comment
        )
    return [each.comment for each in changed]
