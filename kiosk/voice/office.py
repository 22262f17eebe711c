"""The counting office: phones' votes are written by a process of its own, on a core of its own.

An interpreter runs one thread at a time: beside the loop that talks to the phones, a thread that
writes waits for its turn at each statement, and the loop for it. Handed over, a vote costs the loop
a few microseconds more than its answer (docs/performance.md). What arrives while a commit is under
way shares the next one, as in :mod:`kiosk.database.writer`; an answer goes out after the commit.
While there is no office, the votes are written here. What votes changed is published there, too,
between two commits: a thread here that held the database's lock would wait for its turns with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import subprocess
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import cast as as_type

from kiosk.database.connection import Database
from kiosk.database.writer import MOST_PER_COMMIT, MOST_WAITING
from kiosk.errors import Overloaded, Unavailable
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from kiosk.voice.office_wire import (
    Frames,
    Refused,
    Told,
    as_sent,
    as_told,
    frame,
    nothing_kept,
    raised,
    refused,
)

REST_S = 1.0
"""Seconds until an office that ended is opened again."""

TOGETHER = 32
"""Votes that leave at once, though more come in the same turn of the loop. Phones that one commit
answered vote again together: the office would wait for the last of them, then the loop for it."""

PIECE = 1 << 18
"""Octets read from the line at once: two thousand votes have about as many."""

Publish = Callable[[Database, datetime], None]
"""Publishes what changed, as of a moment; raises Unavailable where the database does not answer."""

log = logging.getLogger("kiosk.office")


class Office:
    """Has votes counted: by the process that *command* starts, here where there is none.

    *command* gets the number of a socket as its last word; :func:`serve` is what it does with it.
    """

    def __init__(self, database: Database, command: Sequence[str] = ()) -> None:
        self.commits = self.written = self.refused = 0
        self.process = 0
        """The process id of the office, also while it does not answer yet; 0 before the first."""
        self.open = asyncio.Event()
        """Set for as long as votes go to a process of their own."""
        self._database = database
        self._command = command
        self._line: _Line | None = None

    @property
    def waiting(self) -> int:
        """How many votes wait for the office's next commit."""
        return len(self._line.waiting) if self._line else 0

    def count(self, cast: Cast) -> Awaitable[object]:
        """Hand a ballot over; what is returned ends once it is counted and on the disk.

        Raises:
            NotFound, QuestionClosed, InvalidBallot: as :func:`kiosk.voice.actions.cast_ballot`.
            Overloaded: too many wait already; it was not even begun.
            Unavailable: the database could not take it; nobody was told that it is kept.
        """
        line = self._line
        if line is None:
            return self._database.write_each(actions.cast_ballots, (cast, cast.cast_at))
        if len(line.waiting) >= MOST_WAITING:
            self.refused += 1
            raise Overloaded("Too many answers at once.", "Try again in a moment.")
        return line.hand(cast)

    def publish(self, now: datetime) -> Awaitable[None] | None:
        """Have the office publish what changed; None while there is none.

        Raises:
            Unavailable: (when awaited) it ended before it said that it had.
        """
        return self._line.publish(now) if self._line else None

    async def run(self) -> None:
        """Keep the office open until cancelled; then let it finish what it has."""
        while self._command:
            ours, theirs = socket.socketpair()
            with theirs:
                process = self._start(theirs.fileno())
            self.process = process.pid
            line = _Line(self)
            try:
                loop = asyncio.get_running_loop()
                await loop.create_unix_connection(partial(_as_it_is, line), sock=ours)
                await line.gone.wait()
            finally:
                self.closed()
                line.end()
                await asyncio.shield(asyncio.to_thread(process.wait))
            log.warning("the counting office ended (%d); it is opened again", process.returncode)
            await asyncio.sleep(REST_S)

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        words = [*self._command, str(number)]
        return subprocess.Popen(words, pass_fds=[number])  # noqa: S603 - our own program, no shell

    def opened(self, line: _Line) -> None:
        """Send votes along *line* from now on."""
        self._line = line
        self.open.set()

    def closed(self) -> None:
        """Write votes here from now on."""
        self._line = None
        self.open.clear()


