"""A look at an SQLite file that costs microseconds, in the thread that looks."""

from __future__ import annotations

import contextlib
from typing import Any

import pysqlite3
from sqlalchemy.engine import URL


class Glance:
    """A connection of one's own that only reads, never waits, and holds nothing open.

    A look takes about 5 µs of the asker's own thread; through the reading threads it takes 150.
    """

    def __init__(self, url: URL) -> None:
        self._file = str(url.database)
        self._connection: Any = None

    def __call__(self, query: str) -> int | None:
        """Return the first number that *query* finds; None when it cannot be read just now."""
        try:
            if self._connection is None:
                self._connection = self._open()
            # All rows are taken: a statement that is not at its end would hold up checkpoints.
            rows = self._connection.execute(query).fetchall()
            return int(rows[0][0]) if rows else None
        except pysqlite3.Error:
            self.close()
            return None

    def close(self) -> None:
        """Let go of the file; the next look opens it again."""
        if self._connection is not None:
            with contextlib.suppress(pysqlite3.Error):
                self._connection.close()
            self._connection = None

    def _open(self) -> Any:
        opened = pysqlite3.connect(self._file, isolation_level=None, timeout=0)
        opened.execute("PRAGMA query_only = ON")
        return opened
