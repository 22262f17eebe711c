"""A line over TCP that can be cut, stall, reset, lose replies, be slow or fall silent half-open."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends a reset instead of a farewell."""


class State(StrEnum):
    """What the line does to what passes, from now on and until another is set."""

    SOUND = "sound"
    CUT = "cut"
    """Every connection is reset, and each new one at once."""
    LOSS = "loss"
    """Packets are lost: what TCP sends again arrives up to half a second late."""
    RESET = "reset"
    """A connection is reset in the middle of what is sent, either way."""
    LOST_REPLY = "lost reply"
    """The hub gets the request and the kiosk no reply."""
    SLOW = "slow"
    """A few kilobytes a second."""
    HALF_OPEN = "half-open"
    """Nothing arrives any more and nobody says so, also on connections that were open."""


FAULTS = tuple(state for state in State if state is not State.SOUND)


@dataclass(eq=False)
class _Connection:
    """One kiosk's connection with the hub's behind it; *silent_since* it was half-open."""

    kiosk: asyncio.StreamWriter
    hub: asyncio.StreamWriter
    silent_since: float | None = None

    def reset(self) -> None:
        """Break both ends at once."""
        _reset(self.kiosk)
        _reset(self.hub)


@dataclass
class Line:
    """Listens on :attr:`port` and carries bytes to the hub's port; :attr:`state` may be set."""

    hub_port: int
    chance: random.Random
    state: State = State.SOUND
    port: int = 0
    attempts: list[float] = field(default_factory=list)
    """When a connection was tried, in seconds of the loop's clock."""
    silences: list[float] = field(default_factory=list)
    """For how many seconds the kiosk stayed on each connection that was half-open."""
    _open: set[_Connection] = field(default_factory=set)
    _carried: list[asyncio.Task[None]] = field(default_factory=list)

    @asynccontextmanager
    async def up(self) -> AsyncIterator[Line]:
        """Listen within the block."""
        server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for connection in [*self._open]:
                connection.reset()
            await asyncio.gather(*self._carried)

    def becomes(self, state: State) -> None:
        """Change what the line does; a cut resets what is open."""
        self.state = state
        if state is State.CUT:
            for connection in [*self._open]:
                connection.reset()

    def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._carried.append(asyncio.create_task(self._carry_on(reader, writer)))

    async def _carry_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.attempts.append(_now())
        if self.state is State.CUT:
            _reset(writer)
            return
        from_hub, to_hub = await asyncio.open_connection("127.0.0.1", self.hub_port)
        connection = _Connection(writer, to_hub)
        self._open.add(connection)
        there = asyncio.create_task(self._pass(reader, to_hub, connection, is_reply=False))
        back = asyncio.create_task(self._pass(from_hub, writer, connection, is_reply=True))
        await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        if connection.silent_since is not None:
            await there  # it hears nothing of the hub's end, and closes when its patience is over
            self.silences.append(_now() - connection.silent_since)
        for task in (there, back):
            task.cancel()
        self._open.discard(connection)
        writer.close()
        to_hub.close()

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        connection: _Connection,
        *,
        is_reply: bool,
    ) -> None:
        """Carry one direction until its sender closes or the line breaks."""
        with suppress(ConnectionError):
            while data := await reader.read(4_096):
                if self.state is State.HALF_OPEN and connection.silent_since is None:
                    connection.silent_since = _now()
                if connection.silent_since is not None:
                    continue
                if self._breaks(data, writer, is_reply=is_reply):
                    connection.reset()
                    return
                await self._deliver(data, writer)

    def _breaks(self, data: bytes, writer: asyncio.StreamWriter, *, is_reply: bool) -> bool:
        """Whether the line breaks here; a reset lets a part of *data* through before."""
        if self.state is State.RESET and self.chance.random() < 0.5:
            writer.write(data[: self.chance.randrange(len(data))])
            return True
        return self.state is State.LOST_REPLY and is_reply

    async def _deliver(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        if self.state is State.LOSS and self.chance.random() < 0.5:
            await asyncio.sleep(self.chance.uniform(0.2, 0.5))
        step = 256 if self.state is State.SLOW else len(data)
        for at in range(0, len(data), step):
            writer.write(data[at : at + step])
            await writer.drain()
            if self.state is State.SLOW:
                await asyncio.sleep(0.02)


def _now() -> float:
    return asyncio.get_running_loop().time()


def _reset(writer: asyncio.StreamWriter) -> None:
    opened = writer.get_extra_info("socket")
    if opened is not None:
        with suppress(OSError):
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    writer.transport.abort()
