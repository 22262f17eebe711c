"""Stands in, in a browser, for a server that is away, so that no screen shows a browser's error."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.locale.languages import direction
from kiosk.locale.translator import translator

_SCRIPT = Path(__file__).with_name("away.js")

_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'",
}
"""What the script itself may do: ask its server, and nobody else."""


def route(path: str, languages: tuple[str, ...], back: Path) -> Route:
    """Serve the background script (a service worker) that a screen's page registers.

    While the server is away it says so in each of the *languages*; the script in *back* looks
    whether it is there again, and goes on.
    """

    async def serve(_request: Request) -> Response:
        return Response(_script(languages, back), 200, _HEADERS, "text/javascript")

    return Route(path, serve)


@cache
def _script(languages: tuple[str, ...], back: Path) -> str:
    """Return the script; made when first asked for, since it reads every language's catalogue."""
    words = ((each, escape(translator(each)("One moment, please."))) for each in languages)
    said = "".join(f'<p lang="{x}" dir="{direction(x)}">{word}</p>' for x, word in words)
    text = _SCRIPT.read_text(encoding="utf-8")
    return text.replace("{words}", said).replace("{script}", back.read_text(encoding="utf-8"))
