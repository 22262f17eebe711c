"""``GET /api/v1/editions/{id}``: an edition's record with its manifest, for kiosks to fetch."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from kiosk.api.context import ApiContext
from kiosk.errors import NotFound
from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import to_record


async def record(request: Request) -> Response:
    """Return the edition's record as JSON; it never changes."""
    context: ApiContext = request.app.state.api
    await context.kiosk(request)
    wanted = request.path_params["edition"]
    edition = await context.database.read(partial(edition_store.get, edition=wanted))
    if edition is None:
        raise NotFound("There is no such edition.", "Ask the feed which one is released.")
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return Response(to_record(edition), headers=headers, media_type="application/json")
