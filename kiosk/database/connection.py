"""A database: one writer thread, a few reading threads, the same code on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from kiosk.database import postgresql, sqlite
from kiosk.database.commits import Commits, Pending, unavailable
from kiosk.database.kept import KeptConnection
from kiosk.database.migrate import is_current, migrate
from kiosk.database.writer import Writer

READERS = 4
"""Threads that read at the same time."""

T = TypeVar("T")
Item = TypeVar("Item")


class Database:
    """Reads and writes are functions of a connection: ``await database.write(fn)``.

    No object of a screen may enter *fn*: it runs on another thread. Who wants to know of commits
    made by this process adds a function to :attr:`committed`; it is called on the writer's thread.
    """

    def __init__(self, engine: Engine, url: str) -> None:
        self.engine = engine
        self.url = url
        self.dialect = engine.dialect.name
        self.committed: list[Callable[[], None]] = []
        self._backend = sqlite if self.dialect == "sqlite" else postgresql
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._kept = KeptConnection(engine)
        self._kept_here = KeptConnection(self._backend.by_statement(engine))
        self._by_statement = Commits(self._statements)
        others = self.dialect != "sqlite"
        self._writer = Writer(self._transaction, self._tell, self.dialect, beside_others=others)

    @classmethod
    def open(cls, url: str, log_pages: int = sqlite.LOG_PAGES) -> Database:
        """Open ``sqlite:////abs/path.db`` or ``postgresql://user@host/name``; makes no tables.

        After *log_pages* SQLite's log is brought into the file.

        Raises:
            Unavailable: the file cannot be opened or the server does not answer.
        """
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            folder = Path(parsed.database or "").parent
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what residents wrote lies there
            return cls(sqlite.engine(parsed, READERS + 1, log_pages), url)
        return cls(postgresql.engine(parsed, READERS + 1), url)

    async def write(self, fn: Callable[[Connection], T]) -> T:
        """Run *fn* in a transaction on the writer; return after the durable commit.

        Raises:
            Unavailable: nothing was kept; and whatever *fn* raises.
        """
        result: T = await self._writer.write(fn)
        return result

    async def write_each(
        self, fn: Callable[[Connection, Sequence[Item]], Sequence[T | Exception]], item: Item
    ) -> T:
        """Write *item* together with others that wait for the same *fn*, which takes many at once.

        *fn* returns for each item its result, or the exception that its asker is to get. Where
        it raises, all that it was given are tried again one by one.

        Raises:
            Unavailable: nothing was kept; and whatever *fn* returns or raises for the item.
        """
        result: T = await self._writer.write_each(fn, item)
        return result

    async def read(self, fn: Callable[[Connection], T]) -> T:
        """Run *fn* on a consistent snapshot in a reading thread.

        Raises:
            Unavailable: the database cannot be read now.
        """
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, fn)

    def write_now(self, fn: Callable[[Connection], T]) -> T:
        """:meth:`write` for callers without an event loop."""
        result: T = self._writer.write_now(fn)
        return result

    def write_many_now(
        self,
        fn: Callable[[Connection, Sequence[Item]], Sequence[T | Exception]],
        items: Sequence[Item],
    ) -> list[T | BaseException]:
        """:meth:`write_each` of many *items* on the caller's own thread; errors are returned, too.

        For a process that does nothing else. Each statement of *fn* must be whole by itself: on
        PostgreSQL it is a transaction, which saves two ways to the server.
        """
        batch = [Pending(None, fn, item, None, None) for item in items]
        self._by_statement.run(batch)
        return [pending.error or pending.result for pending in batch]

    def read_now(self, fn: Callable[[Connection], T]) -> T:
        """:meth:`read` for callers without an event loop."""
        try:
            with self.engine.connect() as connection:
                self._backend.begin_reading(connection)
                return fn(connection)
        except DBAPIError as error:
            raise unavailable(error) from error

    def migrate(self) -> None:
        """Bring the tables to this program's schema; safe to call from several processes.

        Raises:
            Unavailable: the database cannot be written; it is as it was.
        """
        try:
            with self._backend.exclusive(self.engine), self.engine.connect() as connection:
                self._backend.begin(connection)
                migrate(connection)
                connection.commit()
        except DBAPIError as error:
            raise unavailable(error) from error

    def is_current(self) -> bool:
        """Whether the tables are those of this program; false also for an empty database."""
        return self.read_now(is_current)

    def close(self) -> None:
        """Finish waiting writes and let go of every connection."""
        self._writer.close()
        self._kept.close()
        self._kept_here.close()
        self._readers.shutdown()
        self.engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """Run the writer's next transaction; on its thread only."""
        with self._backend.exclusive(self.engine), self._kept.lent() as connection:
            self._backend.begin(connection)
            yield connection
            connection.commit()
            self._backend.committed(connection)

    @contextmanager
    def _statements(self) -> Iterator[Connection]:
        """Run what the caller's own thread writes; one thread at a time."""
        with self._backend.exclusive(self.engine), self._kept_here.lent() as connection:
            self._backend.begin(connection)
            yield connection
            connection.commit()

    @property
    def writing(self) -> Writer:
        """The one writer, for its figures: commits, written, refused, waiting."""
        return self._writer

    def _tell(self) -> None:
        for listener in tuple(self.committed):
            listener()
