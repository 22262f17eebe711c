"""A line to PostgreSQL that hears of other processes' commits, and holds the turn of one of them.

It is a connection of its own: LISTEN and a lock of the session last as long as it does.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable

import psycopg
from sqlalchemy.engine import URL

log = logging.getLogger("kiosk.database")

AGAIN_S = 0.5
"""Seconds until a broken line is made anew; whoever waits for news looks for itself meanwhile."""

PROBE_S = 1.0
"""Seconds between two questions over the line: is it there, and is the turn free."""

PATIENCE_S = 3.0
"""Seconds that an answer may take before the line counts as broken."""

TURN = 0x6B696F736B
"""The number of the lock that the process with the turn holds ("kiosk" in letters)."""

_LISTEN = b"LISTEN kiosk_feed"
_TAKE_TURN = b"SELECT pg_try_advisory_lock(%s)"
_STILL_THERE = b"SELECT true"

# So the server, too, notices within seconds that a machine is gone, and frees the turn.
_FAR = "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3"


class Listening:
    """Calls *heard* after another process's commit, as long as :meth:`run` runs.

    Attributes:
        connected: whether the line stands; without it nothing is heard.
        turn: whether this process holds the turn, which one process on the database has.
    """

    def __init__(self, url: URL, heard: Callable[[], None]) -> None:
        self._address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._heard = heard
        self.connected = False
        self.turn = False

    async def run(self) -> None:
        """Listen until cancelled; a broken line is made anew for as long as it takes."""
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError, TimeoutError) as error:
                # The cause is told by its kind: a driver's sentence may hold an address.
                log.warning("the line for news is broken: %s", type(error).__name__)
            await asyncio.sleep(AGAIN_S)

    async def _listen(self) -> None:
        line = await psycopg.AsyncConnection.connect(
            self._address,
            autocommit=True,
            connect_timeout=5,
            application_name="kiosk-live",
            keepalives=1,
            keepalives_idle=5,
            keepalives_interval=2,
            keepalives_count=3,
            options=_FAR,
        )
        try:
            await line.execute(_LISTEN)
            self.connected = True
            while True:
                await self._probe(line)
                self._heard()  # what came between two waits is seen by looking
                async for _ in line.notifies(timeout=PROBE_S):
                    self._heard()
        finally:
            self.connected = self.turn = False
            with contextlib.suppress(psycopg.Error, OSError):
                await line.close()

    async def _probe(self, line: psycopg.AsyncConnection) -> None:
        async with asyncio.timeout(PATIENCE_S):
            if self.turn:
                await line.execute(_STILL_THERE)
                return
            found = await (await line.execute(_TAKE_TURN, (TURN,))).fetchone()
            self.turn = bool(found and found[0])
            if self.turn:
                log.info("this process publishes the tallies from now on")
