"""The outermost layer of the public side: security headers, and 503 while it cannot serve."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from kiosk.api.problems import problem
from kiosk.errors import KioskError, Overloaded, Unavailable
from kiosk.screens.phone import problems
from kiosk.screens.phone.busy import BusyPages
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.thin import ThinVotes
from kiosk.screens.phone.thin_page import ThinPages

Headers = Sequence[tuple[bytes, bytes]]

LEADS_ON = 303
"""What answers a form: no body, another address."""

ALWAYS = frozenset({"/healthz", "/metrics"})
"""Addresses that are answered also while nothing can be shown."""

NO_REFERRER = (b"referrer-policy", b"no-referrer")
"""All that acts on an answer that only leads on (303): the request it leads to goes by it."""

HEADERS = (
    NO_REFERRER,
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
"""On every other answer; pages add their own content security policy."""

NOTHING_ALLOWED = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
"""For answers that are no pages: data and files can do nothing in a browser."""


class Outer:
    """An ASGI app around Starlette's; :attr:`app` and :attr:`public` are there for tests."""

    def __init__(self, app: Starlette, public: PublicContext) -> None:
        self.app = app
        self.public = public
        self.busy = BusyPages(public)
        self.pages = ThinPages(public, HEADERS)
        self.votes = ThinVotes(public, (NO_REFERRER,))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; the lifespan goes through as it is."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refused: KioskError | None = None
        if self.public.refusal:
            if scope["path"] not in ALWAYS:
                refused = Unavailable("The hub is not ready.", "Try again in a moment.")
        elif scope["method"] == "GET":
            if await self.pages.give(scope, send):
                return
        elif scope["method"] == "POST":
            try:
                left = await self.votes.take(scope, receive, send)
            except KioskError as error:
                refused = error
            else:
                if left is None:
                    return
                receive = left

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _guarded(message["status"], message["headers"])
            await send(message)

        if refused is None:
            await self.app(scope, receive, with_headers)
        else:
            response = await self._refused(scope, refused)
            await response(scope, receive, with_headers)

    async def _refused(self, scope: Scope, error: KioskError) -> Response:
        scope["app"] = self.app
        if scope["path"].startswith("/api/"):
            return problem(error)
        if isinstance(error, Overloaded):
            return await self.busy.of(scope, error)
        return await problems.refused(Request(scope), error)


def _guarded(status: int, headers: Headers) -> Headers:
    """Return an answer's own headers and those that go with every answer like it."""
    if status == LEADS_ON:
        return [*headers, NO_REFERRER]
    policy = (
        () if any(name == b"content-security-policy" for name, _ in headers) else (NOTHING_ALLOWED,)
    )
    return [*headers, *HEADERS, *policy]
