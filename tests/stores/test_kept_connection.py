"""The writer keeps its connection from commit to commit, and outlives its loss."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Connection, text

from kiosk.database import kept
from kiosk.database.connection import Database


def backend(connection: Connection) -> int:
    """The number of the server's process behind a connection."""
    return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


def end(database: Database, number: int) -> None:
    """End that process, as a server does that is told to let go."""
    database.read_now(
        lambda c: c.execute(text("SELECT pg_terminate_backend(:n, 5000)"), {"n": number})
    )


@pytest.fixture
def hub(database: Database) -> Database:
    if database.dialect != "postgresql":
        pytest.skip("a file has no server that could let go")
    return database


async def test_a_connection_that_was_lost_is_nobodys_loss(hub: Database) -> None:
    """The server ends the writer's connection between two votes: the next is kept all the same."""
    first = hub.write_now(backend)
    assert hub.write_now(backend) == first
    end(hub, first)
    second = hub.write_now(backend)
    assert second != first
    end(hub, second)
    together = await asyncio.gather(*(hub.write(backend) for _ in range(8)))
    assert set(together) == {hub.write_now(backend)}


def test_a_connection_that_rested_is_looked_at_first(
    hub: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a second without a vote the pool looks whether it is still there."""
    first = hub.write_now(backend)
    end(hub, first)
    monkeypatch.setattr(kept, "FRESH_S", 0.0)
    assert hub.write_now(backend) != first


def test_a_write_that_fails_leaves_nothing_open(database: Database) -> None:
    """What one write began and did not end is not in the next one's transaction."""

    def fail(connection: Connection) -> None:
        connection.execute(text("INSERT INTO meta (name, value) VALUES ('ada', '')"))
        raise ValueError("changed her mind")

    with pytest.raises(ValueError, match="mind"):
        database.write_now(fail)
    count = text("SELECT count(*) FROM meta WHERE name = 'ada'")
    assert database.write_now(lambda c: c.execute(count).scalar_one()) == 0
    assert database.read_now(lambda c: c.execute(count).scalar_one()) == 0
