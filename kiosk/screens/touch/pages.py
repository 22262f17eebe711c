"""The touchscreen's routes: one page for each language, whose steps swap in place."""

from __future__ import annotations

from nicegui import app, ui
from starlette.requests import Request

from kiosk.locale.translator import translator
from kiosk.screens import collector, theme
from kiosk.screens.touch import modes, resume, screens
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.context import Hung, TouchContext
from kiosk.screens.touch.files import serve
from kiosk.screens.touch.frame import access, aloud, idle, languages, lost, missed
from kiosk.screens.touch.frame.bar import Bar
from kiosk.screens.touch.frame.dock import LONG, WIDE, Dock
from kiosk.screens.touch.frame.tools import Tools
from kiosk.screens.touch.listening import report
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.texts import media_files
from kiosk.screens.touch.unattended import night, staff
from kiosk.screens.touch.visit import Visit
from kiosk.screens.widgets.markup import Tag, drawing
from kiosk.screens.widgets.page import Page
from kiosk.screens.widgets.pattern import pattern


def register(context: TouchContext) -> None:
    """Add every route of the touchscreen."""
    ui.add_head_html(serve(context), shared=True)
    missed.tell()
    _attract_page(context)
    for language in context.languages:
        _language_pages(context, language)
    goes_on = resume.route(context, screens.known)
    app.add_api_route(resume.PATH, goes_on, methods=["POST"], include_in_schema=False)
    media = media_files.route(context)
    app.add_api_route("/media/{exhibition}/{path:path}", media, include_in_schema=False)
    app.add_api_route(
        "/speech/{exhibition}/{language}", aloud.clips(context), include_in_schema=False
    )
    _nowhere(context)


def _page(path: str, language: str) -> Page:
    return Page(path, language, lost.words(language))


def _attract_page(context: TouchContext) -> None:
    language = context.languages[0]

    @_page("/", language)
    async def attract(request: Request) -> None:
        browser = request.scope["browser"]
        if not context.sessions.is_resuming(browser):
            context.sessions.end(browser)
        if context.nobody_visits() and context.shelf.switch():
            collector.keep_for_good(collector.FOR_STEPS)
        if context.is_closed():
            _one_main()
            night.page(context, browser)
            return
        hung = context.shelf.first()
        if hung is None:
            _waiting(context, language)
            return
        await _open(context, browser, hung, Step(language, hung.exhibition.id, steps.ATTRACT))


def _language_pages(context: TouchContext, language: str) -> None:
    @_page(f"/{language}", language)
    @_page(f"/{language}/{{rest:path}}", language)
    async def page(request: Request) -> None:
        hung = context.shelf.first()
        if context.is_closed() and not context.sessions.is_under_way(request.scope["browser"]):
            _one_main()
            night.page(context, request.scope["browser"])
            return
        if hung is None:
            _waiting(context, language)
            return
        step = steps.parse(request.url.path, context.languages, context.shelf.ids())
        missing = step is None or not screens.known(context, step)
        if step is None or missing:
            step = Step(language, hung.exhibition.id)
        here = context.shelf.get(step.exhibition) or hung
        await _open(context, request.scope["browser"], here, step, missing=missing)


def _nowhere(context: TouchContext) -> None:
    """Lead from an address of nothing to the beginning."""
    language = context.languages[0]

    @_page("/{rest:path}", language)
    async def nowhere(request: Request) -> None:
        hung = context.shelf.first()
        if hung is None:
            _waiting(context, language)
            return
        ui.status_code(404)
        step = Step(language, hung.exhibition.id)
        await _open(context, request.scope["browser"], hung, step, missing=True)


async def _open(
    context: TouchContext, browser: str, hung: Hung, step: Step, *, missing: bool = False
) -> None:
    visit = Visit(context, browser, hung, step)
    visit.screens = screens.SCREENS
    if missing:
        visit.notice = visit.t("This page does not exist. Here is the beginning.")
    _build(visit)
    await visit.show()
    # Only now: a timer waits for the socket, and NiceGUI then sends the page as it is, empty.
    ui.timer(1.0, visit.tick)
    _come_and_go(context, visit)


def _come_and_go(context: TouchContext, visit: Visit) -> None:
    """Count the page as open only while its socket is: what was left must hold up no edition."""
    client = ui.context.client

    async def came() -> None:
        if visit.is_forgotten:  # its line was broken when its visit ended
            client.run_javascript("kioskLine.leave('/')")
            return
        context.visits.add(visit)
        await visit.changed()

    def let_go() -> None:
        visit.forget()
        client.content.clear()
        client.outbox.message_history.clear()

    def left() -> None:
        context.visits.discard(visit)
        if visit.leads_away or not context.sessions.is_present(visit.browser, visit.session):
            let_go()

    def ended() -> None:
        if not client.has_socket_connection:
            let_go()

    def gone() -> None:
        context.visits.discard(visit)
        context.sessions.closed(visit.browser, client.id)

    visit.session.at_end.append(ended)
    context.sessions.opened(visit.browser, client.id)
    client.on_connect(came)
    client.on_disconnect(left)
    client.on_delete(gone)


def _build(visit: Visit) -> None:
    _one_main()
    example = "true" if visit.exhibition.example else "false"
    visit.root = Tag(
        "div",
        None,
        "touch",
        data_idle_after=str(visit.idle_after),
        data_warning=str(visit.context.warning),
        data_example=example,
        **staff.ambience(visit.context),
        data_exhibition=visit.exhibition.id,
        data_modes=visit.session.modes.text(),
        **aloud.mark(visit),
        **resume.attributes(visit.context, visit.browser, visit.session),
    )
    with visit.root:
        visit.stage = Tag("main", None, "stage")
        Tools(visit)
        visit.bar = Bar(visit)
        visit.dock = Dock(visit)
        access.dialog(visit)
        languages.dialog(visit)
        report.dialog(visit)
        idle.dialog(visit)
        lost.began_again(visit)
        staff.dialog(visit.context)
    _listen(visit)


def _one_main() -> None:
    """Leave the landmark "main" to the stage: Quasar's page claims it for everything."""
    slot = ui.context.client.content.parent_slot
    if slot is not None:
        slot.parent.tag = "div"


def _listen(visit: Visit) -> None:
    def rate(event: object) -> None:
        value = getattr(event, "args", None)
        visit.session.modes.read_at(value if isinstance(value, int) else modes.USUAL_RATE)

    def loudness(event: object) -> None:
        value = getattr(event, "args", None)
        visit.session.modes.sound_at(value if isinstance(value, int) else modes.LOUDEST)

    async def sized(event: object) -> None:
        visit.dock.turn(upright=bool(getattr(event, "args", False)))

    ui.on("kiosk-rate", rate)
    ui.on("kiosk-loudness", loudness)
    ui.on("kiosk-here", visit.here)
    ui.on("kiosk-upright", sized)
    ui.on("kiosk-idle", visit.end)


def _waiting(context: TouchContext, language: str) -> None:
    """Say that no edition has come yet, and look again each second."""
    t = translator(language)
    _one_main()
    page = Tag("div", None, "touch waiting")
    with page, Tag("main", None, "stage"), Tag("div", None, "screen centred"):
        Tag("h1", t("The exhibition is on its way."))
        Tag("p", t("This screen is fetching it. It opens by itself."), "lead")
    with page, Tag("div", None, "dock", aria_hidden="true"), Tag("div", None, "pattern"):
        drawing(pattern("rings", theme.INK, WIDE, LONG, 0))

    def look() -> None:
        if context.shelf.first() is not None:
            ui.navigate.to("/")

    ui.timer(1.0, look)
