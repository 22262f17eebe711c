"""Stands in front of every NiceGUI app: refuses foreign origins and sets the security headers.

NiceGUI takes WebSockets from any origin and sets no headers (findings.md); its pages need
``unsafe-eval``, so every script tag gets a nonce and nothing else may start a script.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 64 * 1024
"""Octets of a request's body, unless the app says otherwise."""

_SCRIPT = re.compile(rb"<(script|link rel=\"modulepreload\")(?=[\s>])")
_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_SOCKET = "/_nicegui_ws"
_OPEN_TO_PROBES = "/healthz"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # "no-referrer" would make browsers send "Origin: null" with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


def guarded(
    app: ASGIApp,
    origins: Iterable[str],
    largest_body: int = LARGEST_BODY,
    *,
    compressed: bool = True,
) -> ASGIApp:
    """Return *app* behind the guard, with compression outside of it.

    *origins* are the addresses under which people reach the app, such as
    ``http://127.0.0.1:8001``; no other Host and no other Origin is served. NiceGUI's own
    compression must be off (``gzip_middleware_factory=None``). *largest_body* is in octets.
    Not *compressed* is what no line carries: it is shown on the machine that serves it.
    """
    guard = Guard(app, origins, largest_body)
    return GZipMiddleware(guard, minimum_size=1000) if compressed else guard


def own_origins(port: int, *addresses: str) -> tuple[str, ...]:
    """The origins of an app on this machine's *port*, and its *addresses* seen from elsewhere."""
    local = (f"http://127.0.0.1:{port}", f"http://localhost:{port}")
    return tuple(dict.fromkeys((*local, *(a.rstrip("/") for a in addresses if a))))


def page_policy(nonce: str, sockets: str = "") -> str:
    """The content security policy of a NiceGUI page (measured in findings.md)."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'nonce-{nonce}' 'strict-dynamic' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            f"connect-src 'self' {sockets}".rstrip(),
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
        )
    )


class Guard:
    """The ASGI layer that :func:`guarded` puts in front of an app."""

    def __init__(self, app: ASGIApp, origins: Iterable[str], largest_body: int) -> None:
        self.app = app
        self.origins = frozenset(origins)
        self.hosts = frozenset(urlsplit(origin).netloc for origin in self.origins)
        self.largest_body = largest_body
        sockets = {re.sub("^http", "ws", origin) for origin in self.origins}
        self.sockets = " ".join(sorted(sockets))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse what is foreign; let the rest through with its headers set."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        if headers.get("origin") in self.origins and headers.get("host") in self.hosts:
            await self.app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": "foreign origin"})

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope)
        if refusal is not None:
            await _with_headers(refusal, scope, receive, send)
            return
        # The page's HTML is rewritten here, so it must come uncompressed.
        scope["headers"] = [h for h in scope["headers"] if h[0] != b"accept-encoding"]
        answer = _Answer(send, secrets.token_urlsafe(18), self.sockets)
        await self.app(scope, _Limited(receive, self.largest_body), answer)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if scope["path"] != _OPEN_TO_PROBES and headers.get("host") not in self.hosts:
            return PlainTextResponse("This address is not served here.", 421)
        origin = headers.get("origin")
        changes = scope["method"] not in _READING
        foreign = origin is not None and origin not in self.origins
        unsaid = origin is None and headers.get("sec-fetch-site") != "same-origin"
        if (changes and (foreign or unsaid)) or (foreign and scope["path"].startswith(_SOCKET)):
            return PlainTextResponse("This was sent from another site and was not done.", 403)
        if int(headers.get("content-length") or 0) > self.largest_body:
            return PlainTextResponse("This is too large; nothing of it was kept.", 413)
        return None


async def _with_headers(
    response: PlainTextResponse, scope: Scope, receive: Receive, send: Send
) -> None:
    response.headers.update(_HEADERS)
    await response(scope, receive, send)


class _Limited:
    """A request's body, cut off where it grows beyond the limit without having said so."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self.receive = receive
        self.left = largest

    async def __call__(self) -> Message:
        message = await self.receive()
        self.left -= len(message.get("body", b""))
        return message if self.left >= 0 else {"type": "http.disconnect"}


class _Answer:
    """A response on its way out: headers set, and a page's scripts marked with the nonce."""

    def __init__(self, send: Send, nonce: str, sockets: str) -> None:
        self.send = send
        self.nonce = nonce
        self.sockets = sockets
        self.start: Message | None = None
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] == "http.response.body" and self.start is not None:
            await self._gather(message)
        else:
            await self.send(message)

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers.update(_HEADERS)
        is_page = headers.get("content-type", "").startswith("text/html")
        # Our own plain pages bring their strict policy and no script: they stay as they are.
        if is_page and "content-security-policy" not in headers:
            headers["Content-Security-Policy"] = page_policy(self.nonce, self.sockets)
            self.start = message
        if is_page:
            headers["Cache-Control"] = "no-store"
        if self.start is None:
            await self.send(message)

    async def _gather(self, message: Message) -> None:
        self.body += message.get("body", b"")
        if message.get("more_body") or self.start is None:
            return
        tag = rb'<\1 nonce="' + self.nonce.encode() + rb'"'
        page = _SCRIPT.sub(tag, bytes(self.body))
        MutableHeaders(scope=self.start)["Content-Length"] = str(len(page))
        await self.send(self.start)
        self.start = None
        await self.send({"type": "http.response.body", "body": page, "more_body": False})
