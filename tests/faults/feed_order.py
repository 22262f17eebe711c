"""The feed under many writers: who reads it by a cursor misses nothing (architecture.md, rule 5).

On PostgreSQL, where transactions overlap; on SQLite one writes at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from kiosk.database import postgresql
from kiosk.database.connection import Database
from kiosk.messaging import feed_store
from tests.faults.family import Family, Found
from tests.postgres import dropped_later
from tests.world import SUNDAY

WRITERS, ENTRIES = 6, 50
"""Writers at the same time, and what each of them appends, one transaction each."""


def trial(number: int, folder: Path) -> Found:
    """A reader that follows while six write has read every entry, once and in order."""
    written, read = _followed()
    assert read == sorted(read), f"trial {number}: the reader went back"
    missed = written - set(read)
    assert not missed, f"trial {number}: a reader missed {len(missed)} of {len(written)} entries"
    return Found(len(written), len(written), 0)


def control(number: int, folder: Path) -> Found:
    """Positions from a sequence: a smaller one may commit after a greater one was read."""
    sequence = text("SELECT nextval('feed_position')")
    with patch.object(feed_store, "_ADVANCE", sequence):
        written, read = _followed("CREATE SEQUENCE feed_position")
    return Found(len(written), len(written), len(written - set(read)))


def _followed(setting: str = "SELECT 1") -> tuple[set[int], list[int]]:
    """Return the positions that writers were given, and those that a reader saw."""
    written: list[int] = []
    read: list[int] = []
    with _database(setting) as database:
        ended = threading.Event()
        reader = threading.Thread(target=_follow, args=(database, ended, read))
        engine = postgresql.engine(make_url(database.url), WRITERS)
        writers = [threading.Thread(target=_append, args=(engine, written)) for _ in range(WRITERS)]
        for thread in (reader, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        ended.set()
        reader.join()
        engine.dispose()
    return set(written), read


def _append(engine: Engine, written: list[int]) -> None:
    for _ in range(ENTRIES):
        with engine.begin() as connection:
            position = feed_store.append(connection, "release", "harbour", "", {}, SUNDAY)
        written.append(position)


def _follow(database: Database, ended: threading.Event, read: list[int]) -> None:
    """Read behind the cursor until the writers have ended and nothing is left."""
    last_look = False
    while not last_look:
        last_look = ended.is_set()
        while behind := _behind(database, read[-1] if read else 0):
            read += behind


def _behind(database: Database, cursor: int) -> list[int]:
    entries = database.read_now(lambda c: feed_store.after(c, cursor, 500))
    return [entry.position for entry in entries]


@contextmanager
def _database(setting: str) -> Iterator[Database]:
    with dropped_later() as address:
        database = Database.open(address)
        try:
            database.migrate()
            with database.engine.begin() as connection:
                connection.exec_driver_sql(setting)
            yield database
        finally:
            database.close()


FAMILY = Family(
    name="feed under six writers",
    unit="entry",
    small=1_200,
    full=100_000,
    trial=trial,
    control=control,
    control_is="positions from a sequence",
)
