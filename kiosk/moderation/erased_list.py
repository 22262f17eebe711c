"""The list of erased ids, kept apart from the database and its backups.

A database restored from a backup knows nothing of what was erased since. So each erasure is
written here too, before its transaction commits, and a hub applies the list before it opens
(architecture.md, rule 9). The table ``erased`` is its mirror. An entry is an id and its moment;
there is no word of anybody in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from kiosk import clock
from kiosk.database import apart

FILE = "erased.jsonl"


def add(connection: Connection, comments: Iterable[str], now: datetime) -> None:
    """Write ids down where this connection's hub keeps its list.

    Should the commit fail, the list names something that is there still, and its author's wish is
    done at the next opening.

    Raises:
        Unavailable: the list cannot be written; nothing may be called erased.
    """
    path = apart.path_of(connection, FILE)
    if path is not None:
        append(path, {comment: clock.to_text(now) for comment in comments})


def append(path: Path, moments: Mapping[str, str]) -> None:
    """Append ids with their moments.

    Raises:
        Unavailable: the disk is full or cannot be written.
    """
    apart.append(path, [[comment, moment] for comment, moment in moments.items()])


def read(path: Path) -> dict[str, str]:
    """Return the moment of erasure by id."""
    return {str(entry[0]): str(entry[1]) for entry in apart.read(path).entries}
