"""How many cells of a topic's pattern are filled: one for each counted vote and published voice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.errors import KioskError
from kiosk.exhibition.model import Exhibit, Exhibition
from kiosk.voice import spoken_store, tally_store

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

MOST = 1_000
"""Voices of an exhibit that are counted: more than the largest pattern has cells."""


def of_exhibit(connection: Connection, exhibition: Exhibition, exhibit: Exhibit) -> int:
    """Return an exhibit's own votes and published voices together."""
    asked = [exhibit.question.id] if exhibit.question else []
    ballots = sum(tally_store.ballots_of(connection, asked).values()) if asked else 0
    return ballots + spoken_store.of_exhibit(connection, exhibition.id, exhibit.id, MOST)


async def read_of(visit: Visit, exhibit: Exhibit | None) -> int:
    """Read what :func:`of_exhibit` returns; none of nothing.

    None as well where it cannot be read: a pattern without light takes no text away.
    """
    if exhibit is None:
        return 0
    try:
        return await visit.context.database.read(
            partial(of_exhibit, exhibition=visit.exhibition, exhibit=exhibit)
        )
    except KioskError:
        return 0


def of_exhibits(connection: Connection, exhibition: Exhibition) -> dict[str, int]:
    """Return votes and published voices by exhibit, in two queries for the whole exhibition."""
    asked = {e.question.id: e.id for e in exhibition.exhibits.values() if e.question}
    filled = spoken_store.by_exhibit(connection, exhibition.id, MOST)
    for question, ballots in tally_store.ballots_of(connection, list(asked)).items():
        filled[asked[question]] = filled.get(asked[question], 0) + ballots
    return filled


def of_topics(connection: Connection, exhibition: Exhibition) -> dict[str, int]:
    """Return votes and published voices by topic, in two queries for the whole exhibition."""
    filled: dict[str, int] = {}
    for name, count in of_exhibits(connection, exhibition).items():
        exhibit = exhibition.exhibits.get(name)
        if exhibit is not None:
            topic = exhibit.topic or exhibit.id
            filled[topic] = filled.get(topic, 0) + count
    return filled
