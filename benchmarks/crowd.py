"""Phones that scan, read and vote at a steady rate, each page and each vote on a new connection.

``python -m benchmarks.crowd ADDRESS CODES RATE SECONDS``, a process of its own; prints one line of
JSON. An open loop: phones come whether or not the hub keeps up.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

import uvloop

from benchmarks.figure import percentile
from benchmarks.stage import PHONE_HEADERS

PATIENCE_S = 20.0
HEADERS = "\r\n".join([*PHONE_HEADERS.split("|"), "Connection: close"])
TICKET = re.compile(rb'name="ticket" value="(\w+)"')


class Answer(asyncio.Protocol):
    """Sends one request and gathers the answer until the other side closes."""

    def __init__(self, request: bytes, done: asyncio.Future[bytes]) -> None:
        self._request, self._done = request, done
        self._pieces: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the request."""
        transport.write(self._request)  # type: ignore[attr-defined] # a transport of a connection

    def data_received(self, data: bytes) -> None:
        """Keep what came."""
        self._pieces.append(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Hand the answer over."""
        if not self._done.done():
            self._done.set_result(b"" if exc else b"".join(self._pieces))


async def drive(address: str, codes: list[str], rate: float, seconds: float) -> dict[str, float]:
    """Have phones come at *rate* a second; return how many, how many failed, and how fast."""
    parts = urlsplit(address)
    host, port = str(parts.hostname), int(parts.port or 80)
    begun = time.perf_counter()
    under_way = []
    for n, code in enumerate(islice(codes, round(rate * seconds))):
        if (ahead := begun + n / rate - time.perf_counter()) > 0.001:
            await asyncio.sleep(ahead)
        under_way.append(asyncio.create_task(_phone(host, port, code)))
    took = await asyncio.gather(*under_way)
    good = [each for each in took if each is not None]
    return {
        "phones": len(took),
        "failed": len(took) - len(good),
        "page_p99_ms": percentile([page for page, _ in good], 99),
        "post_p50_ms": percentile([post for _, post in good], 50),
        "post_p99_ms": percentile([post for _, post in good], 99),
    }


async def _phone(host: str, port: int, code: str) -> tuple[float, float] | None:
    """Open the page and vote; return the milliseconds of both, None where either failed."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            begun = time.perf_counter()
            page = await _ask(host, port, f"GET /q/{code}", "")
            read = time.perf_counter()
            found = TICKET.search(page)
            if not page.startswith(b"HTTP/1.1 200") or found is None:
                return None
            answer = await _ask(
                host, port, f"POST /q/{code}", f"ticket={found[1].decode()}&choice=agree"
            )
            voted = time.perf_counter()
    except (OSError, TimeoutError):
        return None
    good = answer.startswith(b"HTTP/1.1 303")
    return ((read - begun) * 1000, (voted - read) * 1000) if good else None


async def _ask(host: str, port: int, what: str, form: str) -> bytes:
    loop = asyncio.get_running_loop()
    done: asyncio.Future[bytes] = loop.create_future()
    head = f"{what} HTTP/1.1\r\nHost: {host}:{port}\r\n{HEADERS}\r\n"
    if form:
        kind = "application/x-www-form-urlencoded"
        head += f"Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\n"
        head += f"Content-Length: {len(form)}\r\n"
    request = f"{head}\r\n{form}".encode()
    await loop.create_connection(lambda: Answer(request, done), host, port)
    return await done


if __name__ == "__main__":
    where, file, each_second, long = sys.argv[1:]
    lines = Path(file).read_text().split()
    print(json.dumps(uvloop.run(drive(where, lines, float(each_second), float(long)))))
