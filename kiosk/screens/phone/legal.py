"""Imprint, privacy, accessibility, and how votes are counted: the exhibition's own legal pages."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kiosk.errors import NotFound
from kiosk.locale.translator import Translator
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.views import notes
from kiosk.screens.phone.visit import begin

NAMES = ("imprint", "privacy", "accessibility", "counting")


async def show(request: Request) -> Response:
    """``GET /legal/<name>``.

    Raises:
        NotFound: there is no such page.
    """
    context: PublicContext = request.app.state.public
    wanted = request.query_params.get("x", "")
    city = request.query_params.get("city", "")
    v = begin(request, context.hall.view(wanted, city) if wanted else None, city=city)
    name = request.path_params["name"]
    if name not in NAMES or name not in v.exhibition.pages:
        raise NotFound("This page is not part of the exhibition.", "Start from the first page.")
    text = v.pick(v.exhibition.pages[name])
    others = [(title(v.t, n), v.legal(n)) for n in NAMES if n in v.exhibition.pages and n != name]
    return v.page("legal.html", title(v.t, name), text=text, notes=notes(v, [text]), others=others)


def title(t: Translator, name: str) -> str:
    """Return a legal page's title."""
    return {
        "imprint": t("Legal notice"),
        "privacy": t("What we keep, and for how long"),
        "accessibility": t("Accessibility"),
        "counting": t("How votes are counted"),
    }[name]
