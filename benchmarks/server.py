"""Processes of the run: each on a free port of the loopback, ended by its own id."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[1]
PATIENCE_S = 60.0
"""Seconds that a process may take to answer."""


class DidNotStart(Exception):
    """A process ended or did not answer in time; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process that answered; *seconds* from its start to the answer that was waited for."""

    address: str
    process: subprocess.Popen[bytes]
    seconds: float


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def on_core(core: int, command: Sequence[str]) -> list[str]:
    """Return *command* bound to one core, as it is where ``taskset`` is missing."""
    bound = shutil.which("taskset")
    return [bound, "-c", str(core), *command] if bound else list(command)


@contextlib.contextmanager
def running(
    command: Sequence[str],
    port: int,
    log: Path,
    environment: Mapping[str, str] | None = None,
    path: str = "/healthz",
    holds: str = "",
) -> Iterator[Running]:
    """Run *command* until the block ends; enter it once *path* answers 200 with *holds* in it.

    Raises:
        DidNotStart: it ended, or did not answer so within the time.
    """
    address = f"http://127.0.0.1:{port}"
    begun = time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(command),
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _await(process, address + path, holds, log)
        yield Running(address, process, time.perf_counter() - begun)
    finally:
        _end(process)


def python(*words: str) -> list[str]:
    """Return the command that runs a module of this project: ``python("kiosk", "public")``."""
    return [sys.executable, "-m", *words]


def cpu_seconds(process: subprocess.Popen[bytes]) -> float:
    """Return the processor time that a process and those it started have used, in seconds."""
    return sum(_ticks(pid) for pid in _with_its_own(process)) / os.sysconf("SC_CLK_TCK")


def memory(process: subprocess.Popen[bytes]) -> int:
    """Return the memory that a process and those it started hold, in bytes."""
    statm = (Path(f"/proc/{pid}/statm").read_text() for pid in _with_its_own(process))
    return sum(int(line.split()[1]) for line in statm) * os.sysconf("SC_PAGE_SIZE")


def _with_its_own(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the ids of a process and of those that its main thread started: a counting office."""
    started = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [process.pid, *map(int, started.split())]


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _await(process: subprocess.Popen[bytes], address: str, holds: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    seen = "no answer"
    with httpx.Client(trust_env=False, timeout=10, follow_redirects=True) as client:
        while time.monotonic() < until:
            if process.poll() is not None:
                raise DidNotStart(f"it ended at once.\n{_tail(log)}")
            try:
                answer = client.get(address)
            except httpx.TransportError:
                time.sleep(0.005)
                continue
            if answer.status_code == 200 and holds in answer.text:
                return
            seen = f"{answer.status_code} {answer.text[:200]}"
            time.sleep(0.02)
    raise DidNotStart(f"{address}: {seen}\n{_tail(log)}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
