"""Phones that open pages at a steady rate, whether or not the hub keeps up: an open loop.

``python -m benchmarks.phones ADDRESS CODES RATE``, a process of its own that goes on until a line
comes in. Each page is asked for on a new connection, as each phone makes one; prints one line of
JSON at the end.
"""

from __future__ import annotations

import asyncio
import json
import select
import sys
import time
from collections.abc import Callable
from itertools import count, cycle
from pathlib import Path
from urllib.parse import urlsplit

import uvloop

from benchmarks.figure import percentile
from benchmarks.stage import PHONE_HEADERS


async def drive(
    address: str, codes: list[str], rate: float, ended: Callable[[], bool]
) -> dict[str, float]:
    """Open pages at *rate* a second; return how many were asked for and answered, and how fast."""
    parts = urlsplit(address)
    host, port = str(parts.hostname), int(parts.port or 80)
    begun = time.perf_counter()
    turn = cycle(codes)
    under_way: list[asyncio.Task[float | None]] = []
    for n in count():
        if ended():
            break
        await asyncio.sleep(begun + n / rate - time.perf_counter())
        under_way.append(asyncio.create_task(_open(host, port, f"/q/{next(turn)}")))
    seconds = time.perf_counter() - begun
    took = [t for t in await asyncio.gather(*under_way) if t is not None]
    return {
        "asked": len(under_way),
        "answered": len(took),
        "per_second": len(took) / seconds,
        "p50_ms": percentile(took, 50),
        "p95_ms": percentile(took, 95),
    }


async def _open(host: str, port: int, path: str) -> float | None:
    """Open one page; return the milliseconds it took, None when it was not answered with 200."""
    begun = time.perf_counter()
    headers = PHONE_HEADERS.replace("|", "\r\n")
    try:
        async with asyncio.timeout(10):
            reader, writer = await asyncio.open_connection(host, port)
            writer.write(
                f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n"
                f"Connection: close\r\n{headers}\r\n\r\n".encode()
            )
            answer = await reader.read()
            writer.close()
    except (OSError, TimeoutError):
        return None
    good = answer.startswith(b"HTTP/1.1 200")
    return (time.perf_counter() - begun) * 1000 if good else None


def _told_to_end() -> bool:
    """Whether a line waits on the standard input."""
    return bool(select.select([sys.stdin], [], [], 0)[0])


if __name__ == "__main__":
    where, file, each_second = sys.argv[1:]
    lines = Path(file).read_text().split()
    print(json.dumps(uvloop.run(drive(where, lines, float(each_second), _told_to_end))))
