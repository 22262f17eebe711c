"""A database in memory that reads and writes at once, in its caller's thread: no luck in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pysqlite3
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from kiosk.database.commits import unavailable
from kiosk.database.connection import Database
from kiosk.database.migrate import migrate
from kiosk.voice import actions
from tests.world import SUNDAY, harbour

T = TypeVar("T")
Item = TypeVar("Item")


def _memory() -> Any:
    opened = pysqlite3.connect(":memory:", check_same_thread=False)
    opened.isolation_level = None
    opened.execute("PRAGMA foreign_keys = ON")
    return opened


class Still(Database):
    """The product's database without its threads, so that the same seed does the same again."""

    def __init__(self) -> None:
        self.raw = _memory()
        self.engine = create_engine(
            "sqlite://", module=pysqlite3, poolclass=StaticPool, creator=lambda: self.raw
        )
        self.url = "sqlite://"
        self.dialect = "sqlite"
        self.committed = []

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """As the product's: a transaction, or nothing."""
        return self.write_now(fn)

    async def write_each(
        self, fn: Callable[[Connection, Sequence[Item]], Sequence[T | Exception]], item: Item
    ) -> T:
        """As the product's, for one item."""
        (result,) = self.write_now(lambda c: fn(c, [item]))
        if isinstance(result, Exception):
            raise result
        return result

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """As the product's."""
        return self.read_now(fn)

    def write_now(self, fn: Callable[[Connection], T]) -> T:
        """As the product's."""
        try:
            with self.engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                result = fn(connection)
                connection.commit()
        except DBAPIError as error:
            raise unavailable(error) from error
        for listener in self.committed:
            listener()
        return result

    def read_now(self, fn: Callable[[Connection], T]) -> T:
        """As the product's."""
        with self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            return fn(connection)

    def close(self) -> None:
        """Let go of it."""
        self.engine.dispose()

    def snapshot(self) -> Any:
        """Return a copy of everything, for :meth:`becomes`."""
        copy = _memory()
        self.raw.backup(copy)
        return copy

    def becomes(self, snapshot: Any) -> None:
        """Hold what *snapshot* holds, and nothing else."""
        snapshot.backup(self.raw)


def prepared() -> Any:
    """Return a snapshot of a new database that knows the harbour exhibition's questions."""
    database = Still()
    database.write_now(migrate)
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    return database.snapshot()
