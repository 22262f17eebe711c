"""The wall's addresses: what its turn, a key or the desk brings, or one question for good."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kiosk.errors import NotFound
from kiosk.exhibition.model import Exhibit, Exhibition, Kind, Question
from kiosk.locale.translator import LANGUAGES
from kiosk.moderation import wall_store
from kiosk.moderation.wall import SceneName, Wall
from kiosk.screens import away
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.visit import Visit, begin
from kiosk.screens.wall import asked, leading, noting, page
from kiosk.screens.wall.leading import Wish
from kiosk.screens.wall.scene import Scene

KEEP_S = 15.0
"""Seconds after which the state of one question is looked at without any news."""
TURN_LOOK_S = 1.0
"""Seconds after which a rotating wall looks whether its turn is over."""
LONGEST_POSITION = 18
"""Digits of a position in the feed: more than any has, fewer than ``int`` refuses."""


async def everything(request: Request) -> Response:
    """``GET /wall``: what has its turn, what the desk chose, or what a key chose of it."""
    v = _visit(request)
    shown = await _asked_for(v) if v.exhibition.id else None
    return await page.page(v, shown, f"/wall/stream?{_query(v)}", led=True)


async def _asked_for(v: Visit) -> Scene | None:
    """Return what a key asked for, or else what the wall shows."""
    wanted = v.request.query_params
    now = await leading.now_showing(v, wanted.get("wall", ""), _wish(v))
    if "after" not in wanted:
        return now.scene
    name = await leading.after_key(v, SceneName.parse(wanted["after"]), wanted.get("kind", ""))
    found = await leading.of_name(v, name) if name else None
    if found is None or now.scene is None:
        return now.scene
    return leading.told(found, now.scene.led)


async def one(request: Request) -> Response:
    """``GET /wall/<question>``: one question with its live tally, whatever the desk says."""
    v, exhibit, question = _question(request, request.path_params["question"])
    shown = await asked.of_tally(v, exhibit, question)
    return await page.page(v, shown, f"/wall/stream?{_query(v, question.id)}", led=False)


async def stream(request: Request) -> Response:
    """``GET /wall/stream``: the states of a wall, each whole, one for all walls that are alike."""
    wanted = request.query_params.get("q", "")
    if wanted:
        v, _, question = _question(request, wanted)

        async def standing() -> Scene:
            return await asked.of_tally(*_question(request, wanted))  # as the newest edition has it

        return page.stream(request, f"{v.t.language} {question.id}", standing, KEEP_S)
    v = _visit(request)
    known = await _known_wall(v)
    city, wall = (known.city, known.id) if known else (leading.city_of(v), "")
    wish = await _known_wish(v, wall)
    # A wall that names its exhibition keeps it when another comes first.
    named = request.query_params.get("x", "")
    shown = f"{named} {v.exhibition.id} {v.exhibition.city}"
    name = f"{v.t.language} {shown} {wall} {wish.hold} {wish.since}"

    async def turning() -> Scene | None:
        again = _visit(request)
        now = await leading.now_showing(again, wall, wish)
        await noting.note(again, city, wall, now)
        return now.scene

    return page.stream(request, name, turning, TURN_LOOK_S, chosen=bool(wish.hold))


async def _known_wall(v: Visit) -> Wall | None:
    """Return the wall that has a name at the desk; none, so that all without one are alike."""
    wall, city = v.request.query_params.get("wall", ""), leading.city_of(v)
    if not wall:
        return None
    return await v.context.database.read(
        lambda c: wall_store.hanging(c, v.exhibition.id, city, wall)
    )


async def _known_wish(v: Visit, wall: str) -> Wish:
    """Return what a key chose if it can be shown; else none, so that all such walls are alike.

    A key that still counts was pressed after the desk's last word, whatever the address says.
    """
    wish, last = _wish(v), await leading.led(v, wall)
    name = SceneName.parse(wish.hold)
    if name is None or last.position > wish.since or not await leading.now_of(v, name):
        return Wish()
    return Wish(str(name), last.position)


def _wish(v: Visit) -> Wish:
    wanted = v.request.query_params
    since = wanted.get("since", "")[:LONGEST_POSITION]
    return Wish(wanted.get("hold", ""), int(since) if since.isdecimal() else 0)


def _visit(request: Request) -> Visit:
    context: PublicContext = request.app.state.public
    wanted = request.query_params.get("x", "") or context.hall.first
    if not wanted:
        return begin(request)
    city = request.query_params.get("city", "")
    view = context.hall.view(wanted, city)
    # A city that adds no words of its own has walls all the same; one that nobody knows has none.
    if view.city != city and _is_known(context, view, city):
        view = replace(view, city=city)
    return begin(request, view)


def _is_known(context: PublicContext, view: Exhibition, city: str) -> bool:
    """Whether a city is one of the exhibition's, or has a screen."""
    exhibit = view.exhibits.get(city)
    if exhibit is not None and exhibit.kind is Kind.CITY:
        return True
    return bool(city) and any(screen.city == city for screen in context.hall.screens.values())


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
    wanted = v.request.query_params
    pairs = {"lang": v.t.language, "q": question, "x": wanted.get("x", "")}
    pairs["city"] = wanted.get("city", "")
    if not question:
        pairs |= {name: wanted.get(name, "") for name in ("wall", "hold", "since")}
    return urlencode({name: value for name, value in pairs.items() if value})


routes = [
    away.route("/wall-away.js", LANGUAGES, page.FOLDER / "back.js"),
    Route("/wall", everything, methods=["GET"]),
    Route("/wall/stream", stream, methods=["GET"]),
    Route("/wall/{question:path}", one, methods=["GET"]),
]
