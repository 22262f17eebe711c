"""`kiosk desk`: the desk of moderators, mayors' offices, editors and operators."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial

import uvicorn
from fastapi import FastAPI
from nicegui import ui
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk import clock
from kiosk.apps import publication
from kiosk.apps.beside import running
from kiosk.apps.guard import guarded, own_origins
from kiosk.apps.opening import open_hub
from kiosk.database.connection import Database
from kiosk.errors import KioskError
from kiosk.exhibition import speech_maker
from kiosk.exhibition.library import Library
from kiosk.exhibition.pictures import LARGEST_UPLOAD
from kiosk.moderation import actions, housekeeping
from kiosk.screens.desk import pages
from kiosk.screens.desk.context import DeskContext
from kiosk.settings import Settings
from kiosk.voice import comment_store

RECONNECT_S = 60
"""Seconds that a page's state outlives its socket."""

TIDY_S = 600
"""Seconds between two looks for what is done by date: texts to delete, closed votes to seal."""

TICK_S = 0.5
"""How often it is looked whose hold ends next; at its end there is a look of its own."""

REST_S = 0.05
"""Seconds from one publication to the next."""

log = logging.getLogger("kiosk.desk")


def main(settings: Settings) -> None:
    """Serve the desk until stopped.

    Raises:
        Unavailable: the database cannot be opened.
    """
    database = open_hub(settings)
    context = context_of(settings, database)
    config = uvicorn.Config(
        build(context, settings.desk_port, settings.desk_url),
        host=settings.desk_host,
        port=settings.desk_port,
        log_level="warning",
        access_log=False,
        proxy_headers=bool(settings.trust_proxy),
        forwarded_allow_ips=settings.trust_proxy or None,
    )
    uvicorn.Server(config).run()
    database.close()


def context_of(settings: Settings, database: Database) -> DeskContext:
    """Return what the pages need, from the settings."""
    library = Library(settings.data)
    library.sweep(clock.now())
    return DeskContext(
        database=database,
        library=library,
        front_end=settings.front_end,
        public_url=settings.public_url,
        publish=lambda exhibition, by: publication.publish_drafts(
            database,
            library,
            exhibition,
            by,
            clock.now(),
            speech_maker.of_this_machine(settings.piper_voices) if settings.speech else None,
        ),
        roll_back=lambda exhibition, by, edition: publication.roll_back(
            database, library, exhibition, by, clock.now(), edition
        ),
        secure=settings.desk_url.startswith("https://"),
    )


def build(context: DeskContext, port: int, *addresses: str) -> ASGIApp:
    """Return the guarded app; *addresses* are those under which staff reach it."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=_running(context))
    app.add_api_route("/healthz", _health(context), include_in_schema=False)
    pages.register(context)
    ui.run_with(
        app,
        title="",
        reconnect_timeout=RECONNECT_S,
        binding_refresh_interval=None,
        tailwind=False,
        gzip_middleware_factory=None,
        show_welcome_message=False,
    )
    origins = own_origins(port, *addresses)
    return guarded(OnlyWhenCurrent(app, context.database), origins, LARGEST_UPLOAD + 4096)


class OnlyWhenCurrent:
    """Answers 503 to everything but the health probe until the database has this schema."""

    def __init__(self, app: ASGIApp, database: Database) -> None:
        self.app = app
        self._database = database
        self._current = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look once for each request until it is so; it does not change back under a process."""
        probed = scope["type"] != "http" or scope["path"] == "/healthz"
        if self._current or probed or not await self._reason():
            await self.app(scope, receive, send)
            return
        told = "The desk waits for its database. Run `kiosk migrate`, then load this page again."
        await JSONResponse({"status": "not ready", "reason": told}, 503)(scope, receive, send)

    async def _reason(self) -> str:
        reason = await _why_not(self._database)
        self._current = not reason
        return reason


async def publish_when_due(context: DeskContext) -> None:
    """Make held comments public as their hold ends; begins with what a crash left behind."""
    fails = False
    while True:
        rest = TICK_S
        try:
            due = await context.database.read(comment_store.next_due)
            if due is not None:
                rest = min((due - context.clock()).total_seconds(), TICK_S)
            if rest <= 0:
                await context.database.write(partial(actions.publish_due, now=context.clock()))
        except KioskError:
            rest = TICK_S
            if not fails:  # a line for each try would fill the disk that may be full already
                log.warning("held comments cannot be published; trying again")
            fails = True
        else:
            if fails:
                log.warning("held comments are published again")
            fails = False
        await asyncio.sleep(max(rest, REST_S))


async def keep_promised_dates(context: DeskContext) -> None:
    """Delete and seal what is due, now and then."""
    while True:
        try:
            await context.database.write(
                partial(housekeeping.keep_the_promised_dates, now=context.clock())
            )
        except KioskError:
            log.warning("what is due by date could not be done; trying again")
        await asyncio.sleep(TIDY_S)


def _running(context: DeskContext) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        async with running(
            partial(publish_when_due, context), partial(keep_promised_dates, context)
        ):
            yield

    return lifespan


def _health(context: DeskContext) -> Callable[[], Awaitable[JSONResponse]]:
    async def health() -> JSONResponse:
        reason = await _why_not(context.database)
        if reason:
            return JSONResponse({"status": "not ready", "reason": reason}, 503)
        return JSONResponse({"status": "ready"})

    return health


async def _why_not(database: Database) -> str:
    """Return why the desk is not ready, empty when it is."""
    try:
        if not await asyncio.to_thread(database.is_current):
            return "the database has another schema: run `kiosk migrate`"
    except KioskError as error:
        return str(error)
    return ""
