"""Renders the wall and streams its states: whole and small, so that resuming is reconnecting."""

from __future__ import annotations

import asyncio
import base64
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kiosk import ids
from kiosk.live.broadcast import Broadcast, Channel
from kiosk.live.places import AGAIN_AFTER_S, Places
from kiosk.screens import frame, theme
from kiosk.screens.phone.visit import PLAIN, Visit
from kiosk.screens.wall import cities
from kiosk.screens.wall.scene import LARGEST_CELL, SURFACE, Scene
from kiosk.screens.widgets.pattern import pattern
from kiosk.screens.widgets.qr import kept_qr_svg

FOLDER = Path(__file__).parent
STYLE = "".join(
    (FOLDER / name).read_text(encoding="utf-8") for name in ("wall.css", "scenes.css", "map.css")
)
SCRIPT = "".join(
    path.read_text(encoding="utf-8") for path in (FOLDER / "wall.js", frame.FIT, FOLDER / "keys.js")
)
MADE = ids.digest(theme.tokens() + STYLE + SCRIPT)[:16]
"""Stands in each scene, so that an open wall sees that a newer one is to draw it."""

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


async def page(v: Visit, scene: Scene | None, stream: str, *, led: bool) -> Response:
    """Return the wall as it is now; its script keeps it so by the *stream*'s address.

    One that may be *led* hears keys.
    """
    nonce = base64.b64encode(ids.secret(18)).decode()
    html = _ENVIRONMENT.get_template("wall.html").render(
        t=v.t,
        v=v,
        nonce=nonce,
        style=Markup(theme.tokens() + v.request.app.state.fonts + STYLE),  # noqa: S704 - our own style sheet
        script=Markup(SCRIPT),  # noqa: S704 - our own script
        stream=stream,
        made=MADE,
        scene=scene,
        led=led,
        surface=_surface(scene),
        land=await _land(v, scene),
        field=cities.FIELD,
        qr=_qr(v, scene) if scene else "",
        colour=scene.colour if scene else theme.INK,
        ink=theme.readable(scene.colour) if scene else theme.INK,
        invitation=invitation(v, scene) if scene else "",
        address=v.context.public_url.split("://", 1)[1],
    )
    policy = (
        f"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}';"
        " worker-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:;"
        " form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    )
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return Response(html, 200, headers, media_type="text/html")


def _surface(scene: Scene | None) -> Markup:
    width, height = SURFACE
    if scene is None:
        return Markup(pattern(PLAIN, theme.INK, width, height, 0, scale=LARGEST_CELL))  # noqa: S704 - drawn by us
    svg = pattern(scene.pattern, scene.colour, width, height, scene.filled, scale=scene.scale)
    return Markup(svg)  # noqa: S704 - drawn by us


async def _land(v: Visit, scene: Scene | None) -> tuple[str, str]:
    """Return the land of a map, read and cut off the loop: the first time takes half a second."""
    if scene is None or not scene.frame:
        return "", ""
    return await asyncio.to_thread(cities.land, v.request.app.state.front_end, scene.frame)


def _qr(v: Visit, scene: Scene) -> Markup:
    return Markup(kept_qr_svg(scene.address, invitation(v, scene)))  # noqa: S704 - drawn by us


def invitation(v: Visit, scene: Scene) -> str:
    """Return what the code is for."""
    if scene.asks and scene.kind in {"question", "tally"}:
        return v.t("Vote on your phone")
    return v.t("Answer on your phone") if scene.asks else v.t("Read on your phone")


def encoded(scene: Scene | None) -> bytes:
    """Return a state as one event of the stream."""
    return b"data: " + msgspec.json.encode(scene) + b"\n\n"


AGAIN = b"retry: 2000\n\n"
"""After how many milliseconds a screen whose stream broke asks again; it need not say where."""


class Stream(Response):
    """A stream of server-sent events that ends with its watcher or with the process."""

    def __init__(self, channel: Channel, places: Places, chosen: str = "") -> None:
        super().__init__(media_type="text/event-stream")
        self.channel = channel
        self.places = places
        self.chosen = chosen
        del self.headers["content-length"]
        self.headers["cache-control"] = "no-store"
        self.headers["x-accel-buffering"] = "no"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send states until the other side is gone, takes nothing, or this process ends.

        Where every place is taken, say so at once (503) and when to ask again.
        """
        address = (scope.get("client") or ("",))[0]
        if not self.places.take(address, self.chosen):
            full = Response(status_code=503, headers={"Retry-After": str(AGAIN_AFTER_S)})
            await full(scope, receive, send)
            return
        try:
            await self._watch(receive, send)
        finally:
            self.places.leave(address, self.chosen)

    async def _watch(self, receive: Receive, send: Send) -> None:
        async def hand(message: bytes) -> None:
            await send({"type": "http.response.body", "body": message, "more_body": True})

        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await hand(AGAIN)
        sending = asyncio.create_task(self.channel.watch(hand))
        leaving = asyncio.create_task(_until_gone(receive))
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
            slow = sending.cancelled()
        finally:
            sending.cancel()
            leaving.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
        if not slow:  # to one who takes nothing, not even the end can be said
            with contextlib.suppress(OSError):
                await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def stream(
    request: Request,
    name: str,
    state: Callable[[], Awaitable[Scene | None]],
    every: float,
    *,
    chosen: bool = False,
) -> Stream:
    """Return the stream of a channel by *name*; *chosen*: it shows what a wall's key chose."""
    broadcast: Broadcast = request.app.state.public.broadcast

    async def message() -> bytes:
        return encoded(await state())

    channel = broadcast.channel(name, message, every)
    return Stream(channel, broadcast.places, name if chosen else "")
