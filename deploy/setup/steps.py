"""What each set-up step needs: to run a command, remember what is done, stop with a cure."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"


class SetupStoppedError(Exception):
    """The set-up cannot go on; the message says why and what to do next."""


def say(text: str) -> None:
    """Tell the person at the terminal what is being done."""
    print(f"set-up: {text}", flush=True)


def run(
    command: Sequence[str | Path], *, cure: str, environment: Mapping[str, str] | None = None
) -> None:
    """Run *command* and show its output only if it fails.

    Raises:
        SetupStoppedError: it could not be started or did not exit with 0; *cure* is added.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise SetupStoppedError(f"{words[0]} does not start: {error}. {cure}") from error
    if done.returncode != 0:
        print(done.stdout, file=sys.stderr)
        raise SetupStoppedError(f"'{shlex.join(words)}' failed (its words are above). {cure}")


def fingerprint(*parts: str | Path) -> str:
    """Return a SHA-256 over *parts*: the content of each path, each text as it is."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


def is_done(stamp: Path, print_: str) -> bool:
    """Say whether *stamp* holds the fingerprint *print_*: the step was finished with this input."""
    try:
        return stamp.read_text() == print_
    except FileNotFoundError:
        return False


def mark_done(stamp: Path, print_: str) -> None:
    """Remember at *stamp*, in one stroke, that the step was finished with input *print_*."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    beside = stamp.with_name(stamp.name + ".new")
    beside.write_text(print_)
    beside.replace(stamp)


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say that *what* begins, and afterwards how many seconds it took."""
    say(f"{what} …")
    begun = time.monotonic()
    yield
    say(f"{what}: done in {time.monotonic() - begun:.0f} s")


@contextmanager
def alone() -> Iterator[None]:
    """Let one set-up work at a time in this checkout; a second one waits for the first."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / ".set-up.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work in this folder; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def system_packages(names: Sequence[str], *, why: str) -> None:
    """Install Debian packages as root; as anybody else, say the one line to type.

    Raises:
        SetupStoppedError: not root, no apt-get here, or the installation failed.
    """
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(names)}"
    by_hand = f"Type this line as root, then the same make command again:\n\n    {line}\n"
    if shutil.which("apt-get") is None:
        raise SetupStoppedError(
            f"{why}, and this system has no apt-get. Install what Debian calls {', '.join(names)} "
            "with this system's own package manager, then type the same make command again."
        )
    if os.geteuid() != 0:
        raise SetupStoppedError(f"{why}. {by_hand}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *names]
    with timed(f"{why}; installing {' '.join(names)}"):
        run(["apt-get", "update", "-q"], cure=by_hand, environment=quiet)
        run(install, cure=by_hand, environment=quiet)
