"""``GET /api/v1/feed``: what the hub tells its kiosks, in order, held open until there is news."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from kiosk.api.context import ApiContext, Encoded
from kiosk.errors import InvalidText
from kiosk.messaging import feed_store, heads
from kiosk.sync.hub_client import FeedPage
from kiosk.sync.receive import epoch

MOST = 500
"""Entries of one page."""
LONGEST_WAIT = 30
"""Seconds that a request may be held open."""


async def pull(request: Request) -> Response:
    """Return the entries behind ``after``, of ``exhibition`` or of all."""
    context: ApiContext = request.app.state.api
    kiosk = await context.kiosk(request)
    after = _whole(request, "after", 0)
    wait = min(_whole(request, "wait", 0), LONGEST_WAIT)
    exhibition = request.query_params.get("exhibition", "") or kiosk.exhibition
    if wait:
        await context.news(after, wait)
    life = await context.database.read(partial(heads.read, name="epoch"))
    if not life:
        life = await context.database.write(epoch)
    now = context.now().isoformat()
    read = partial(page, after=after, exhibition=exhibition, life=life, now=now)
    return Encoded(await context.database.read(read))


def page(connection: Connection, after: int, exhibition: str, life: str, now: str) -> FeedPage:
    """Return one page; its head is the last position looked at, so that a reader never waits."""
    entries = feed_store.after(connection, after, MOST, exhibition)
    full = len(entries) == MOST
    head = entries[-1].position if full else feed_store.head(connection)
    return FeedPage(life, head, entries, now)


def _whole(request: Request, name: str, otherwise: int) -> int:
    try:
        value = int(request.query_params.get(name, otherwise))
    except ValueError as error:
        raise InvalidText(f"{name} is not a whole number.", "See docs/protocol.md.") from error
    return max(0, value)
