"""``python -m tests.faults.hasty public``: the program, but it says thank you before the commit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from kiosk.cli import main
from kiosk.database.connection import Database
from kiosk.voice.ballot import Counted

LATER_S = 0.05
"""How long a vote waits after its thanks: as long as a commit takes on a bad SD card."""

_write_each = Database.write_each
_under_way: set[asyncio.Task[Any]] = set()


async def _hasty(self: Database, fn: Callable[..., Any], item: Any) -> Any:
    async def later() -> None:
        await asyncio.sleep(LATER_S)
        await _write_each(self, fn, item)

    task = asyncio.create_task(later())
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
    return Counted(item[0].choices, None)


if __name__ == "__main__":
    Database.write_each = _hasty  # type: ignore[method-assign] # what is wrong on purpose
    main()
