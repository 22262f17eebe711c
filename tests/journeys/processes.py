"""The project's processes as children of a test: started, awaited, killed, started again."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.journeys.checkout import ROOT, environment
from tests.journeys.copies import Copy

PATIENCE_S = 300
"""Seconds that a process may take until it is ready, on a machine that does other things too."""

_ASKING = httpx.Client(timeout=20, trust_env=False)
"""One client for every look: making one costs more than the look."""

_GIVEN: set[int] = set()
"""Ports that were given out here; who has one may not listen on it yet."""


def free_port() -> int:
    """Return a port of this machine that nobody listens on, below those given out by the system.

    None twice, and none that another process of the same run of tests gives out.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    while True:
        port = 20_000 + random.randrange(12_000 // workers) * workers + worker
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        if port not in _GIVEN:
            _GIVEN.add(port)
            return port


@dataclass
class Process:
    """``kiosk <command>`` on a port of its own."""

    command: str
    port: int
    settings: Mapping[str, object]
    log: Path
    module: str = "kiosk"
    """What is run; another one wraps the program, to let it do something wrong on purpose."""
    _child: subprocess.Popen[bytes] | Copy | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The id of the running process."""
        assert self._child is not None
        return self._child.pid

    @property
    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self._child is not None and self._child.poll() is None

    def start(self) -> None:
        """Start it; :meth:`await_ready` tells when it serves."""
        assert not self.runs
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.module == "kiosk":
            self._child = Copy([self.command], environment(self.settings), self.log)
            return
        with self.log.open("ab") as log:
            self._child = subprocess.Popen(
                [sys.executable, "-m", self.module, self.command],
                cwd=ROOT,
                env=environment(self.settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def health(self) -> httpx.Response | None:
        """Return what its health page says, None while nobody answers."""
        try:
            return _ASKING.get(f"{self.address}/healthz")
        except httpx.HTTPError:
            return None

    def shows(self, exhibition: str) -> str:
        """The edition of an exhibition that a touchscreen shows, empty for none."""
        answer = self.health()
        found = answer.json().get("editions", {}).get(exhibition, "") if answer else ""
        return str(found)

    def await_ready(self) -> None:
        """Return when it says that it is ready.

        Raises:
            AssertionError: it ended or did not become ready; its log is told.
        """
        until = time.monotonic() + PATIENCE_S
        answer = None
        while time.monotonic() < until:
            assert self.runs, f"kiosk {self.command} ended:\n{self.tail()}"
            answer = self.health()
            if answer is not None and answer.status_code == 200:
                return
            time.sleep(0.03)
        said = answer.text if answer is not None else "nothing"
        raise AssertionError(f"kiosk {self.command} is not ready ({said}):\n{self.tail()}")

    def kill(self) -> None:
        """Kill it with SIGKILL: it can write nothing more, as when the power fails."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()

    @contextmanager
    def hangs(self) -> Iterator[None]:
        """It stands still meanwhile; what it is sent waits for it."""
        os.kill(self.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.pid, signal.SIGCONT)

    def kill_group(self) -> None:
        """Kill it with everything that it started."""
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)
            self._child.kill()  # it may not have got as far as to be a group of its own
            self._child.wait()

    def interrupt(self, patience_s: float = 60) -> int:
        """End it by SIGINT, as Ctrl-C does, and return its exit code."""
        assert self._child is not None
        self._child.send_signal(signal.SIGINT)
        return self._child.wait(patience_s)

    def restart(self) -> None:
        """Kill it, start it again and wait until it is ready."""
        self.kill()
        self.start()
        self.await_ready()

    def tail(self) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-40:])
