"""Starts processes as copies of one that has loaded what they run.

Each loads the same for a second and a half, and a whole run of the tests starts some hundreds of
them. What is copied has started nothing yet: no server, no thread, no database.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from tests.journeys.checkout import ROOT, environment

_LOADED = (
    "kiosk.cli",
    "kiosk.apps.public",
    "kiosk.apps.desk",
    "kiosk.apps.touch",
    "tests.screens.touch_stage",
    "tests.backup.dying",
    "tests.faults.hall",
    "tests.faults.upgrade",
    "tests.faults.visitors",
)


@cache
def copies() -> ForkServerContext:
    """Start the process that is copied; nothing of the test run's own settings is in it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_LOADED))
    with pytest.MonkeyPatch.context() as patch:
        # Whoever is killed leaves locks; they are cleared away in the end, which needs no warning.
        quiet = {"PYTHONWARNINGS": "ignore:resource_tracker"}
        ours = environment({}) | {"PYTHONPATH": str(ROOT)} | quiet
        for name in os.environ.keys() - ours.keys():
            patch.delenv(name)
        for name, value in ours.items():
            patch.setenv(name, value)
        forkserver.ensure_running()
    return context


class Copy:
    """The program, run by a command in a session of its own; it is held like a Popen."""

    def __init__(self, words: list[str], environment: Mapping[str, str], log: Path) -> None:
        self._process = copies().Process(
            target=_run, args=(words, dict(environment), log), daemon=True
        )
        self._process.start()

    @property
    def pid(self) -> int:
        """Its id."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """How it ended; none while it runs."""
        return self._process.exitcode

    def kill(self) -> None:
        """Kill it with SIGKILL."""
        self._process.kill()

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self._process.is_alive():
            with suppress(ProcessLookupError):  # it may be gone before its end is told
                os.kill(self.pid, number)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; return how.

        Raises:
            subprocess.TimeoutExpired: it runs on.
        """
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("kiosk", timeout or 0)
        return self._process.exitcode


def _run(words: list[str], environment: dict[str, str], log: Path) -> None:
    """What ``python -m kiosk`` does, with its output in *log*."""
    from kiosk.cli import main  # loaded there already; the test run needs none of it

    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab", buffering=0) as told, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
    for number, name in ((1, "stdout"), (2, "stderr")):
        setattr(sys, name, os.fdopen(number, "w", buffering=1, closefd=False))
    sys.argv = ["kiosk", *words]
    random.seed()  # two copies would draw alike
    main()
