"""Writes beside the splash page, once a second, until the touchscreen's process is ready.

Runs on the system's own Python, for a screen has nothing else before the exhibition is up.
"""

from __future__ import annotations

import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

EVERY_S = 1.0
"""Seconds between two questions."""


def state(address: str) -> dict[str, str]:
    """Ask *address* for its health; *go* is where to lead the browser, empty while not ready."""
    local = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with local.open(f"{address}/healthz", timeout=2) as answer:
            answer.read()
        return {"go": f"{address}/", "reason": ""}
    except urllib.error.HTTPError as error:
        return {"go": "", "reason": _reason(error.read())}
    except OSError:
        return {"go": "", "reason": ""}


def _reason(body: bytes) -> str:
    """Return why the process is not ready, in its own words, or nothing if it says none."""
    try:
        return str(json.loads(body)["reason"])
    except (ValueError, KeyError, TypeError):
        return ""


def write(file: Path, said: dict[str, str]) -> None:
    """Put the state in place in one stroke, as a script that the splash page loads."""
    beside = file.with_suffix(".new")
    beside.write_text(f"show({json.dumps(said)});\n", encoding="utf-8")
    beside.replace(file)


def main(address: str, file: Path) -> None:
    """Watch until the process is ready; the browser, once there, comes back by itself."""
    said = {"go": ""}
    while not said["go"] and file.parent.is_dir():
        said = state(address)
        write(file, said)
        time.sleep(EVERY_S)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
