"""What is asked of the driver itself behaves as all that is asked through SQLAlchemy."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from kiosk.database.connection import Database
from kiosk.database.driver import ask

KEEP = "INSERT INTO meta (name, value) VALUES ('ada', 'was here')"
KEPT = "SELECT value FROM meta WHERE name = 'ada'"


def test_it_is_part_of_the_transaction(database: Database) -> None:
    """What the transaction wrote is read, and what the driver wrote goes with the transaction."""

    def write_and_fail(connection: Connection) -> None:
        connection.execute(text(KEEP))
        assert ask(connection, KEPT) == "was here"
        ask(connection, KEEP.replace("ada", "ben"))
        raise ValueError("changed his mind")

    with pytest.raises(ValueError, match="mind"):
        database.write_now(write_and_fail)
    assert database.read_now(lambda c: ask(c, KEPT)) is None
    assert database.read_now(lambda c: ask(c, KEPT.replace("ada", "ben"))) is None


def test_its_failures_have_the_names_that_the_program_knows(database: Database) -> None:
    """A refused write is told as refused, with nothing of what it carried."""

    def twice(connection: Connection) -> None:
        ask(connection, KEEP)
        ask(connection, KEEP)

    with pytest.raises(DBAPIError) as told:
        database.write_now(twice)
    assert type(told.value).__name__ == "IntegrityError"
    assert not told.value.connection_invalidated


def test_a_server_that_let_go_is_told_as_gone(database: Database) -> None:
    """The next who asks gets a connection of its own."""
    if database.dialect != "postgresql":
        pytest.skip("a file has no server that could let go")
    with database.engine.connect() as connection:
        own = ask(connection, "SELECT pg_backend_pid()")
        database.read_now(lambda c: ask(c, "SELECT pg_terminate_backend(%s, 5000)", own))
        with pytest.raises(DBAPIError) as told:
            ask(connection, "SELECT 1")
        assert told.value.connection_invalidated
    with database.engine.connect() as connection:
        assert ask(connection, "SELECT pg_backend_pid()") != own


def test_what_it_wrote_alone_is_committed(database: Database) -> None:
    """A transaction in which nobody but the driver is asked is one that SQLAlchemy ends, too."""
    database.write_now(lambda c: ask(c, KEEP))
    assert database.read_now(lambda c: ask(c, KEPT)) == "was here"
