"""The wall's addresses: everything in turn, or one question for as long as it is asked."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.errors import NotFound
from kiosk.exhibition.model import Exhibit, Question
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.visit import Visit, begin
from kiosk.screens.wall import page, rotation, scene
from kiosk.screens.wall.rotation import Wish

KEEP_S = 15.0
"""Seconds after which the state of one question is looked at without any news."""
TURN_LOOK_S = 1.0
"""Seconds after which a rotating wall looks whether its turn is over."""


async def everything(request: Request) -> Response:
    """``GET /wall``: open questions and newest voices in turn, or what a key chose of them."""
    v = _visit(request)
    asked = request.query_params
    wish = Wish(asked.get("hold", ""), asked.get("after", ""), asked.get("kind", ""))
    shown = await rotation.now_showing(v, wish) if v.exhibition.id else None
    return page.page(v, shown, f"/wall/stream?{_query(v)}", request.app.state.fonts)


async def one(request: Request) -> Response:
    """``GET /wall/<question>``: one question with its live tally."""
    v, exhibit, question = _question(request, request.path_params["question"])
    shown = await scene.of_question(v, exhibit, question)
    address = f"/wall/stream?{_query(v, question.id)}"
    return page.page(v, shown, address, request.app.state.fonts)


async def stream(request: Request) -> Response:
    """``GET /wall/stream``: the states of a wall, each whole, one for all walls that are alike."""
    wanted = request.query_params.get("q", "")
    if wanted:
        v, exhibit, question = _question(request, wanted)
        state = partial(scene.of_question, v, exhibit, question)
        return page.stream(request, f"{v.t.language} {question.id}", state, KEEP_S)
    v = _visit(request)
    wish = Wish(await rotation.known(v, request.query_params.get("hold", "")))
    name = f"{v.t.language} {v.exhibition.id} {v.exhibition.city} {wish.hold}".rstrip()

    async def turning() -> scene.Scene | None:
        return await rotation.now_showing(_visit(request), wish)

    return page.stream(request, name, turning, TURN_LOOK_S)


def _visit(request: Request) -> Visit:
    context: PublicContext = request.app.state.public
    wanted = request.query_params.get("x", "")
    view = context.hall.view(wanted, request.query_params.get("city", "")) if wanted else None
    return begin(request, view)


def _question(request: Request, wanted: str) -> tuple[Visit, Exhibit, Question]:
    """Find a question by its id in any exhibition on show.

    Raises:
        NotFound: none of them asks it.
    """
    context: PublicContext = request.app.state.public
    for opened in context.hall.editions.values():
        for view in (opened.view(context.hall.city), *opened.views.all()):
            for exhibit in view.exhibits.values():
                if exhibit.question is not None and exhibit.question.id == wanted:
                    return begin(request, view), exhibit, exhibit.question
    raise NotFound("This question is not on show.", "Start from the first page.")


def _query(v: Visit, question: str = "") -> str:
    pairs = {"lang": v.t.language, "q": question, "x": v.request.query_params.get("x", "")}
    pairs["city"] = v.request.query_params.get("city", "")
    pairs["hold"] = "" if question else v.request.query_params.get("hold", "")
    return urlencode({name: value for name, value in pairs.items() if value})


routes = [
    Route("/wall", everything, methods=["GET"]),
    Route("/wall/stream", stream, methods=["GET"]),
    Route("/wall/{question:path}", one, methods=["GET"]),
]
