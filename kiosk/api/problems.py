"""The one shape in which the API says that something was refused (RFC 9457)."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from kiosk.errors import KioskError


def problem(error: KioskError) -> Response:
    """Return a refusal as ``application/problem+json`` with what to do next."""
    body = {
        "type": f"about:blank#{error.code}",
        "title": str(error),
        "status": error.status,
        "code": error.code,
        "cure": error.remedy,
    }
    headers = {"Retry-After": "2"} if error.status == 503 else None
    return Response(
        msgspec.json.encode(body), error.status, headers, media_type="application/problem+json"
    )


async def refused(request: Request, error: Exception) -> Response:
    """Starlette's handler for every :class:`KioskError` that an API route raises."""
    del request
    assert isinstance(error, KioskError)
    return problem(error)
