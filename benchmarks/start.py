"""How long each process takes from its start to its first page with content."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from benchmarks.figure import Figure, middle
from benchmarks.server import Running, python, running
from benchmarks.stage import Stage, build

RUNS = 7


def measure(runs: int = RUNS) -> Iterator[Figure]:
    """Start public, desk and touch in turns and yield the seconds of each.

    The touchscreen has fetched its edition before, and starts while its hub is off.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        stage = build(Path(folder))
        fetch(stage)
        seconds: dict[str, list[float]] = {name: [] for name in pages(stage)}
        for _ in range(runs):
            for name, samples in seconds.items():
                samples.append(_once(stage, name))
        for name, samples in seconds.items():
            yield middle(f"start.{name}", samples, "s", "process started → first page answered")


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


def _once(stage: Stage, name: str) -> float:
    port, path, holds = pages(stage)[name]
    log = stage.settings.data / f"{name}.log"
    command = python("kiosk", name)
    with running(command, port, log, stage.environment, path, holds) as process:
        return process.seconds
