"""Numbers that advance without gaps, each in a row of its own, in the caller's transaction."""

from __future__ import annotations

from sqlalchemy import Connection, text

_READ = text("SELECT value FROM meta WHERE name = :name")
_WRITE = text(
    "INSERT INTO meta (name, value) VALUES (:name, :value)"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
)
_UNDER = text("SELECT name, value FROM meta WHERE substr(name, 1, :length) = :prefix")
_KEEP = text("INSERT INTO meta (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")
_ADVANCE = text(
    "INSERT INTO meta (name, value) VALUES (:name, '1')"
    " ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(meta.value AS BIGINT) + 1 AS TEXT)"
    " RETURNING value"
)


def read(connection: Connection, name: str, otherwise: str = "") -> str:
    """Return what is stored under *name*, or *otherwise*."""
    value = connection.execute(_READ, {"name": name}).scalar()
    return otherwise if value is None else str(value)


def under(connection: Connection, prefix: str) -> dict[str, str]:
    """Return everything whose name begins with *prefix*."""
    rows = connection.execute(_UNDER, {"prefix": prefix, "length": len(prefix)})
    return {row.name: row.value for row in rows}


def write(connection: Connection, name: str, value: str) -> None:
    """Store *value* under *name*."""
    connection.execute(_WRITE, {"name": name, "value": value})


def keep_first(connection: Connection, name: str, value: str) -> str:
    """Store *value* unless *name* has one already; return the one that stands."""
    connection.execute(_KEEP, {"name": name, "value": value})
    return read(connection, name)


def advance(connection: Connection, name: str) -> int:
    """Return the next whole number of *name*, from 1; given back when the transaction fails."""
    return int(connection.execute(_ADVANCE, {"name": name}).scalar_one())
