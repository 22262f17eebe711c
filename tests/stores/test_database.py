"""One writer: many writes share a commit, each stands or falls alone, nothing half done stays."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import IntegrityError

from kiosk.database.connection import Database
from kiosk.database.schema import metadata
from kiosk.errors import Forbidden, Unavailable
from kiosk.messaging import feed_store, heads
from tests.world import SUNDAY


def put(connection: Connection, name: str, value: str = "x") -> None:
    """Write one row that must not be there yet."""
    row = {"name": name, "value": value}
    connection.execute(text("INSERT INTO meta (name, value) VALUES (:name, :value)"), row)


def names(connection: Connection) -> set[str]:
    """The names of all rows."""
    return set(connection.execute(text("SELECT name FROM meta")).scalars())


async def test_of_writes_that_share_a_commit_each_stands_or_falls_alone(
    database: Database,
) -> None:
    """Ada's write is refused by a rule, Ben's meets a row that is there; the others are kept."""

    def refused(connection: Connection) -> None:
        put(connection, "ada")
        raise Forbidden("not today")

    outcomes = await asyncio.gather(
        database.write(partial(put, name="first")),
        database.write(refused),
        database.write(partial(put, name="first")),
        *(database.write(partial(put, name=f"many-{n}")) for n in range(50)),
        return_exceptions=True,
    )
    kept = await database.read(names)
    assert isinstance(outcomes[1], Forbidden)
    assert isinstance(outcomes[2], IntegrityError)
    assert [o for n, o in enumerate(outcomes) if n not in {1, 2}] == [None] * 51
    assert "ada" not in kept
    assert len(kept & {f"many-{n}" for n in range(50)}) == 50


async def test_numbers_advance_without_gaps_when_a_write_fails(database: Database) -> None:
    """A refused write gives its sequence number back."""

    def refused(connection: Connection) -> None:
        heads.advance(connection, "seq")
        raise Forbidden("not today")

    outcomes = await asyncio.gather(
        *(database.write(partial(heads.advance, name="seq")) for _ in range(5)),
        database.write(refused),
        *(database.write(partial(heads.advance, name="seq")) for _ in range(5)),
        return_exceptions=True,
    )
    assert sorted(o for o in outcomes if isinstance(o, int)) == list(range(1, 11))


async def test_a_reader_of_the_feed_never_misses_an_entry(database: Database) -> None:
    """Three databases' worth of writers append at once; whoever reads on sees every position."""
    others = [Database.open(database.url) for _ in range(2)]
    append = partial(
        feed_store.append, kind="note", exhibition="harbour", city="", body={}, now=SUNDAY
    )
    seen: list[int] = []

    async def read_on() -> None:
        while len(seen) < 60:
            entries = await database.read(
                partial(feed_store.after, position=seen[-1] if seen else 0, most=10)
            )
            seen.extend(entry.position for entry in entries)

    await asyncio.gather(
        read_on(), *(d.write(append) for d in (database, *others) for _ in range(20))
    )
    assert seen == list(range(1, 61))
    for other in others:
        other.close()


def test_an_empty_database_is_not_ready(tmp_path: Path) -> None:
    """A process on it answers 503 until somebody runs the migrations."""
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    assert not database.is_current()
    database.migrate()
    assert database.is_current()
    database.close()


def test_a_full_disk_is_said_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    """SQLite may not grow: the write is refused with a cure, what was kept before stays."""
    database = Database.open(f"sqlite:///{tmp_path / 'full.db'}")
    database.migrate()
    database.write_now(partial(put, name="before"))

    def limit(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def much(connection: Connection) -> None:
        put(connection, "half")
        put(connection, "rest", "x" * 100_000)

    database.engine.dispose()  # one connection writes: the limit holds for it
    database.write_now(limit)
    with pytest.raises(Unavailable) as refused:
        database.write_now(much)
    assert "Nothing was kept" in refused.value.cure
    kept = database.read_now(names)
    assert "before" in kept
    assert "half" not in kept
    database.write_now(partial(put, name="after"))
    database.close()


def test_two_processes_write_one_file_in_turn(tmp_path: Path) -> None:
    """Public side and desk share a SQLite file: neither loses a write, neither is starved."""
    url = f"sqlite:///{tmp_path / 'hub.db'}"
    database = Database.open(url)
    database.migrate()
    program = (
        "import sys\n"
        "from functools import partial\n"
        "from kiosk.database.connection import Database\n"
        "from kiosk.messaging import heads\n"
        "database = Database.open(sys.argv[1])\n"
        "for _ in range(200):\n"
        "    database.write_now(partial(heads.advance, name='seq'))\n"
        "database.close()\n"
    )
    other = subprocess.Popen([sys.executable, "-c", program, url])
    for _ in range(200):
        database.write_now(partial(heads.advance, name="seq"))
    assert other.wait(60) == 0
    assert database.read_now(partial(heads.read, name="seq")) == "400"
    database.close()


def test_the_migrations_lead_to_the_schema_of_the_code(database: Database) -> None:
    """What the tables are after all migrations is what the stores were written for."""

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(
            connection, opts={"compare_server_default": connection.dialect.name == "postgresql"}
        )
        return list(compare_metadata(context, metadata))

    assert database.read_now(differences) == []


async def test_a_health_question_leaves_nothing_behind(database: Database) -> None:
    """Each had made a table of its own, whose compiled statement stayed: 500 were kept at last."""

    def tables() -> int:
        gc.collect()
        return sum(isinstance(each, Table) for each in gc.get_objects())

    assert database.is_current()
    before = tables()
    assert all(database.is_current() for _ in range(20))
    assert tables() == before
