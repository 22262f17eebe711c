"""A database as it was at some moment, to be put back later, as an operator does by hand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from kiosk.database.connection import Database
from kiosk.database.schema import metadata

Copy = dict[str, list[dict[str, Any]]]


def copy_of(database: Database) -> Copy:
    """Everything in the tables now."""

    def read(connection: Connection) -> Copy:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(table.select())]
            for table in metadata.sorted_tables
        }

    return database.read_now(read)


def put_back(database: Database, copy: Copy) -> None:
    """Make the tables what they were."""

    def write(connection: Connection) -> None:
        for table in metadata.sorted_tables:
            connection.execute(table.delete())
            if copy[table.name]:
                connection.execute(table.insert(), copy[table.name])

    database.write_now(write)


def change(database: Database, statement: str, **values: object) -> int:
    """Change rows behind the program's back, as a failing disk does; return how many."""
    return database.write_now(lambda c: c.execute(text(statement), values).rowcount)


def value(database: Database, statement: str, **values: object) -> Any:
    """Read one value."""
    return database.read_now(lambda c: c.execute(text(statement), values).scalar())
