"""Touchscreens that a test plays the hub to, each a copy of a process that has loaded all."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from typing import Any

from tests.journeys.copies import copies


class Forked:
    """A running touchscreen of :mod:`tests.screens.touch_stage`, in a process of its own."""

    def __init__(self, arguments: Sequence[str]) -> None:
        context = copies()
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(arguments, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def do(self, command: str, **values: object) -> Any:
        """Send it a command, and return what came of it."""
        os.write(self._line.fileno(), (json.dumps({"do": command, **values}) + "\n").encode())
        told = b""
        while not told.endswith(b"\n"):
            came = os.read(self._line.fileno(), 65_536)
            assert came, "the touchscreen has ended"
            told += came
        return json.loads(told)

    @contextmanager
    def hangs(self) -> Iterator[None]:
        """It stands still meanwhile; what it is sent waits for it."""
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            with suppress(ProcessLookupError):  # it was killed while it hung
                os.kill(self._process.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End it as a power cut does; who has ended stays so."""
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._line.close()


def _serve(arguments: Sequence[str], line: Connection) -> None:
    """Serve as the program does that reads its commands from standard input."""
    from tests.screens import touch_stage  # loaded there already; the test run needs none of it

    os.dup2(line.fileno(), 0)
    os.dup2(line.fileno(), 1)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    touch_stage.main(list(arguments))
