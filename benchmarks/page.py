"""The page that a scanned code opens: how many a second on one core, and what goes over the wire.

Each request carries another code, whose signature is checked; each page carries a ticket with a
nonce of its own. Nothing of an answer is kept for the next.
"""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from benchmarks.browser import launch
from benchmarks.figure import Figure, middle
from benchmarks.server import Running, free_port, on_core, python, running
from benchmarks.stage import PHONE_HEADERS, Stage, build
from benchmarks.turns import Turn, figures, take

ROUNDS = 5
SECONDS = 3
CODES = 6_000
"""Codes that are shown within a minute: 60 screens, a hundred each."""
CONNECTIONS = 64
SERVER_CORE, CLIENT_CORE = 0, 1


class PageRefused(Exception):
    """A page was not answered with 200, or two of them carried the same ticket."""


def measure(rounds: int = ROUNDS, seconds: int = SECONDS) -> Iterator[Figure]:
    """Yield pages a second, their ratio to a bare handler on the same core, bytes and requests."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        logs = Path(folder)
        stage = build(logs)
        port = free_port()
        bare = on_core(SERVER_CORE, python("benchmarks.bare", str(port)))
        hub = on_core(SERVER_CORE, python("kiosk", "public"))
        with (
            running(bare, port, logs / "bare.log", path="/") as reference,
            running(hub, stage.settings.hub_port, logs / "hub.log", stage.environment) as public,
        ):
            first, second = (octets(f"{public.address}/q/{stage.poster()}") for _ in range(2))
            if not first.startswith(b"HTTP/1.1 200") or first == second:
                raise PageRefused(first[:200].decode())
            turns = [_turn(stage, reference, public, seconds) for _ in range(rounds)]
            yield from figures("page", turns, "pages", "at least 3000, on one core")
            yield middle("page.bytes", [len(first)], "bytes", "at most 10240, headers and all")
            loaded = requests(f"{public.address}/q/{stage.poster()}")
            yield middle("page.requests", [loaded], "requests", "1, JavaScript off")


def octets(address: str) -> bytes:
    """Return an answer as it comes over the wire, to a phone that takes compressed pages."""
    parts = urlsplit(address)
    headers = PHONE_HEADERS.replace("|", "\r\n")
    with socket.create_connection((parts.hostname, parts.port), 10) as line:
        line.sendall(
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n"
            f"{headers}\r\n\r\n".encode()
        )
        return b"".join(iter(lambda: line.recv(65536), b""))


def requests(address: str) -> int:
    """Return how many requests a phone's browser makes for a page, with JavaScript off."""
    seen: list[str] = []
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(java_script_enabled=False)
        page.on("request", lambda request: seen.append(request.url))
        page.goto(address, wait_until="networkidle")
    return len(seen)


def _turn(stage: Stage, bare: Running, public: Running, seconds: int) -> Turn:
    codes = stage.settings.data / "codes.txt"
    codes.write_text("\n".join(stage.codes(CODES)) + "\n")
    turn = take(
        bare,
        public,
        connections=CONNECTIONS,
        seconds=seconds,
        arguments=[str(codes), "/q/", "", PHONE_HEADERS],
        core=CLIENT_CORE,
    )
    if turn.ours.failed:
        raise PageRefused(f"{turn.ours.failed} of {turn.ours.requests} failed")
    return turn
