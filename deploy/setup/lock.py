"""Renews the lock files: ``python3 -m deploy.setup.lock``, called by ``make lock``.

A lock holds names, versions and hashes, and no place: whichever registry a machine is set up with
serves the files, and the hashes say whether they are the right ones.
"""

from __future__ import annotations

import json
import os
import shutil
import sys

from deploy.setup import environment, front_end
from deploy.setup.steps import BUILD, SetupStoppedError, alone, run, timed

NAMES = ("runtime", "test", "node")

_TOOLS = BUILD / "lock-tools"
_ONLINE = "Is this machine connected to a package registry?"


def main() -> int:
    """Resolve every lock anew, to the newest versions that fit; return the exit code."""
    try:
        with alone():
            _lock_python()
            _lock_front_end()
    except SetupStoppedError as error:
        print(f"\nset-up stopped: {error}", file=sys.stderr)
        return 1
    return 0


def _lock_python() -> None:
    uv = _TOOLS / "bin" / "uv"
    if not uv.exists():
        with timed("the resolver uv"):
            run([sys.executable, "-m", "venv", _TOOLS], cure="Remove build/lock-tools.")
            run([_TOOLS / "bin" / "pip", "install", "-q", "uv"], cure=_ONLINE)
    bare = ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    target = ["--python-version", "3.11", "--python-platform", "linux"]
    for name in NAMES:
        source, lock = environment.LOCKS / f"{name}.in", environment.LOCKS / f"{name}.txt"
        how = ["--upgrade", "--generate-hashes", "--only-binary", ":all:", *bare, *target]
        with timed(f"deploy/lock/{name}.txt"):
            # Without --upgrade uv would keep what the old lock says, and never mend a hole.
            run([uv, "pip", "compile", "-q", *how, source, "-o", lock], cure=_ONLINE)


def _lock_front_end() -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SetupStoppedError("make lock needs npm. Install it, then try again.")
    lock = front_end.SOURCE / "package-lock.json"
    with timed("deploy/front-end/package-lock.json"):
        only = ["install", "--package-lock-only", "--prefix", str(front_end.SOURCE)]
        run([npm, *only], cure=_ONLINE, environment={"PWD": os.fspath(front_end.SOURCE)})
    kept = json.loads(lock.read_text())
    for package in kept["packages"].values():
        for place in ("resolved", "funding"):
            package.pop(place, None)
    lock.write_text(json.dumps(kept, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
