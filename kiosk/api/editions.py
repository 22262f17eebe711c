"""``GET /api/v1/editions/{id}``: an edition's record with its manifest, for kiosks to fetch."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response


async def record(request: Request) -> Response:
    """Return the edition's record as JSON."""
    raise NotImplementedError(request)
