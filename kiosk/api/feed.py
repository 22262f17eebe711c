"""``GET /api/v1/feed``: what the hub tells its kiosks, in order, held open until there is news."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from kiosk.api.context import ApiContext, spoken_with
from kiosk.errors import InvalidText
from kiosk.sync import serve
from kiosk.sync.wire import page_for

LONGEST_WAIT = 30
"""Seconds that a request may be held open."""


async def pull(request: Request) -> Response:
    """Return the entries behind ``after``: of the kiosk's exhibition, else of ``exhibition``.

    A kiosk enrolled for one is told of no other: the feed has the hashes of groups' codes.
    """
    context: ApiContext = request.app.state.api
    kiosk = await context.kiosk(request)
    after = _whole(request, "after", 0)
    wait = min(_whole(request, "wait", 0), LONGEST_WAIT)
    exhibition = kiosk.exhibition or request.query_params.get("exhibition", "")
    if wait:
        await context.news(after, wait)
        await context.kiosk(request)  # it may have been shut out while it waited
    if not await context.database.read(partial(serve.is_ready, after=after)):
        await context.database.write(serve.make_ready)
    read = partial(serve.page, after=after, exhibition=exhibition, now=context.now())
    return spoken_with(request, page_for, await context.database.read(read))


def _whole(request: Request, name: str, otherwise: int) -> int:
    try:
        value = int(request.query_params.get(name, otherwise))
    except ValueError as error:
        raise InvalidText(f"{name} is not a whole number.", "See docs/protocol.md.") from error
    return max(0, min(value, 2**53))
