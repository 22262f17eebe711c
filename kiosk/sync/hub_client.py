"""Talks to the hub's API over HTTP; everything that can go wrong there becomes one refusal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

import httpx
import msgspec

from kiosk.errors import Unavailable
from kiosk.sync import wire
from kiosk.sync.wire import Batch, FeedPage, Receipt

PACKED_FROM = 2_000
"""Octets from which a batch is packed; below it gains nothing."""

_FORBIDDEN = 403

T = TypeVar("T")


class ShutOut(Unavailable):
    """The hub answers, but does not let this kiosk in."""


class HubClient:
    """One kiosk's line to its hub; *credential* came with the enrolment.

    :attr:`protocol` is the version that the hub spoke in its last reply, 1 before the first.
    """

    def __init__(
        self, hub_url: str, credential: str, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._http = httpx.AsyncClient(
            base_url=hub_url,
            headers={"Authorization": f"Bearer {credential}", wire.HEADER: str(wire.PROTOCOL)},
            timeout=httpx.Timeout(10, read=40),
            trust_env=False,
            transport=transport,
        )
        self.protocol = 1

    async def push(self, batch: Batch) -> Receipt:
        """Send a batch and return what the hub holds now.

        Raises:
            Unavailable: the hub was not reached or did not take it.
        """
        content, headers = msgspec.json.encode(batch), dict[str, str]()
        if self.protocol >= wire.PROTOCOL and len(content) >= PACKED_FROM:
            content, headers = wire.pack(content), {"Content-Encoding": "zstd"}
        answer = await self._ask("POST", "/api/v1/messages", content=content, headers=headers)
        return _read(answer, Receipt)

    async def pull(self, after: int, exhibition: str, wait: int) -> FeedPage:
        """Return the feed behind a position; waits up to *wait* seconds for news.

        Raises:
            Unavailable: the hub was not reached.
        """
        params = {"after": str(after), "exhibition": exhibition, "wait": str(wait)}
        return _read(await self._ask("GET", "/api/v1/feed", params=params), FeedPage)

    async def edition(self, edition: str) -> bytes:
        """Return an edition's record as JSON.

        Raises:
            Unavailable: the hub was not reached or does not have it.
        """
        return (await self._ask("GET", f"/api/v1/editions/{edition}")).content

    @asynccontextmanager
    async def file(self, sha256: str) -> AsyncIterator[AsyncIterator[bytes]]:
        """Open one file of an edition as a stream of bytes.

        Raises:
            Unavailable: the hub was not reached or does not have it.
        """
        try:
            async with self._http.stream("GET", f"/files/{sha256}") as answer:
                answer.raise_for_status()
                yield answer.aiter_bytes()
        except httpx.HTTPError as error:
            raise _unreached(error) from error

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        content: bytes = b"",
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        try:
            answer = await self._http.request(
                method, path, content=content, params=params, headers=headers
            )
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise _unreached(error) from error
        self.protocol = wire.spoken(answer.headers.get(wire.HEADER, ""))
        return answer


def _unreached(error: httpx.HTTPError) -> Unavailable:
    if isinstance(error, httpx.HTTPStatusError) and error.response.status_code == _FORBIDDEN:
        return ShutOut("The hub does not let this kiosk in.", "Enrol it anew, or let it in again.")
    return Unavailable(f"The hub was not reached: {type(error).__name__}", "It is tried again.")


def _read(answer: httpx.Response, type_: type[T]) -> T:
    try:
        return msgspec.json.decode(answer.content, type=type_)
    except (msgspec.MsgspecError, UnicodeError) as error:  # the latter: octets that are no UTF-8
        raise Unavailable("The hub answered what is not understood.", "Update it.") from error
