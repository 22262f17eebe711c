"""``python -m tests.faults.hasty public``: the program, but it says thank you before the commit.

What is to be written is tried out, taken back, answered, and written a moment later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from kiosk.cli import main
from kiosk.database.connection import Database
from kiosk.voice.ballot import Cast, Counted
from kiosk.voice.office import Office

LATER_S = 2.0
"""How long a write waits after its thanks: longer than a busy machine takes to kill it."""

_write, _write_each, _count = Database.write, Database.write_each, Office.count
_under_way: set[asyncio.Task[Any]] = set()


def _tried_out(database: Database, fn: Callable[..., Any]) -> Any:
    """Return what *fn* would return, and keep nothing."""
    backend, engine = database._backend, database.engine
    with backend.exclusive(engine), engine.connect() as connection:
        backend.begin(connection)
        try:
            return fn(connection)
        finally:
            connection.rollback()


def _later(write: Awaitable[Any]) -> None:
    async def later() -> None:
        await asyncio.sleep(LATER_S)
        await write

    task = asyncio.create_task(later())
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)


async def _hasty(self: Database, fn: Callable[..., Any]) -> Any:
    result = await asyncio.to_thread(_tried_out, self, fn)
    _later(_write(self, fn))
    return result


async def _hasty_each(self: Database, fn: Callable[..., Any], item: Any) -> Any:
    _later(_write_each(self, fn, item))
    return Counted(item[0].choices, None)


async def _hasty_count(self: Office, cast: Cast) -> None:
    _later(_count(self, cast))


if __name__ == "__main__":
    Database.write = _hasty  # type: ignore[method-assign] # what is wrong on purpose
    Database.write_each = _hasty_each  # type: ignore[method-assign]
    Office.count = _hasty_count  # type: ignore[method-assign]
    main()
