"""The one field for every code: a screen's six characters, a QR code's 32, a receipt, a number."""

from __future__ import annotations

import re
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kiosk import ids
from kiosk.errors import InvalidToken, NotFound
from kiosk.people.tokens import CODE_LENGTH, SHORT_LENGTH
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.visit import begin
from kiosk.voice import comment_store
from kiosk.voice.comment import Status

RECEIPT_LENGTH = 24
_NUMBER = re.compile(r"(?:[A-Za-z]-)?\d{1,5}-\d{1,9}")


async def find(request: Request) -> Response:
    """``GET /find?code=…``: leads on to what was typed.

    Raises:
        InvalidToken: it has not the length of any code.
    """
    typed = western(request.query_params.get("code", "").strip()[:80])
    if _NUMBER.fullmatch(typed):
        return RedirectResponse(f"/v/{typed.upper()}", 303)
    tidy = ids.tidy_code(typed)
    if tidy and all(character in ids.CROCKFORD for character in tidy):
        if len(tidy) in {SHORT_LENGTH, CODE_LENGTH}:
            return RedirectResponse(f"/q/{tidy}", 303)
        if len(tidy) == RECEIPT_LENGTH:
            return RedirectResponse(f"/r/{tidy}", 303)
    raise InvalidToken(
        "This is not one of our codes.",
        "A screen’s code has six characters, a receipt has 24. Compare it and type it again.",
    )


def western(typed: str) -> str:
    """Return what was typed with the digits that codes are made of, whatever the keyboard has."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in typed)


async def numbered(request: Request) -> Response:
    """``GET /v/<voice number>``: the voice if it is public; a number tells nothing else.

    Raises:
        NotFound: no voice of that number is on show.
    """
    context: PublicContext = request.app.state.public
    number = request.path_params["number"].removeprefix("V-")
    found = await context.database.read(partial(comment_store.by_voice_number, number=number))
    on_show = found is not None and found.status is Status.PUBLISHED
    if found is None or not on_show or found.place.exhibition not in context.hall.editions:
        raise NotFound(
            "No voice of this number is on show.",
            "It may still wait for review. Your receipt tells where it stands.",
        )
    view = context.hall.holding(found.place.exhibition, found.exhibit, found.place.city)
    v = begin(request, view)
    return RedirectResponse(v.reading(found.exhibit, found.id), 303)
