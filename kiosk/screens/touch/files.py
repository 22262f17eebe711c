"""The files that the touchscreen's pages load: style sheet, script, fonts, keyboard, icons."""

from __future__ import annotations

from html import escape
from pathlib import Path

from nicegui import app
from starlette.responses import Response

from kiosk.exhibition.localized import direction
from kiosk.locale.translator import translator
from kiosk.screens import frame
from kiosk.screens.frame import Bundle
from kiosk.screens.touch import modes
from kiosk.screens.touch.context import TouchContext

HERE = Path(__file__).parent
ASSETS = HERE.parents[2] / "assets"
FRONT_END = "/front-end"
LONG = "public, max-age=31536000, immutable"


def serve(context: TouchContext) -> str:
    """Add the routes of the files and return the head's markup that loads them."""
    sheet = frame.style_sheet(HERE / "style", context.front_end, "/assets/touch.css", FRONT_END)
    script = frame.script(HERE / "script", "/assets/touch.js")
    for bundle in (sheet, script):
        _route(bundle)
    _away(context)
    if context.front_end.is_dir():
        app.add_static_files(FRONT_END, context.front_end, max_cache_age=86_400)
    app.add_static_files("/assets/icons", ASSETS / "icons", max_cache_age=86_400)
    return f"<style>{modes.style(context.width_mm)}</style>\n{frame.head([sheet], [script])}"


def _route(bundle: Bundle) -> None:
    async def text() -> Response:
        return Response(bundle.text, media_type=bundle.media_type, headers={"Cache-Control": LONG})

    app.add_api_route(bundle.path, text, include_in_schema=False)


def _away(context: TouchContext) -> None:
    """The script that stands in for a server that is away, with its words in each language."""
    words = ((each, escape(translator(each)("One moment, please."))) for each in context.languages)
    said = "".join(f'<p lang="{x}" dir="{direction(x)}">{word}</p>' for x, word in words)
    script = (HERE / "away.js").read_text(encoding="utf-8").replace("{words}", said)

    async def away() -> Response:
        headers = {"Cache-Control": "no-cache"}
        return Response(script, media_type="text/javascript", headers=headers)

    app.add_api_route("/away.js", away, include_in_schema=False)
