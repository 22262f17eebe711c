"""Watches the touchscreen's process for its browser: leads it there, and ends it without a page.

Runs on the system's own Python, for a screen has nothing else before the exhibition is up.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

SOON_S = 1.0
"""Seconds between two questions until the first page is there; the splash page waits for them."""
EVERY_S = 5.0
"""Seconds between two questions from then on, for months."""
WITHOUT_S = 60.0
"""Seconds of a ready process without any page until the browser is ended: its page has died."""
AT_FIRST_S = 300.0
"""The same until the first page came: a machine that starts everything at once is slow."""
ENDING_S = 10.0
"""Seconds that a browser has to end in good order."""


class Health(NamedTuple):
    """What the touchscreen's process says of itself."""

    go: str = ""
    """Where to lead the browser; empty while the process is not ready."""
    reason: str = ""
    pages: int | None = None
    """How many pages have their line to it open; None where that is not known."""


def health(address: str) -> Health:
    """Ask the process at *address* how it is."""
    local = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        try:
            answer = local.open(f"{address}/healthz", timeout=2)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            is_ready, body = answer.status == 200, answer.read()
    except (OSError, http.client.HTTPException):  # away, or killed in the middle of a word
        return Health()
    if not is_ready:
        return Health(reason=str(_told(body, "reason") or ""))
    pages = _told(body, "pages")
    return Health(f"{address}/", pages=pages if isinstance(pages, int) else None)


def _told(body: bytes, name: str) -> object:
    """Return what the process says by this name, or None if it says no such thing."""
    try:
        return json.loads(body)[name]
    except (ValueError, KeyError, TypeError):
        return None


def write(file: Path, said: Health) -> None:
    """Put the state in place in one stroke, as a script that the splash page loads."""
    beside = file.with_suffix(".new")
    beside.write_text(f"show({json.dumps({'go': said.go, 'reason': said.reason})});\n", "utf-8")
    beside.replace(file)


class Patience:
    """For how long a process that is ready has been without a page.

    The seconds are its own pauses: no clock that jumps and no machine that slept adds to them.
    """

    def __init__(self) -> None:
        self.came = False
        """Whether there was a page."""
        self._alone = 0.0

    @property
    def pause(self) -> float:
        """Seconds until the next question."""
        return EVERY_S if self.came else SOON_S

    def hears(self, pages: int | None) -> None:
        """Note how many pages there are; None: the process is away, and a page heals by itself."""
        self._alone = self._alone + self.pause if pages == 0 else 0.0
        self.came = self.came or bool(pages)

    @property
    def is_over(self) -> bool:
        """Whether no page comes any more."""
        return self._alone >= (WITHOUT_S if self.came else AT_FIRST_S)


def end(browser: int) -> None:
    """End the browser's process; what started it starts it again."""
    try:
        os.kill(browser, signal.SIGTERM)
        for _ in range(int(ENDING_S)):
            time.sleep(1)
            os.kill(browser, 0)
        os.kill(browser, signal.SIGKILL)
    except ProcessLookupError:
        return


def main(address: str, file: Path, browser: int) -> None:
    """Watch for as long as the browser runs."""
    patience, written = Patience(), None
    while file.parent.is_dir():
        said = health(address)
        # Nobody reads it once the page is there. On a full disk it is tried again at the next look.
        if said[:2] != written and not patience.came:
            with suppress(OSError):
                write(file, said)
                written = said[:2]
        patience.hears(said.pages)
        if patience.is_over:
            with suppress(OSError):  # the log may be gone; the page is
                print("kiosk-browser: the page has died; the browser is ended", file=sys.stderr)
            end(browser)
            return
        time.sleep(patience.pause)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
