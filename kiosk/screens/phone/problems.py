"""A page for each thing that can go wrong: what it is and what to do next, in one's language."""

from __future__ import annotations

import logging
import re

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kiosk.errors import InvalidToken, KioskError, NotFound, Unavailable
from kiosk.people import tokens
from kiosk.screens.phone.asking import wrong
from kiosk.screens.phone.finding import western
from kiosk.screens.phone.visit import begin

_log = logging.getLogger(__name__)


class Fault(KioskError):
    """Something that should not happen has happened here."""

    code = "fault"
    status = 500

    def __init__(self) -> None:
        super().__init__("Something went wrong on our side.", "Try again in a moment.")


LONGEST_TYPED = 60
"""Characters that the field takes."""

_COULD_BE = re.compile(
    r"[0-9A-Z]+|[0-9A-Z]{1,4}[ -][0-9A-Z]{1,9}|([0-9A-Z]{3,5}[ -]){3,6}[0-9A-Z]{1,5}", re.IGNORECASE
)
"""What a mistyped code may look like: one piece, two, or the groups of a receipt."""

AGAIN_AFTER_S = 2
"""Seconds after which a refusal for want of database or disk is worth another try."""


async def refused(request: Request, error: Exception) -> Response:
    """Return the page for a refusal of our own."""
    assert isinstance(error, KioskError)
    shown: KioskError = error
    if error.status >= 500 and not isinstance(error, Fault):
        _log.warning("refused: %s", error.code)
        shown = Unavailable(
            "This cannot be done just now. Nothing was kept.", "Try again in a moment."
        )
    v = begin(request)
    response = v.page(
        "problem.html",
        wrong(v, shown)[0],
        status=error.status,
        lines=wrong(v, shown),
        type_code=isinstance(error, InvalidToken)
        or (_names(request, "/v/") and error.status == 404),
        typed=_typed(request),
        of_receipt=_names(request, "/r/"),
        again=error.status in {409, 422, 429, 503},
    )
    if response.status_code == 503:
        response.headers["Retry-After"] = str(AGAIN_AFTER_S)
    return response


async def unknown(request: Request, error: Exception) -> Response:
    """Return the page for an address or a method that does not exist here."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        shown = KioskError("This cannot be done here.", "Go back and use the buttons of the page.")
    else:
        shown = NotFound("There is no page at this address.", "Start from the first page.")
    v = begin(request)
    response = v.page(
        "problem.html",
        wrong(v, shown)[0],
        status=error.status_code,
        lines=wrong(v, shown),
        type_code=error.status_code == 404,
        again=False,
    )
    response.headers.update(error.headers or {})
    return response


def _names(request: Request, path: str) -> bool:
    """Whether the address is one of those that what was typed leads to."""
    return str(request.scope["path"]).lower().startswith(path)


def _typed(request: Request) -> str:
    """Return what was typed, so that one letter of it is mended; of a scanned code, nothing.

    What could be no code is somebody else's sentence in an address: not on a page of ours.
    """
    given = request.path_params
    code = str(given.get("code", ""))
    short = code if tokens.tidy_short(code) else ""
    wanted = request.query_params.get("code", "") if _names(request, "/find") else ""
    found = str(
        given.get("receipt") or given.get("number") or short or " ".join(western(wanted).split())
    )
    return found if len(found) <= LONGEST_TYPED and _COULD_BE.fullmatch(found) else ""


async def gone(request: Request, error: Exception) -> Response:
    """Answer a phone whose network went while it was sending: nobody hears it, nothing is amiss."""
    del request, error
    return Response(status_code=400)


async def broken(request: Request, error: Exception) -> Response:
    """Return the page for a fault of ours; what was sent is in no log."""
    route = request.scope.get("route")
    place = getattr(route, "path", "an unknown address")
    _log.error("fault at %s: %s", place, type(error).__name__, exc_info=error)
    return await refused(request, Fault())
