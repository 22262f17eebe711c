"""`kiosk touch`: one touchscreen on this machine, with its own database and its line to the hub."""

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
from starlette.types import ASGIApp

from kiosk import clock
from kiosk.apps.beside import Beside, running
from kiosk.apps.guard import guarded, own_origins
from kiosk.database import salvage
from kiosk.database.connection import Database
from kiosk.errors import KioskError
from kiosk.exhibition import speech_maker
from kiosk.exhibition.library import Library, OpenEdition
from kiosk.people.enrolment import Identity, read_identity
from kiosk.screens import collector
from kiosk.screens.touch import pages, watch
from kiosk.screens.touch.context import Hung, Shelf, TouchContext
from kiosk.screens.touch.finding import search_watch
from kiosk.screens.touch.session import BrowserCookie
from kiosk.screens.touch.staff_code import StaffCode
from kiosk.screens.touch.unattended import condition, funnel_keeping
from kiosk.screens.touch.ways import map_ahead
from kiosk.settings import Settings
from kiosk.sync.fetch import EditionFetcher
from kiosk.sync.hub_client import HubClient
from kiosk.sync.worker import Worker
from kiosk.voice import comment_actions

HOST = "127.0.0.1"
"""A touchscreen listens to its own machine only."""

RECONNECT_S = 60
"""Seconds that a page's state outlives its socket: a tap made in a freeze still arrives."""

WARNING_S = 20
"""Seconds in which the screen asks whether somebody is still there, after the idle ones."""

log = logging.getLogger("kiosk.touch")


def main(settings: Settings) -> None:
    """Serve the touchscreen until stopped.

    Raises:
        NotFound: this machine was not enrolled.
        Unavailable: its database cannot be opened.
    """
    identity = read_identity(settings.touch_identity)
    database = open_own(settings)
    context = context_of(settings, database, identity)
    fetcher = EditionFetcher(
        database, Library(settings.data / "touch"), offer_to(context, settings), clock.now
    )
    hub = HubClient(settings.hub_url, identity.credential)
    worker = Worker(database, hub, identity.id, identity.exhibition, fetcher, lambda: None)

    async def sync() -> None:
        await fetcher.show_what_is_here()
        collector.keep_for_good(collector.FOR_STEPS)
        await worker.run()

    app = build(context, settings.touch_port, sync)
    config = uvicorn.Config(
        app,
        host=HOST,
        port=settings.touch_port,
        log_level="warning",
        access_log=False,
        ws_per_message_deflate=False,  # within one machine nothing is saved by packing
    )
    uvicorn.Server(config).run()
    database.close()


def open_own(settings: Settings) -> Database:
    """Open the screen's database, brought up to date; what a damaged one still holds is saved.

    Raises:
        Unavailable: it cannot be opened.
    """
    saved = salvage.if_damaged(settings.touch_identity.with_name("kiosk.db"), clock.now())
    database = Database.open(settings.touch_database)
    database.migrate()
    if saved:
        database.write_now(comment_actions.skip_voice_numbers)
    return database


def context_of(settings: Settings, database: Database, identity: Identity) -> TouchContext:
    """Return what the pages need, from settings and identity."""
    return TouchContext(
        database=database,
        shelf=Shelf(settings.exhibition),
        languages=settings.offered,
        city=identity.city or settings.city,
        place=identity.place,
        origin=identity.id,
        number=identity.number,
        key=identity.key,
        public_url=settings.public_url,
        front_end=settings.front_end,
        idle_after=settings.idle_seconds + WARNING_S,
        group_idle_after=settings.group_idle_seconds + WARNING_S,
        warning=WARNING_S,
        hours=settings.opening_hours,
        staff_code=StaffCode(settings.staff_code),
        width_mm=settings.screen_width_mm,
        speaker=speech_maker.of_this_machine(settings.piper_voices),
    )


def offer_to(context: TouchContext, settings: Settings) -> Callable[[OpenEdition], None]:
    """Return what hangs an edition as soon as nobody stands before the screen."""

    def offer(opened: OpenEdition) -> None:
        exhibition = opened.view(context.city)
        if not exhibition.example or settings.show_examples:
            context.shelf.offer(Hung(exhibition, opened.folder, opened.edition.id))

    return offer


def build(context: TouchContext, port: int, *beside: Beside) -> ASGIApp:
    """Return the guarded app; what *beside* names runs for as long as it does."""
    app = FastAPI(
        openapi_url=None, docs_url=None, redoc_url=None, lifespan=_running(context, beside)
    )
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
    return guarded(BrowserCookie(app), own_origins(port), compressed=False)


def _running(
    context: TouchContext, beside: tuple[Beside, ...]
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        condition.tell(context)
        async with running(
            *beside,
            partial(watch.commits, context),
            partial(funnel_keeping.keep, context),
            partial(search_watch.follow, context),
            partial(map_ahead.keep, context),
        ):
            yield

    return lifespan


def _health(context: TouchContext) -> Callable[[], Awaitable[JSONResponse]]:
    async def health() -> JSONResponse:
        reason = await _why_not(context)
        if reason:
            return JSONResponse({"status": "not ready", "reason": reason}, 503)
        hung = [context.shelf.get(exhibition) for exhibition in context.shelf.ids()]
        editions = {h.exhibition.id: h.edition for h in hung if h}
        warnings = await asyncio.to_thread(condition.warnings, context)
        told = {"editions": editions, "warnings": warnings, "pages": condition.pages()}
        return JSONResponse({"status": "ready", **told})

    return health


async def _why_not(context: TouchContext) -> str:
    """Return why the screen is not ready, empty when it is."""
    try:
        if not await asyncio.to_thread(context.database.is_current):
            return "the database has another schema: restart this process, it migrates"
    except KioskError as error:
        return str(error)
    return "" if context.shelf.first() else "no edition has come from the hub yet"
