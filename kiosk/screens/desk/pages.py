"""The desk's routes: each asks who sits there and what she may do; the rest is refused."""

from __future__ import annotations

from pathlib import Path

from nicegui import app, ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk.errors import Forbidden, KioskError
from kiosk.locale.translator import LANGUAGES, translator
from kiosk.people import staff_sessions
from kiosk.screens import frame as page_frame
from kiosk.screens.desk import entrance, photo, sections, shell
from kiosk.screens.desk import seat as seats
from kiosk.screens.desk.context import DeskContext
from kiosk.screens.desk.seat import Seat
from kiosk.screens.desk.section import Section
from kiosk.screens.widgets.page import Page

HERE = Path(__file__).parent
FRONT_END = "/front-end"


def register(context: DeskContext) -> None:
    """Add every route of the desk."""
    sheet = page_frame.style_sheet(HERE / "style", context.front_end, "/assets/desk.css", FRONT_END)
    script = page_frame.script(HERE / "script", "/assets/desk.js")
    for bundle in (sheet, script):
        _route(bundle)
    if context.front_end.is_dir():
        app.add_static_files(FRONT_END, context.front_end, max_cache_age=86_400)
    ui.add_head_html(page_frame.head([sheet], [script]), shared=True)
    # Quasar's bar of what is loading has no name for a screen reader, and says nothing of use here.
    app.config.quasar_config["loadingBar"]["skipHijack"] = True
    entrance.register(context, sheet.address)
    photo.register(context)
    _first_pages(context, sheet.address)
    for section in sections.SECTIONS:
        for language in LANGUAGES:
            _page(context, section, language, sheet.address)


def _page(context: DeskContext, section: Section, language: str, sheet: str) -> None:
    path = f"/{language}/{{exhibition}}/{section.path}"

    @Page(path, language, title=_title(section, language))
    async def page(request: Request, exhibition: str) -> Response | None:
        try:
            seat = await seats.take(context, request, language, exhibition)
            if seat is None:
                return _to_login(request, language)
            if not seat.actor.anywhere(section.permission, exhibition):
                raise Forbidden("Your role does not include this page.", "Choose one above.")
            await _draw(seat, section, request)
        except KioskError as error:
            return entrance.plain_page(translator(language), sheet, error)
        return None


async def _draw(seat: Seat, section: Section, request: Request) -> None:
    with shell.frame(seat, section, sections.SECTIONS):
        await section.draw(seat, request)


def _title(section: Section, language: str) -> str:
    t = translator(language)
    return f"{section.title(t)} · {t('Desk')}"


def _first_pages(context: DeskContext, sheet: str) -> None:
    """``/``, ``/<language>`` and ``/<language>/<exhibition>`` lead to the first section of hers."""

    async def first(request: Request) -> Response:
        begins_with = request.url.path.split("/")[1]
        language = begins_with or entrance.language_of(request)
        try:
            return await _first(context, request, language)
        except KioskError as error:
            return entrance.plain_page(translator(language), sheet, error)

    app.add_route("/", first, methods=["GET"], include_in_schema=False)
    for language in LANGUAGES:
        for path in (f"/{language}", f"/{language}/{{exhibition}}"):
            app.add_route(path, first, methods=["GET"], include_in_schema=False)


async def _first(context: DeskContext, request: Request, language: str) -> Response:
    token, now = request.cookies.get(context.cookie, ""), context.clock()
    actor = await context.database.read(lambda c: staff_sessions.actor_of(c, token, now))
    if actor is None:
        return _to_login(request, language)
    wanted = request.path_params.get("exhibition", "")
    for exhibition in await seats.open_exhibitions(context, actor):
        for section in sections.SECTIONS:
            allowed = not section.below and actor.anywhere(section.permission, exhibition.id)
            if allowed and wanted in {"", exhibition.id}:
                return RedirectResponse(f"/{language}/{exhibition.id}/{section.path}", 303)
    raise Forbidden(
        "There is nothing here for your role yet.",
        "Ask an administrator of the desk, or wait until an exhibition is published.",
    )


def _to_login(request: Request, language: str) -> Response:
    onward = request.url.path if request.url.path.count("/") > 2 else ""
    address = f"/login?language={language}" + (f"&next={onward}" if onward else "")
    return RedirectResponse(address, 303)


def _route(bundle: page_frame.Bundle) -> None:
    async def text() -> Response:
        caching = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(bundle.text, media_type=bundle.media_type, headers=caching)

    app.add_api_route(bundle.path, text, include_in_schema=False)
