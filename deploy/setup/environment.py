"""Makes ``.venv``: the virtual environment with every Python package of a lock file."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sys
import tomllib
from pathlib import Path

from deploy.setup.steps import (
    ROOT,
    fingerprint,
    is_done,
    mark_done,
    run,
    system_packages,
    timed,
)

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "deploy" / "lock"

_ONLINE = "Is this machine connected to a package registry? Then type the same make command again."


def prepare(purpose: str) -> None:
    """Bring ``.venv`` to what *purpose* (``runtime`` or ``test``) needs; nothing if it is there.

    The test lock holds the runtime lock's packages at the same versions, so an environment made
    for tests serves the demo too.

    Raises:
        SetupStoppedError: a package of the system or of the lock cannot be installed.
    """
    if any(_has(lock) for lock in ([purpose] if purpose == "test" else ["runtime", "test"])):
        return
    _make()
    _install(purpose)
    with timed("the command kiosk"):
        # No build isolation: the build backend is in the lock, so nothing else is fetched.
        own = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
        run([PYTHON, "-m", "pip", "install", "-q", *_PIP, *own], cure=_ONLINE)
    mark_done(_stamp(purpose), _print(purpose))


def add(lock: str) -> None:
    """Install the further lock file *lock* into an environment that is there already."""
    if not is_done(_stamp(lock), _print(lock)):
        _install(lock)
        mark_done(_stamp(lock), _print(lock))


_PIP = ["--disable-pip-version-check", "--no-input", "--no-warn-script-location"]


def _install(lock: str) -> None:
    file = LOCKS / f"{lock}.txt"
    checked = ["--require-hashes", "--only-binary", ":all:", "-r", str(file)]
    # pip says nothing of root here: inside a virtual environment root harms no system.
    with timed(f"Python packages of {file.relative_to(ROOT)}"):
        run([PYTHON, "-m", "pip", "install", "-q", *_PIP, *checked], cure=_ONLINE)


def _has(purpose: str) -> bool:
    return PYTHON.exists() and is_done(_stamp(purpose), _print(purpose))


def _stamp(lock: str) -> Path:
    return VENV / f".installed-{lock}"


def _print(lock: str) -> str:
    # The folder is part of it: the scripts in .venv/bin name their interpreter by its full path.
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    own = json.dumps([project["build-system"], project["project"]])
    return fingerprint(LOCKS / f"{lock}.txt", own, str(ROOT), version)


def _make() -> None:
    _need_venv_module()
    if _is_usable():
        return
    with timed("a virtual environment in .venv"):
        if VENV.exists():
            shutil.rmtree(VENV)
        run([sys.executable, "-m", "venv", VENV], cure="Remove the folder .venv and try again.")


def _is_usable() -> bool:
    """Say whether ``.venv`` is of this Python, in this folder, and made to the end."""
    library = VENV / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    pip = VENV / "bin" / "pip"
    return (
        os.access(PYTHON, os.X_OK)
        and library.is_dir()
        and pip.is_file()
        and str(VENV).encode() in pip.read_bytes()[:512]
    )


def _need_venv_module() -> None:
    # Debian parts venv's seed, ensurepip, from Python; without it the environment has no pip.
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    system_packages([package], why="Python's module venv is missing")
