"""An evening's data on PostgreSQL: so many phones' ballots, in fifty cities of twenty kiosks.

Filled by one statement each; the tallies are counted from the ballots. 1,000,000 phones and 1,000
kiosks are a whole evening; a tenth and a hundredth of it are the smaller sizes.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from benchmarks import counted
from benchmarks.stage import CONTENT
from kiosk.exhibition.reader import read

CITIES = 50
KIOSKS_OF_A_CITY = 20
PHONES = 1_000_000

_BALLOTS = text(
    "WITH size AS (SELECT CAST(:kiosks AS int) AS kiosks, CAST(:cities AS int) AS cities,"
    " CAST(:questions AS text[]) AS questions)"
    " INSERT INTO ballot (question, participant, id, choices, exhibition, city, place, channel,"
    " origin, seq, cast_at, counted_at, example)"
    " SELECT questions[1 + i % cardinality(questions)], md5('p' || i), md5('b' || i),"
    " (ARRAY['agree', 'disagree', 'pass'])[1 + i / 7 % 3], CAST(:exhibition AS text),"
    " 'city-' || i % kiosks % cities, 'hall-' || i % kiosks,"
    " CASE WHEN i % 10 = 0 THEN 'touchscreen' ELSE 'phone' END,"
    " CASE WHEN i % 10 = 0 THEN md5('k' || i / 10 % kiosks) ELSE '' END, i,"
    " '2026-09-06T19:00:00.000000Z', '2026-09-06T19:00:00.000000Z', false"
    " FROM size, generate_series(0, CAST(:phones AS int) - 1) AS i"
)
_LINES = text("SELECT count(*) FROM tally")


@dataclass(frozen=True, slots=True)
class Evening:
    """A part of the evening that is over: its ballots and the kiosks they came from."""

    phones: int
    kiosks: int
    lines: int
    """Rows of the tally."""


def fill(connection: Connection, part: float) -> Evening:
    """Write the ballots of this *part* of the evening (1: all), and their tallies."""
    kiosks = max(round(CITIES * KIOSKS_OF_A_CITY * part), 1)
    phones = round(PHONES * part)
    asked = [e.question.id for e in read(CONTENT).exhibits.values() if e.question]
    sizes = {
        "questions": asked,
        "exhibition": CONTENT.name,
        "cities": CITIES,
        "kiosks": kiosks,
        "phones": phones,
    }
    connection.execute(_BALLOTS, sizes)
    counted.count(connection)
    return Evening(phones, kiosks, connection.execute(_LINES).scalar_one())
