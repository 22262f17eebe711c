"""An operator's machine that loses its power at the n-th thing a restore does to disk or server."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from kiosk.apps.restore import restore
from kiosk.settings import load
from tests.world import SUNDAY

_TOUCHES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.copyfile"}
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def restore_until_killed(data: Path, url: str, path: Path, last: int) -> None:
    """Restore, and be killed before the step behind *last*; steps that begin files count, too."""
    left = last

    def step() -> None:
        nonlocal left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(name: str, args: tuple[Any, ...]) -> None:
        opened = name == "open" and isinstance(args[2], int) and args[2] & _WRITES
        if (name in _TOUCHES or opened) and str(data) in f"{args[0]} {args[-1]}":
            step()

    @event.listens_for(Engine, "before_cursor_execute")
    def _(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if connection.dialect.name == "postgresql":
            step()

    sys.addaudithook(watch)
    restore(load(data=data, database_url=url), path, SUNDAY, lists=())
