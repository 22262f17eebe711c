"""Calls the load generator wrk, and reads what it printed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SCRIPTS = Path(__file__).parent
LINE = "apt-get update && apt-get install -y --no-install-recommends wrk"


class WrkMissing(Exception):
    """The load generator is not installed."""


@dataclass(frozen=True, slots=True)
class Load:
    """One run: requests answered, those that were not answered well, and the rate."""

    requests: int
    failed: int
    per_second: float
    p99_ms: float


def load(
    address: str,
    *,
    connections: int,
    seconds: int,
    script: str,
    arguments: Sequence[str] = (),
    core: int | None = None,
) -> Load:
    """Send requests over so many connections from one thread of wrk, as *script* makes them.

    Raises:
        WrkMissing: wrk is not installed; the message is the line to type.
    """
    program = shutil.which("wrk")
    if program is None:
        raise WrkMissing(f"The benchmarks need wrk. Type this line as root:\n\n    {LINE}\n")
    command = [program, "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency"]
    command += ["-s", str(SCRIPTS / script), address, "--", *arguments]
    taskset = shutil.which("taskset")
    if core is not None and taskset:
        command = [taskset, "-c", str(core), *command]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_environment())
    return parse(done.stdout)


def parse(printed: str) -> Load:
    """Read wrk's report, the script's last line ``counts REQUESTS FAILED MICROSECONDS P99``."""
    found = re.search(r"^counts (\d+) (\d+) (\d+) (\d+)$", printed, re.MULTILINE)
    if found is None:
        raise ValueError(f"wrk printed no counts:\n{printed}")
    requests, failed, micros, p99 = (int(group) for group in found.groups())
    return Load(requests, failed, requests / (micros / 1e6), p99 / 1000)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin")}