class _Line(asyncio.Protocol):
    """The way to the office: votes go with the loop's next turn, answers come in their order."""

    def __init__(self, office: Office) -> None:
        self.waiting: deque[asyncio.Future[None]] = deque()
        self.gone = asyncio.Event()
        self._office = office
        self._loop = asyncio.get_running_loop()
        self._leaving: list[Cast] = []
        self._frames = Frames()
        self._transport: asyncio.Transport | None = None
        self._published: asyncio.Future[None] | None = None

    def hand(self, cast: Cast) -> asyncio.Future[None]:
        """Hand a vote over; the future is done once it is counted or refused."""
        future = self._loop.create_future()
        self.waiting.append(future)
        if not self._leaving:
            self._loop.call_soon(self._send)
        self._leaving.append(cast)
        if len(self._leaving) == TOGETHER:
            self._send()
        return future

    def _send(self) -> None:
        taken, self._leaving = self._leaving, []
        if taken and self._transport is not None:
            self._transport.write(frame(taken))

    def publish(self, now: datetime) -> asyncio.Future[None]:
        """Ask that what changed be published; the future is done once the office has tried."""
        self._published = self._loop.create_future()
        if self._transport is not None:
            self._transport.write(frame(now))
        return self._published

    def end(self) -> None:
        """Say that nothing more comes."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write_eof()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way there."""
        self._transport = as_type(asyncio.Transport, transport)  # uvloop has a class of its own

    def data_received(self, data: bytes) -> None:
        """Tell voters what became of their votes."""
        for told in self._frames.take(data, as_told):
            if told.votes:
                self._office.commits += 1
                self._office.written += told.votes
                self._tell(told)
            elif self._published is None:
                self._office.opened(self)
            elif not self._published.done():
                self._published.set_result(None)

    def _tell(self, told: Told) -> None:
        for n in range(told.votes):
            future = self.waiting.popleft()
            if future.done():  # the asker has gone: the vote stands all the same
                continue
            if n in told.refused:
                future.set_exception(raised(told.refused[n]))
            else:
                future.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell who waits that nobody knows: the same vote sent again is counted once."""
        del error
        self._office.closed()
        for future in (*self.waiting, *([self._published] if self._published else [])):
            if not future.done():
                future.set_exception(nothing_kept())
        self.waiting.clear()
        self.gone.set()


def _as_it_is(line: _Line) -> _Line:
    """Return the line: the loop wants a function that makes one."""
    return line


def serve(line: socket.socket, database: Database, publish: Publish) -> None:
    """Count what comes along *line* until nothing more does, and *publish* when asked; blocks."""
    frames = Frames()
    line.sendall(frame(Told(0, {})))
    more = True
    while more:
        casts, moments, more = _arrived(line, frames)
        if casts:
            line.sendall(frame(Told(len(casts), _counted(database, casts))))
        if moments:
            with contextlib.suppress(Unavailable):
                publish(database, moments[-1])
            line.sendall(frame(Told(0, {})))


def _arrived(line: socket.socket, frames: Frames) -> tuple[list[Cast], list[datetime], bool]:
    """Wait for what is sent; return votes and moments that are there, and whether more can come."""
    casts: list[Cast] = []
    moments: list[datetime] = []
    piece = line.recv(PIECE)
    while piece:
        for sent in frames.take(piece, as_sent):
            if isinstance(sent, datetime):
                moments.append(sent)
            else:
                casts += sent
        if len(casts) >= MOST_PER_COMMIT:
            return casts, moments, True
        try:
            piece = line.recv(PIECE, socket.MSG_DONTWAIT if casts or moments else 0)
        except BlockingIOError:
            return casts, moments, True
    return casts, moments, False


def _counted(database: Database, casts: Sequence[Cast]) -> dict[int, Refused]:
    """Count votes in one commit; return those that were refused."""
    sent = [(cast, cast.cast_at) for cast in casts]
    told = database.write_many_now(actions.cast_ballots, sent)
    return {n: refused(error) for n, error in enumerate(told) if isinstance(error, BaseException)}
