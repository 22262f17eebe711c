"""Counts every ballot afresh and tells where a stored tally is not that count."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, text

from kiosk.voice.ballot import from_text
from kiosk.voice.tally import BALLOTS

_BALLOTS = text(
    "SELECT question, origin, city, place, channel, choices, count(*) AS ballots FROM ballot"
    " WHERE choices <> '' GROUP BY question, origin, city, place, channel, choices"
)
_TALLIES = text(
    "SELECT question, origin, city, place, channel, choice, count FROM tally WHERE count <> 0"
)

Key = tuple[str, str, str, str, str, str]
"""Question, origin, city, place, channel, choice."""


def differences(connection: Connection) -> list[str]:
    """Return the questions whose tally differs from a recount of their ballots; none is right.

    For a hub, which holds every ballot: a kiosk's tallies of other origins come from the hub.
    """
    counted: Counter[Key] = Counter()
    for row in connection.execute(_BALLOTS):
        for choice in (*from_text(row.choices), BALLOTS):
            place = (row.question, row.origin, row.city, row.place, row.channel)
            counted[*place, choice] += int(row.ballots)
    stored: Counter[Key] = Counter()
    for row in connection.execute(_TALLIES):
        place = (row.question, row.origin, row.city, row.place, row.channel)
        stored[*place, row.choice] += int(row[6])
    wrong = {key[0] for key in counted.keys() | stored.keys() if counted[key] != stored[key]}
    return sorted(wrong)
