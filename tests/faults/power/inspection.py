"""Looks at a database after a power cut: whole, nothing half done, and all there that was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pysqlite3

ALIKE = {
    "a tally is no recount": (
        "WITH standing AS (SELECT b.question, b.origin, b.city, b.place, b.channel,"
        " c.value AS choice FROM ballot b, json_each('[\"' || replace(b.choices, ',', '\",\"')"
        " || '\",\"*\"]') c WHERE b.choices <> ''),"
        " recount AS (SELECT question, origin, city, place, channel, choice, count(*)"
        " FROM standing GROUP BY 1, 2, 3, 4, 5, 6),"
        " kept AS (SELECT question, origin, city, place, channel, choice, count FROM tally"
        " WHERE count <> 0)"
        " SELECT count(*) FROM (SELECT * FROM (SELECT * FROM recount EXCEPT SELECT * FROM kept)"
        " UNION ALL SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM recount))"
    ),
    "the outbox has a gap": (
        "SELECT (SELECT count(*) FROM outbox) <> (SELECT coalesce(max(seq), 0) FROM outbox)"
        " OR (SELECT coalesce(max(seq), 0) FROM outbox)"
        " <> (SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM meta WHERE name = 'outbox-seq')"
    ),
    "a ballot stands without its message": (
        "SELECT count(*) FROM ballot b WHERE b.channel = 'touchscreen'"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = b.id)"
        " AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.id = b.id)"
    ),
    "a comment stands without its message": (
        "SELECT count(*) FROM comment c WHERE NOT EXISTS (SELECT 1 FROM outbox o"
        " WHERE o.id = c.id) AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.id = c.id)"
    ),
    "a message stands without its comment": (
        "SELECT count(*) FROM (SELECT id FROM outbox WHERE kind = 'comment' UNION ALL"
        " SELECT id FROM inbox WHERE kind = 'comment') m"
        " WHERE NOT EXISTS (SELECT 1 FROM comment c WHERE c.id = m.id)"
        " AND NOT EXISTS (SELECT 1 FROM erased e WHERE e.id = m.id)"
    ),
    "a voice number was given twice": (
        "SELECT count(*) - count(DISTINCT voice_number) FROM comment WHERE voice_number <> ''"
    ),
    "the inbox has a gap": (
        "SELECT count(*) FROM (SELECT 1 FROM inbox GROUP BY origin HAVING count(*) <> max(seq))"
    ),
    "the feed's head is not its last entry": (
        "SELECT (SELECT position FROM feed_head) <> (SELECT coalesce(max(position), 0) FROM feed)"
    ),
    "a decision and its comment differ": (
        "SELECT count(*) FROM comment c WHERE c.status IN ('published', 'refused')"
        " AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.comment = c.id)"
    ),
}
"""What must never be found, and the query that is true or above zero where it is."""

_KEPT = (
    "SELECT id FROM outbox UNION SELECT id FROM inbox UNION SELECT id FROM ballot"
    " UNION SELECT id FROM decision"
)
_WORDS = "SELECT id FROM comment WHERE text <> ''"
_MIGRATED = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is *broken*, the ids that are *kept*, and the comments whose *words* are there."""

    broken: list[str]
    kept: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


def look(path: Path) -> Seen:
    """Open the database at *path* with the shipped SQLite and look at everything in it."""
    # The plain VFS by name, also while a recording or a faulty one is the default.
    connection = pysqlite3.connect(f"file:{path}?vfs=unix", uri=True)
    try:
        return _look(connection)
    except pysqlite3.DatabaseError as error:
        return Seen([f"it cannot be read: {error}"])
    finally:
        connection.close()


def _look(connection: Any) -> Seen:
    sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    broken = [] if sound == "ok" else [f"integrity_check: {sound}"]
    if not connection.execute(_MIGRATED).fetchone()[0]:
        return Seen(broken)
    broken += [what for what, query in ALIKE.items() if connection.execute(query).fetchone()[0]]
    kept = {row[0] for row in connection.execute(_KEPT)}
    words = {row[0] for row in connection.execute(_WORDS)}
    return Seen(broken, kept, words)
