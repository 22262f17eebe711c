"""Saves what can still be read of a damaged SQLite file into a new one beside it.

SQLite refuses a whole query when it meets one damaged page. Row by row most of them are still
there: they are copied, the damaged file is kept, and what is missing shows as missing: messages
have numbers and seals, and all that came from the hub is taken from it again.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pysqlite3

from kiosk.database.connection import Database

log = logging.getLogger("kiosk.database")

FURTHEST = 20_000
"""Rows that one damaged place may hide before a table counts as read to its end."""
NEAR = 200
"""Rows behind a damaged place that are tried one by one: a page holds no more of them."""
_BESIDE = ("", "-wal", "-shm")


def if_damaged(path: Path, now: datetime) -> bool:
    """Put a new file in a damaged one's place, with all that can be read; whether it was needed.

    The damaged file is kept as ``<name>.damaged-<moment>``. A file that is not there is not
    damaged.

    Raises:
        Unavailable: the new file cannot be written.
        OSError: the damaged one cannot be moved.
    """
    if not path.is_file() or _is_sound(path):
        return False
    damaged = path.with_name(f"{path.name}.damaged-{now:%Y%m%dT%H%M%S}")
    for end in _BESIDE:
        source = path.with_name(path.name + end)
        if source.is_file():
            source.rename(damaged.with_name(damaged.name + end))
    new = Database.open(f"sqlite:///{path}")
    new.migrate()
    new.close()
    counts = _copy(damaged, path)
    told = ", ".join(f"{count} of {table}" for table, count in counts.items() if count)
    log.error("%s was damaged and is kept as %s; read from it: %s", path.name, damaged.name, told)
    return True


def _is_sound(path: Path) -> bool:
    try:
        connection = pysqlite3.connect(path)
        try:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
        finally:
            connection.close()
    except (pysqlite3.DatabaseError, UnicodeDecodeError):
        return False
    return bool(found == ("ok",))


def _copy(source: Path, target: Path) -> dict[str, int]:
    """Copy every row that can be read of the tables that both have; return how many of each."""
    old, new = pysqlite3.connect(source), pysqlite3.connect(target)
    old.text_factory = _legible
    try:
        with new:
            return {table: _copy_table(old, new, table) for table in _tables(new)}
    finally:
        old.close()
        new.close()


def _legible(octets: bytes) -> str:
    """Text in which a bit turned over may be no text any more; a seal or a comparison tells."""
    return octets.decode(errors="replace")


def _tables(connection: Any) -> list[str]:
    found = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name <> 'alembic_version'"
    )
    return [row[0] for row in found]


def _copy_table(old: Any, new: Any, table: str) -> int:
    columns = [name for name in _columns(new, table) if name in _columns(old, table)]
    if not columns:
        return 0
    names, marks = ", ".join(columns), ", ".join("?" for _ in columns)
    insert = f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of ours
    count = 0
    for row in _rows(old, table, names):
        try:
            new.execute(insert, row)
        except pysqlite3.IntegrityError:
            continue  # what must not be empty was: the row is damaged
        count += 1
    return count


def _columns(connection: Any, table: str) -> list[str]:
    try:
        return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    except (pysqlite3.DatabaseError, UnicodeDecodeError):
        return []


def _rows(connection: Any, table: str, names: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows in the table's own order, over every place that cannot be read."""
    if not _numbered(connection, table):
        yield from _from_both_ends(connection, table, names)
        return
    read = f"SELECT rowid, {names} FROM {table} NOT INDEXED WHERE rowid"  # noqa: S608 - as above
    at, hidden, stride = 0, 0, 1
    while hidden < FURTHEST:
        try:
            for number, *row in connection.execute(f"{read} >= ? ORDER BY rowid", (at,)):
                for passed in range(at - stride + 1, at):
                    yield from _alone(connection, f"{read} = ?", passed)
                yield tuple(row)
                at, hidden, stride = number + 1, 0, 1
            return
        except (pysqlite3.DatabaseError, UnicodeDecodeError):
            # The driver reads one row ahead: the one before the damaged place is asked for alone.
            found = _alone(connection, f"{read} = ?", at)
            yield from found
            hidden = 0 if found else hidden
            stride = max(1, hidden // 16) if hidden > NEAR else 1
            at, hidden = at + stride, hidden + stride


def _numbered(connection: Any, table: str) -> bool:
    """Whether the table's rows have numbers by which one after the other can be asked for."""
    try:
        connection.execute(f"SELECT rowid FROM {table} LIMIT 0")  # noqa: S608 - as above
    except pysqlite3.DatabaseError as error:
        return "no such column" not in str(error)
    return True


def _from_both_ends(connection: Any, table: str, names: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows up to the first place that cannot be read, and back to the last one.

    Rows may come twice; in between are tallies alone, which can be counted again.
    """
    for order in ("ASC", "DESC"):
        read = f"SELECT {names} FROM {table} ORDER BY 1 {order}"  # noqa: S608 - as above
        try:
            yield from map(tuple, connection.execute(read))
        except (pysqlite3.DatabaseError, UnicodeDecodeError):
            continue


def _alone(connection: Any, read: str, number: int) -> list[tuple[Any, ...]]:
    try:
        return [tuple(row[1:]) for row in connection.execute(read, (number,))]
    except (pysqlite3.DatabaseError, UnicodeDecodeError):
        return []
