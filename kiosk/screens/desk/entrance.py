"""The way in and out: a plain form without script, answered with a cookie and nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader, select_autoescape
from markupsafe import Markup
from nicegui import app
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kiosk.errors import KioskError, Overloaded
from kiosk.locale.translator import LANGUAGES, Translator, native_name, translator
from kiosk.people import passwords, staff_sessions, staff_store
from kiosk.people.staff_sessions import TooManyTries
from kiosk.screens.desk.context import DeskContext
from kiosk.screens.widgets.pattern import pattern

TEMPLATES = Path(__file__).parent / "templates"
LARGEST_FORM = 4_096
"""Octets of the login form."""

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none';"
    " form-action 'self'; frame-ancestors 'none'"
)


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=select_autoescape())


def register(context: DeskContext, sheet: str) -> None:
    """Add the routes for logging in and out; *sheet* is the address of the style sheet."""

    async def show(request: Request) -> Response:
        return _form(language_of(request), sheet, _next(request.query_params.get("next", "")))

    async def enter(request: Request) -> Response:
        try:
            return await _enter(context, request, sheet)
        except KioskError as error:
            return plain_page(translator(language_of(request)), sheet, error)

    async def leave(request: Request) -> Response:
        try:
            return await _leave(context, request)
        except KioskError as error:
            return plain_page(translator(language_of(request)), sheet, error)

    app.add_route("/login", show, methods=["GET"], include_in_schema=False)
    app.add_route("/login", enter, methods=["POST"], include_in_schema=False)
    app.add_route("/logout", leave, methods=["POST"], include_in_schema=False)


def plain_page(t: Translator, sheet: str, error: KioskError) -> HTMLResponse:
    """Return a page that says what was refused, and the way on."""
    page = _templates().get_template("refusal.html")
    text = page.render(
        t=t,
        sheet=sheet,
        message=t(error.message, **error.values),
        cure=t(error.cure, **error.values) if error.cure else "",
    )
    return HTMLResponse(text, error.status, {"Content-Security-Policy": POLICY})


async def _enter(context: DeskContext, request: Request, sheet: str) -> Response:
    values = await _values(request)
    user_name, password = values.get("user", "").strip().casefold(), values.get("password", "")
    language = values.get("language", "") if values.get("language") in LANGUAGES else "en"
    onward = _next(values.get("next", ""))
    try:
        passwords.must_have_room()
        context.throttle.check(user_name)
        secret = await context.database.read(lambda c: staff_store.secret(c, user_name))
        fits = await passwords.matches_aside(secret.password_hash if secret else None, password)
    except (Overloaded, TooManyTries) as error:
        return _form(language, sheet, onward, user_name, error)
    if secret is None or not fits:
        return _form(language, sheet, onward, user_name, _wrong())
    context.throttle.forget(user_name)
    old, now = request.cookies.get(context.cookie, ""), context.clock()
    token = await context.database.write(lambda c: staff_sessions.begin(c, secret.staff, now, old))
    answer = RedirectResponse(onward or f"/{language}", 303)
    _set_cookie(context, answer, token, int(staff_sessions.LASTS.total_seconds()))
    return answer


async def _leave(context: DeskContext, request: Request) -> Response:
    token = request.cookies.get(context.cookie, "")
    if token:
        await context.database.write(lambda c: staff_sessions.end(c, token))
    answer = RedirectResponse(f"/login?language={language_of(request)}", 303)
    _set_cookie(context, answer, "", 0)
    return answer


def _set_cookie(context: DeskContext, answer: Response, token: str, seconds: int) -> None:
    # Lax, not Strict: a link to the desk in a letter or chat must open it without a new login.
    answer.set_cookie(
        context.cookie,
        token,
        max_age=seconds,
        path="/",
        secure=context.secure,
        httponly=True,
        samesite="lax",
    )


def _form(
    language: str,
    sheet: str,
    onward: str,
    user_name: str = "",
    error: KioskError | None = None,
) -> Response:
    t = translator(language)
    page = _templates().get_template("login.html")
    text = page.render(
        t=t,
        sheet=sheet,
        onward=onward,
        user_name=user_name,
        error=f"{t(error.message)} {t(error.cure)}" if error else "",
        languages=[(code, native_name(code)) for code in LANGUAGES],
        bands=_bands(),
    )
    status = error.status if error else 200
    headers = {"Content-Security-Policy": POLICY}
    if isinstance(error, (TooManyTries, Overloaded)):
        headers["Retry-After"] = "60" if isinstance(error, TooManyTries) else "5"
    return HTMLResponse(text, status, headers)


@cache
def _bands() -> tuple[Markup, ...]:
    """The five patterns of the topics, drawn by this program: no one's words are in them."""
    colours = ("#bd3521", "#1f6b41", "#1f4f8f", "#5f3391", "#8f5a06")
    drawn = zip(("rings", "leaves", "arches", "nodes", "tiles"), colours, strict=True)
    return tuple(Markup(pattern(name, colour, 126, 84, 2, scale=0.5)) for name, colour in drawn)  # noqa: S704 - as above


def _wrong() -> KioskError:
    """One answer for an unknown name and for a wrong password: names cannot be fished for."""
    error = KioskError("User name and password do not fit together.", "Check both, then try again.")
    error.status = 401
    return error


async def _values(request: Request) -> dict[str, str]:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            return {}
    try:
        fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=8)
    except ValueError:  # more fields than ours has
        return {}
    return {name: found[0] for name, found in fields.items()}


def _next(path: str) -> str:
    """Return *path* if it leads to a page of this desk, else an empty text."""
    inside = path.startswith("/") and not path.startswith(("//", "/_", "/log"))
    try:  # as a browser reads it: without tabs, which may hide a second slash
        elsewhere = bool(urlsplit(path).netloc)
    except ValueError:
        elsewhere = True
    return path if inside and not elsewhere and "\\" not in path else ""


def language_of(request: Request) -> str:
    """Return the language asked for, else the first of the browser's that the desk speaks."""
    asked = request.query_params.get("language", "")
    wishes = request.headers.get("accept-language", "").split(",")
    for wish in (asked, *wishes):
        code = wish.split(";")[0].split("-")[0].strip().lower()
        if code in LANGUAGES:
            return code
    return "en"
