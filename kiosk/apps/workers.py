"""Several public processes on one port: started together, started again, stopped together.

The port is opened once, here, and handed to each: who has connected and waits is served by another
process when one dies.
"""

from __future__ import annotations

import logging
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from kiosk.errors import Unavailable
from kiosk.settings import Settings

GRACE_S = 8.0
"""Seconds that the processes have to end by themselves, together."""

LOOK_S = 0.1
"""Seconds between two looks at who still runs."""

SOON_S = 5.0
"""A process that ended this soon after its start is started again only after a rest."""

LONGEST_REST_S = 10.0
"""The longest rest between two starts, in seconds."""

UNHEARD_MS = 30_000
"""Milliseconds after which what was sent and not taken ends a connection: its reader is gone."""

log = logging.getLogger("kiosk.workers")

Start = Callable[[], "subprocess.Popen[bytes]"]


def patient(listener: socket.socket) -> socket.socket:
    """Make every connection of *listener* end when its reader takes nothing for half a minute.

    Without it the kernel waits a quarter of an hour for a phone that left, or that only connected.
    """
    unheard = getattr(socket, "TCP_USER_TIMEOUT", None)
    if unheard is not None:
        listener.setsockopt(socket.IPPROTO_TCP, unheard, UNHEARD_MS)
    return listener


def end_well(number: int, frame: FrameType | None) -> None:
    """End this process as one that was asked to: what is under way is left in order, exit 0."""
    del number, frame
    raise SystemExit(0)


def must_be_possible(settings: Settings) -> None:
    """Raise where several processes would write one SQLite file (architecture.md, rule 1).

    Raises:
        Unavailable: more than one worker without PostgreSQL.
    """
    if settings.hub_workers > 1 and settings.hub_file is not None:
        raise Unavailable(
            "More than one public process needs PostgreSQL.",
            "Set KIOSK_HUB_WORKERS to 1, or KIOSK_DATABASE_URL to a PostgreSQL.",
        )


def started_with(listener: socket.socket) -> Start:
    """Return what starts one process on *listener*; it ends when this process is gone."""
    number = listener.fileno()

    def start() -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-m", "kiosk.apps.worker", str(number)],
            stdin=subprocess.PIPE,  # held open: its end tells the process that we are gone
            pass_fds=[number],
            start_new_session=True,  # Ctrl-C reaches only us: we end them in order
        )

    return start


@dataclass(slots=True)
class _Place:
    """One of the processes: what runs in it now, and when it may be started again."""

    process: subprocess.Popen[bytes]
    begun: float
    rest: float = 0.0
    again_at: float | None = None


class Workers:
    """So many processes that *start* makes, for as long as :meth:`run` runs."""

    def __init__(self, count: int, start: Start) -> None:
        self._start = start
        self._count = count
        self._places: list[_Place] = []
        self._asked_to_stop = False

    def run(self) -> None:
        """Keep all of them running until SIGINT or SIGTERM, then end them all and return."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        try:
            for _ in range(self._count):
                self._places.append(_Place(self._start(), time.monotonic()))
            while not self._asked_to_stop:
                for place in self._places:
                    self._keep(place)
                time.sleep(LOOK_S)
        finally:
            self._stop()

    def _keep(self, place: _Place) -> None:
        """Start what has ended again: at once, or after a rest where it keeps ending."""
        now = time.monotonic()
        if place.again_at is None:
            if place.process.poll() is None:
                return
            soon = now - place.begun < SOON_S
            place.rest = min(max(place.rest * 2, 0.5), LONGEST_REST_S) if soon else 0.0
            place.again_at = now + place.rest
            log.warning("public process %d ended; it is started again", place.process.pid)
        if now >= place.again_at:
            _let_go(place.process)
            place.process, place.begun, place.again_at = self._start(), now, None

    def _stop(self) -> None:
        for place in self._places:
            place.process.terminate()
        until = time.monotonic() + GRACE_S
        for place in self._places:
            try:
                place.process.wait(max(until - time.monotonic(), 0.01))
            except subprocess.TimeoutExpired:
                place.process.kill()
                place.process.wait()
            _let_go(place.process)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._asked_to_stop = True


def _let_go(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
