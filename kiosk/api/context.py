"""What the API's routes need: the hub's database, its files, its news, and who is asking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import Forbidden
from kiosk.people.enrolment import authenticate
from kiosk.people.kiosk_store import Kiosk
from kiosk.sync.wire import HEADER, pack, spoken


@dataclass(frozen=True, slots=True)
class ApiContext:
    """*news* waits until the feed is beyond a position or the seconds are over."""

    database: Database
    news: Callable[[int, float], Awaitable[None]]
    now: Clock

    async def kiosk(self, request: Request) -> Kiosk:
        """Return the kiosk that asks.

        Raises:
            Forbidden: its credential is missing, unknown or revoked.
        """
        scheme, _, credential = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not credential:
            raise Forbidden("This needs a kiosk's credential.", "Enrol it with `kiosk enrol NAME`.")
        return await self.database.read(partial(authenticate, credential=credential))


PACKED_FROM = 4_000
"""Octets from which a reply is packed for those who can unpack it."""

T = TypeVar("T")


def protocol_of(request: Request) -> int:
    """Return the version of the protocol that is spoken with whoever asks."""
    return spoken(request.headers.get(HEADER, ""))


def spoken_with(request: Request, written_for: Callable[[int, T], object], reply: T) -> Response:
    """Return a reply in the version that is spoken, packed where that is understood and helps."""
    protocol = protocol_of(request)
    content, headers = msgspec.json.encode(written_for(protocol, reply)), {HEADER: str(protocol)}
    if len(content) >= PACKED_FROM and "zstd" in request.headers.get("accept-encoding", ""):
        content, headers["Content-Encoding"] = pack(content), "zstd"
    return Response(content, headers=headers, media_type="application/json")
