"""Publishes changed tallies in the feed, whole states that take each other's place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.messaging import feed_store
from kiosk.voice import question_store, tally_store


def publish_tallies(connection: Connection, now: datetime) -> list[str]:
    """Append the tally of every question that changed since the last call; return their ids.

    Call it at most five times a second (architecture.md, rule 5), and only when
    :func:`kiosk.voice.tally_store.any_changed` says so: it writes.
    """
    changed = tally_store.take_changed(connection)
    for question in changed:
        asked = question_store.get(connection, question)
        lines = tally_store.lines(connection, question)
        rows = [[x.origin, x.city, x.place, x.channel, x.choice, x.count] for x in lines]
        exhibition = asked.exhibition if asked else question.split("/", 1)[0]
        body = {"question": question, "rows": rows}
        feed_store.append(connection, "tally", exhibition, "", body, now, subject=question)
    return changed
