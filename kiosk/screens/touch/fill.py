"""How many cells of a topic's pattern are filled: one for each counted vote and published voice."""

from __future__ import annotations

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit, Exhibition
from kiosk.voice import comment_store, tally_store


def of_topic(connection: Connection, exhibition: Exhibition, topic: str) -> int:
    """Return a topic's votes and published voices together."""
    return of_topics(connection, exhibition).get(topic, 0)


def of_topics(connection: Connection, exhibition: Exhibition) -> dict[str, int]:
    """Return votes and published voices by topic, in two queries for the whole exhibition."""
    asked = {e.question.id: e for e in exhibition.exhibits.values() if e.question}
    filled: dict[str, int] = {}
    for question, ballots in tally_store.ballots_of(connection, list(asked)).items():
        _add(filled, asked[question], ballots)
    for exhibit, voices in comment_store.public_counts(connection, exhibition.id).items():
        found = exhibition.exhibits.get(exhibit)
        if found is not None:
            _add(filled, found, voices)
    return filled


def _add(filled: dict[str, int], exhibit: Exhibit, count: int) -> None:
    topic = exhibit.topic or exhibit.id
    filled[topic] = filled.get(topic, 0) + count
