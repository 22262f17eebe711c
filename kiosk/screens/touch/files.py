"""The files that the touchscreen's pages load: style sheet, script, fonts, keyboard, icons."""

from __future__ import annotations

from pathlib import Path

from nicegui import app
from starlette.responses import Response

from kiosk.screens import away, frame
from kiosk.screens.frame import Bundle
from kiosk.screens.touch import modes
from kiosk.screens.touch.context import TouchContext

HERE = Path(__file__).parent
ASSETS = HERE.parents[2] / "assets"
FRONT_END = "/front-end"
LONG = "public, max-age=31536000, immutable"

AGAIN = "<script>window.kiosk || setTimeout(() => location.reload(), 1000);</script>"
"""A page whose own script did not come would stand there for good: nothing in it could heal it."""


def serve(context: TouchContext) -> str:
    """Add the routes of the files and return the head's markup that loads them."""
    sheet = frame.style_sheet(HERE / "style", context.front_end, "/assets/touch.css", FRONT_END)
    script = frame.script(HERE / "script", "/assets/touch.js", frame.FIT)
    for bundle in (sheet, script):
        _route(bundle)
    app.router.routes.append(away.route("/away.js", context.languages, HERE / "back.js"))
    if context.front_end.is_dir():
        app.add_static_files(FRONT_END, context.front_end, max_cache_age=86_400)
    app.add_static_files("/assets/icons", ASSETS / "icons", max_cache_age=86_400)
    head = frame.head([sheet], [script])
    return f"<style>{modes.style(context.width_mm)}</style>\n{head}\n{AGAIN}"


def _route(bundle: Bundle) -> None:
    async def text() -> Response:
        return Response(bundle.text, media_type=bundle.media_type, headers={"Cache-Control": LONG})

    app.add_api_route(bundle.path, text, include_in_schema=False)
