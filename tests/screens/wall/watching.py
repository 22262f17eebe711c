"""A hub whose news are followed, and walls that watch its stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.types import Message

from kiosk.database.connection import Database
from kiosk.exhibition.model import Exhibition
from kiosk.live.ticker import tick
from tests.screens.phone.hub import Hub, open_hub


@asynccontextmanager
async def followed(
    folder: Path,
    exhibition: Exhibition | None = None,
    cities: Mapping[str, Exhibition] | None = None,
    city: str = "",
) -> AsyncIterator[Hub]:
    """Open a hub whose news are followed, as in service; *cities* show views of their own.

    *city* is the hub's own.
    """
    database = Database.open(f"sqlite:///{folder / 'hub.db'}")
    database.migrate()
    opened = await open_hub(database, folder, exhibition, cities=cities, city=city)
    public = opened.app.public
    tasks = [
        asyncio.create_task(public.changes.follow()),
        asyncio.create_task(tick(database, opened.clock)),
    ]
    yield opened
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    database.close()


@asynccontextmanager
async def watching(hub: Hub, query: str) -> AsyncIterator[asyncio.Queue[Any]]:
    """Open the wall's stream and put each state that arrives in a queue."""
    states: asyncio.Queue[Any] = asyncio.Queue()
    gone = asyncio.Event()

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        body = message.get("body", b"").decode()
        if body.startswith("data: "):
            await states.put(json.loads(body.removeprefix("data: ")))
        if not message.get("more_body", True):
            await states.put(None)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/wall/stream",
        "raw_path": b"/wall/stream",
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"hub.example")],
        "server": ("hub.example", 80),
        "client": ("127.0.0.1", 1),
    }
    task = asyncio.create_task(hub.app(scope, receive, send))
    try:
        yield states
    finally:
        gone.set()
        await task
