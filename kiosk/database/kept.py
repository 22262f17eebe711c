"""The writer's own connection, kept from one commit to the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from sqlalchemy import Connection, Engine

FRESH_S = 1.0
"""Seconds for which a connection is taken to be still there. Later the pool looks first whether it
is, which costs a way to the server and back: too much for each of a hundred commits a second."""


class KeptConnection:
    """Lends one connection to one thread; whatever fails, the next gets another from the pool."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: Connection | None = None
        self._since = 0.0

    @contextmanager
    def lent(self) -> Iterator[Connection]:
        """Lend the connection for one transaction, which the borrower ends."""
        connection = self._take()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._kept, self._since = connection, monotonic()

    def close(self) -> None:
        """Give the connection back to the pool."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _take(self) -> Connection:
        kept, fresh = self._kept, monotonic() - self._since < FRESH_S
        if kept is not None and fresh:
            self._kept = None
            return kept
        self.close()
        return self._engine.connect()
