"""The public process: phones, wall, API and files on one port; plain pages, no NiceGUI."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from socket import socket
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from kiosk.api.context import ApiContext
from kiosk.api.problems import problem
from kiosk.api.routes import routes as api_routes
from kiosk.apps import counting, metrics
from kiosk.apps.beside import running
from kiosk.apps.opening import open_hub
from kiosk.apps.outer import Outer
from kiosk.apps.workers import Workers, end_well, must_be_possible, patient, started_with
from kiosk.clock import Clock, now, to_text
from kiosk.database.connection import Database
from kiosk.errors import KioskError
from kiosk.exhibition.edition import CorruptEdition
from kiosk.exhibition.library import Library
from kiosk.live.ticker import tick
from kiosk.screens import collector, theme
from kiosk.screens.phone import files, problems
from kiosk.screens.phone.context import LOOK_EVERY_S, PublicContext
from kiosk.screens.phone.routes import routes as phone_routes
from kiosk.screens.wall.routes import routes as wall_routes
from kiosk.settings import Settings

_log = logging.getLogger(__name__)

GRACE_S = 3
"""Seconds that open requests have when the process is asked to end; walls reconnect elsewhere."""

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "uvicorn.access": {"level": "CRITICAL", "propagate": False},
        "alembic": {"level": "WARNING"},
    },
    "root": {"level": "INFO", "handlers": ["out"]},
}
"""No line per request: addresses hold receipts and codes, and nobody's IP is to be kept."""


FONTS_AT = "/fonts"


def fonts(settings: Settings) -> Mount:
    """Serve the bundled fonts to the wall; elsewhere its own take their place."""
    folder = settings.front_end / "@fontsource-variable"
    served = StaticFiles(directory=folder, check_dir=False)
    return Mount(f"{FONTS_AT}/@fontsource-variable", served)


def build(
    settings: Settings, database: Database, clock: Clock = now, counted_by: Sequence[str] = ()
) -> Outer:
    """Return the app on a database that may still be empty; it says so until it is not.

    *counted_by* is the command of its counting office; without one it writes votes itself.
    """
    public = PublicContext(
        database,
        Library(settings.data),
        settings.public_url,
        settings.exhibition,
        settings.city,
        settings.show_examples,
        clock,
        counted_by,
    )
    routes = [*phone_routes, *wall_routes, *api_routes]
    app = Starlette(
        routes=[
            *routes,
            *files.routes,
            fonts(settings),
            Route("/healthz", _health),
            metrics.route(public, settings.metrics_token),
        ],
        lifespan=_life,
        exception_handlers={
            KioskError: _refused,
            HTTPException: problems.unknown,
            ClientDisconnect: problems.gone,
            Exception: problems.broken,
        },
    )
    app.state.public = public
    app.state.front_end = settings.front_end
    app.state.fonts = theme.font_faces(settings.front_end, FONTS_AT)
    app.state.api = ApiContext(database, public.changes.beyond, clock)
    return Outer(app, public)


@asynccontextmanager
async def _life(app: Starlette) -> AsyncIterator[None]:
    public: PublicContext = app.state.public
    await _refresh(public)
    async with running(
        public.changes.follow,
        partial(
            tick,
            public.database,
            public.now,
            lambda: public.changes.turn,
            public.office.publish,
        ),
        partial(_keep_fresh, public),
        public.office.run,
    ):
        yield


async def _keep_fresh(public: PublicContext) -> None:
    """Take in releases, screens and counts once a second at most."""
    while True:
        await public.changes.beyond(public.changes.head, LOOK_EVERY_S)
        await _refresh(public)
        await asyncio.sleep(LOOK_EVERY_S / 4)


async def _refresh(public: PublicContext) -> None:
    before = public.hall
    try:
        await public.refresh()
        if public.hall is not before:
            collector.keep_for_good(collector.FOR_VOTES)
    except CorruptEdition as error:
        # What is on show already stays: phones go on voting and screens go on sending.
        _tell(public, str(error))
        public.damage, public.refusal = str(error), "" if public.hall.editions else str(error)
    except KioskError as error:
        _tell(public, str(error))
        public.refusal = str(error)
    else:
        public.damage = public.refusal = ""


def _tell(public: PublicContext, fault: str) -> None:
    """Log a fault when it begins, not each time that it is met again."""
    if fault not in {public.refusal, public.damage}:
        _log.warning("not ready: %s", fault)


async def _health(request: Request) -> Response:
    public: PublicContext = request.app.state.public
    if public.refusal:
        return JSONResponse({"status": "not ready", "reason": public.refusal}, 503)
    moment = to_text(public.now())
    said = {"status": "ready", "exhibition": public.hall.first, "now": moment}
    return JSONResponse(said | ({"damage": public.damage} if public.damage else {}))


async def _refused(request: Request, error: Exception) -> Response:
    if request.url.path.startswith("/api/"):
        assert isinstance(error, KioskError)
        return problem(error)
    return await problems.refused(request, error)


def serve(settings: Settings, app: Outer | None) -> uvicorn.Config:
    """Return how uvicorn runs it: fast, quiet, and gone soon after it is asked to go.

    None stands for the process that only opens the port.
    """
    return uvicorn.Config(
        app or _nothing,
        host=settings.hub_host,
        port=settings.hub_port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_config=LOGGING,
        server_header=False,
        proxy_headers=bool(settings.trust_proxy),
        forwarded_allow_ips=settings.trust_proxy or None,
        timeout_graceful_shutdown=GRACE_S,
        backlog=4096,
    )


class Server(uvicorn.Server):
    """Ends open streams when it is asked to end, so that it need not wait for them."""

    def __init__(self, config: uvicorn.Config, app: Outer) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Let walls go first, then everything else."""
        self._app.public.broadcast.end()
        await super().shutdown(sockets)


def main(settings: Settings) -> None:
    """Serve until stopped.

    Raises:
        Unavailable: more than one worker without PostgreSQL.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end_well)
    must_be_possible(settings)
    if settings.hub_workers > 1:
        with contextlib.closing(patient(serve(settings, None).bind_socket())) as listener:
            Workers(settings.hub_workers, started_with(listener)).run()
        return

    with contextlib.closing(open_hub(settings)) as database:
        app = build(settings, database, counted_by=counting.COMMAND)
        config = serve(settings, app)
        Server(config, app).run(sockets=[patient(config.bind_socket())])


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands for an app where none is served."""
