"""The line between a kiosk and the hub, as bad as the seed says."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

FAULTS = ("cut", "lost reply", "twice", "late", "late and again")
"""Cut before the hub; the reply lost; delivered twice; delivered much later, once or twice."""


@dataclass
class BadLine(httpx.AsyncBaseTransport):
    """Carries requests to *hub*; a *share* of them meets a fault while it is not *healed*."""

    hub: httpx.AsyncBaseTransport
    chance: random.Random
    note: Callable[[str], None]
    share: float
    healed: bool = False
    on_their_way: list[httpx.Request] = field(default_factory=list)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request, or do something else with it.

        Raises:
            httpx.ConnectError, httpx.ReadError, httpx.ReadTimeout: as a client would meet it.
        """
        await request.aread()
        if self.healed or self.chance.random() >= self.share:
            return await self._deliver(request)
        fault = self.chance.choice(FAULTS)
        self.note(f"    the line: {fault}")
        if fault == "cut":
            raise httpx.ConnectError("cut")
        if fault.startswith("late"):
            self.on_their_way += [request] * (2 if "again" in fault else 1)
            raise httpx.ReadTimeout("no reply")
        answer = await self._deliver(request)
        if fault == "lost reply":
            raise httpx.ReadError("lost")
        return await self._deliver(request) if fault == "twice" else answer

    async def arrives_late(self) -> None:
        """Deliver one of the requests that were given up long ago; nobody reads its reply."""
        late = self.on_their_way.pop(self.chance.randrange(len(self.on_their_way)))
        await self._deliver(late)

    async def _deliver(self, request: httpx.Request) -> httpx.Response:
        again = httpx.Request(
            request.method, request.url, headers=request.headers, content=request.content
        )
        return await self.hub.handle_async_request(again)
