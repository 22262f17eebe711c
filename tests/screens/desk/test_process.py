"""The desk's process: what it does by itself, and what it says while it cannot."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Connection
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kiosk.apps.desk import TICK_S, OnlyWhenCurrent, publish_when_due
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.messaging import feed_store
from kiosk.moderation import actions
from kiosk.people import staff_store
from kiosk.screens.desk.context import DeskContext
from kiosk.voice import comment_store
from kiosk.voice.comment import Comment, Status
from tests.staff import writes
from tests.world import SUNDAY, StoppedClock


async def hello(_: Request) -> Response:
    return PlainTextResponse("hello")


def held(c: Connection) -> Comment:
    """A comment that Meera lets through, and whose hold has begun."""
    meera = staff_store.actor(c, staff_store.id_of(c, "meera") or "")
    assert meera is not None
    return actions.approve(c, writes(c, "Where may we sit?").id, 1, meera, SUNDAY)


async def test_on_an_old_schema_every_page_says_so_until_it_is_migrated(tmp_path: Path) -> None:
    """503 and what to do; after `kiosk migrate` the same process serves."""
    database = Database.open(f"sqlite:///{tmp_path / 'hub.db'}")
    routes = [Route("/", hello), Route("/healthz", hello)]
    app = OnlyWhenCurrent(Starlette(routes=routes), database)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as browser:
        refused = await browser.get("/")
        assert refused.status_code == 503
        assert "kiosk migrate" in refused.json()["reason"]
        assert (await browser.get("/healthz")).status_code == 200
        database.migrate()
        assert (await browser.get("/")).text == "hello"
    database.close()


async def test_what_a_crash_left_held_is_published_at_the_next_start(
    context: DeskContext, clock: StoppedClock
) -> None:
    """The desk was killed within the hold; started again a day later, it publishes once."""
    approved = await context.database.write(held)
    head = await context.database.read(feed_store.head)
    clock.passes(days=1)
    ticker = asyncio.create_task(publish_when_due(context))
    status = Status.HELD
    while status is Status.HELD:
        found = await context.database.read(lambda c: comment_store.get(c, approved.id))
        assert found is not None
        status = found.status
    ticker.cancel()
    assert status is Status.PUBLISHED
    assert await context.database.read(feed_store.head) == head + 1


async def test_a_full_disk_is_told_when_it_begins_and_not_each_moment(
    context: DeskContext,
    clock: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A comment is due and cannot be published: one line, tries in peace, and then it is."""
    approved = await context.database.write(held)
    clock.passes(days=1)
    rests: list[float] = []
    tried = asyncio.Event()
    sleep = asyncio.sleep

    async def full(fn: object) -> None:
        raise Unavailable("The disk is full.", "Make room.")

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        if len(rests) == 3:
            monkeypatch.setattr(context.database, "write", write)
        if len(rests) == 4:
            tried.set()
        await sleep(0)

    write = context.database.write
    monkeypatch.setattr(context.database, "write", full)
    monkeypatch.setattr(asyncio, "sleep", rest)
    ticker = asyncio.create_task(publish_when_due(context))
    await tried.wait()
    ticker.cancel()
    assert rests[:3] == [TICK_S] * 3
    assert [line for line in caplog.messages if "held comments" in line] == [
        "held comments cannot be published; trying again",
        "held comments are published again",
    ]
    found = await context.database.read(lambda c: comment_store.get(c, approved.id))
    assert found is not None
    assert found.status is Status.PUBLISHED
