"""Starts the few processes of `kiosk hub` and `kiosk demo`, waits for them, stops them together.

No supervisor: a machine in service runs each under systemd (deploy/systemd).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

import httpx

from kiosk.errors import Unavailable

PATIENCE_S = 60
"""Seconds that a process may take to answer."""
GRACE_S = 10
"""Seconds that a process has to end by itself."""


class PortTaken(Unavailable):
    """Something else listens there already."""

    code = "port-taken"


@dataclass(frozen=True, slots=True)
class Program:
    """One process: ``kiosk <command>``, and where it says that it is ready."""

    command: str
    host: str
    port: int
    setting: str
    """The setting that moves its port, for the cure."""

    @property
    def health(self) -> str:
        """The address of its health page, from this machine."""
        return f"http://127.0.0.1:{self.port}/healthz"


def check_port(program: Program) -> None:
    """Raise when the program's port is not free.

    Raises:
        PortTaken: another program listens there; the cure names the setting.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((program.host, program.port))
        except OSError as error:
            raise PortTaken(
                f"Port {program.port} is taken by another program.",
                f"Stop that program, or set {program.setting} to a free port.",
            ) from error


class Group:
    """Programs that live and end together; logs go to one file each."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._environment = {**os.environ, **environment}
        self._running: dict[Program, subprocess.Popen[bytes]] = {}
        self._stack = ExitStack()
        self._asked_to_stop = False

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self, programs: Sequence[Program]) -> None:
        """Start every program and return when all answer that they are ready.

        Raises:
            PortTaken: one of the ports is not free; nothing was started.
            Unavailable: one ended or did not answer in time; the end of its log is told.
        """
        for program in programs:
            check_port(program)
        self._logs.mkdir(parents=True, exist_ok=True)
        for program in programs:
            log = self._stack.enter_context(self._log(program).open("wb"))
            self._running[program] = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [sys.executable, "-m", "kiosk", program.command],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C reaches only us: we end them in order
            )
        for program in programs:
            self._await_ready(program)

    def watch(self) -> int:
        """Return when asked to stop (0) or when a program ended by itself (1)."""
        while not self._asked_to_stop:
            for program, process in self._running.items():
                if process.poll() is not None:
                    print(f"kiosk {program.command} ended.\n{self._tail(program)}", file=sys.stderr)  # noqa: T201 - said to the person at the terminal
                    return 1
            time.sleep(0.2)
        return 0

    def stop(self) -> None:
        """End every program, gently first."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()
        self._stack.close()

    def _await_ready(self, program: Program) -> None:
        until = time.monotonic() + PATIENCE_S
        process = self._running[program]
        reason = "it did not answer"
        while time.monotonic() < until and not self._asked_to_stop:
            if process.poll() is not None:
                raise Unavailable(f"kiosk {program.command} ended at once.", self._tail(program))
            try:
                answer = httpx.get(program.health, timeout=2, trust_env=False)
                if answer.status_code == 200:
                    return
                reason = answer.text
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        if not self._asked_to_stop:
            raise Unavailable(
                f"kiosk {program.command} is not ready: {reason}.", self._tail(program)
            )

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._asked_to_stop = True

    def _log(self, program: Program) -> Path:
        return self._logs / f"{program.command}.log"

    def _tail(self, program: Program) -> str:
        lines = self._log(program).read_text(errors="replace").splitlines()[-12:]
        return f"The end of {self._log(program)}:\n" + "\n".join(lines)
