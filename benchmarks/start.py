"""How long each process takes from its start to its first page with content."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.figure import Figure, middle
from benchmarks.server import Running, cpu_seconds, python, running
from benchmarks.stage import Stage, build

RUNS = 5


def measure(runs: int = RUNS) -> Iterator[Figure]:
    """Start public, desk and touch and yield the seconds that each took.

    The touchscreen has fetched its edition before, and starts while its hub is off.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        stage = build(Path(folder))
        fetch(stage)
        for name in pages(stage):
            starts = [_once(stage, name) for _ in range(runs)]
            yield middle(f"start.{name}", [wall for wall, _ in starts], "s", "to its first page")
            yield middle(f"start.{name}.cpu", [cpu for _, cpu in starts], "s", "processor time")


def pages(stage: Stage) -> dict[str, tuple[int, str, str]]:
    """Return each process's port, first page, and a word that only its content has."""
    settings = stage.settings
    return {
        "public": (settings.hub_port, "/", "/e/"),
        "desk": (settings.desk_port, "/", "password"),
        "touch": (settings.touch_port, "/", "attract-title"),
    }


def fetch(stage: Stage) -> None:
    """Let the touchscreen fetch the edition from its hub, once."""
    logs = stage.settings.data
    port = stage.settings.hub_port
    with (
        running(python("kiosk", "public"), port, logs / "public.log", stage.environment),
        touch(stage),
    ):
        pass


def touch(stage: Stage, path: str = "/healthz", holds: str = "") -> AbstractContextManager[Running]:
    """Return the touchscreen's process, to be entered."""
    return running(
        python("kiosk", "touch"),
        stage.settings.touch_port,
        stage.settings.data / "touch.log",
        stage.environment,
        path,
        holds,
    )


def _once(stage: Stage, name: str) -> tuple[float, float]:
    """Start a process; return the seconds to its first page, and those of processor time."""
    port, path, holds = pages(stage)[name]
    log = stage.settings.data / f"{name}.log"
    with running(python("kiosk", name), port, log, stage.environment, path, holds) as started:
        return started.seconds, cpu_seconds(started.process)
