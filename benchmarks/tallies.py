"""Reading every tally of an exhibition where many have voted, as a part of where few have.

Two databases with the same questions and screens, one with 10,000 ballots and one with many more,
are filled by one statement each; the tallies are counted from the ballots. Each round reads all of
them, in turns. ``tallies`` takes a million ballots, ``tallies-full`` ten million (some minutes, and
3 GB in the temporary folder).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, text

from benchmarks import counted
from benchmarks.figure import Figure, middle
from kiosk.database.connection import Database
from kiosk.voice import actions, tally_store

FEW = 10_000
MANY = 1_000_000
FULL = 10_000_000
QUESTIONS = 20
SCREENS = 20
ROUNDS = 9
READS = 20
"""Times that every tally is read within a round."""

_BALLOTS = text(
    "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)"
    " INSERT INTO ballot (question, participant, id, choices, exhibition, city, place, channel,"
    " origin, seq, cast_at, counted_at, example)"
    " SELECT 'hall/core/q' || (i % :questions), printf('%032x', i), printf('b%031x', i),"
    " CASE i / (:questions * :screens) % 3 WHEN 0 THEN 'agree' WHEN 1 THEN 'disagree'"
    " ELSE 'pass' END, 'hall', 'sceaux', 'Hall', 'phone', 's' || (i / :questions % :screens), 0,"
    " '2026-09-06T14:00:00.000000Z', '2026-09-06T14:00:00.000000Z', false FROM n"
)


class Miscounted(Exception):
    """The tallies do not add up to the ballots."""


def measure(many: int = MANY, rounds: int = ROUNDS) -> Iterator[Figure]:
    """Yield the ratio and how long reading all tallies takes."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        begun = time.monotonic()
        small, large = (_filled(Path(folder) / f"{n}.db", n) for n in (FEW, many))
        filled = time.monotonic() - begun
        try:
            turns = [(_read(small), _read(large)) for _ in range(rounds)]
        finally:
            small.close()
            large.close()
    ratios = [after / before for before, after in turns]
    said = f"at most 1.5; {many} ballots ÷ {FEW}, filled in {filled:.0f} s"
    name = "tallies" if many == MANY else f"tallies.{many}"
    yield middle(f"{name}.ratio", ratios, "of few", said)
    told = f"{QUESTIONS} questions, {SCREENS} screens"
    yield middle(f"{name}.read", [after * 1000 for _, after in turns], "ms", told)


def measure_full() -> Iterator[Figure]:
    """Do the same with ten million ballots."""
    yield from measure(FULL)


def _filled(file: Path, ballots: int) -> Database:
    """Return a database with so many ballots, one for each participant, and their tallies."""
    database = Database.open(f"sqlite:///{file}")
    database.migrate()

    def fill(connection: Connection) -> None:
        sizes = {"count": ballots, "questions": QUESTIONS, "screens": SCREENS}
        connection.execute(_BALLOTS, sizes)
        counted.count(connection)

    database.write_now(fill)
    found = database.read_now(lambda c: tally_store.ballots_of(c, _questions()))
    if sum(found.values()) != ballots:
        raise Miscounted(f"{sum(found.values())} of {ballots}")
    return database


def _read(database: Database) -> float:
    """Return the seconds that reading every tally took, in the middle of several times."""
    took = []
    for _ in range(READS):
        begun = time.perf_counter()
        database.read_now(lambda c: [actions.tally_of(c, q) for q in _questions()])
        took.append(time.perf_counter() - begun)
    return sorted(took)[len(took) // 2]


def _questions() -> list[str]:
    return [f"hall/core/q{n}" for n in range(QUESTIONS)]
