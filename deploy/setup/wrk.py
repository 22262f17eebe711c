"""Installs the load generator that the benchmarks use: Debian's wrk."""

from __future__ import annotations

import shutil

from deploy.setup.steps import system_packages


def prepare() -> None:
    """Make sure that ``wrk`` is on the path.

    Raises:
        SetupStoppedError: it is missing and cannot be installed from here.
    """
    if shutil.which("wrk") is None:
        system_packages(["wrk"], why="the benchmarks need the load generator wrk")
