"""What the API's routes need: the hub's database, its files, its news, and who is asking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import Forbidden
from kiosk.people.enrolment import authenticate
from kiosk.people.kiosk_store import Kiosk


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


class Encoded(Response):
    """A struct as JSON."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """Encode it with msgspec."""
        return msgspec.json.encode(content)
