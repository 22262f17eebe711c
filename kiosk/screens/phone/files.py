"""The files of editions under their SHA-256: pictures for phones, and whole editions for kiosks."""

from __future__ import annotations

import mimetypes
import re

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from kiosk.errors import NotFound
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.hall import Hall

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHOWN = {
    "image/webp",
    "image/jpeg",
    "image/png",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "text/vtt",
}
_FILMS = {"video/mp4", "video/webm"}


async def serve(request: Request) -> Response:
    """``GET /files/<sha256>``; whoever fetches an edition verifies it by its name.

    Raises:
        NotFound: there is no such file.
    """
    context: PublicContext = request.app.state.public
    sha256 = request.path_params["sha256"]
    path = context.library.files.path(sha256) if _SHA256.fullmatch(sha256) else None
    if path is None or not path.is_file():
        raise NotFound("There is no such file.", "Start from the first page.")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return FileResponse(path, media_type=media_type(context.hall, sha256), headers=headers)


def media_type(hall: Hall, sha256: str) -> str:
    """Return the type of a picture, sound or film on show; anything else is only octets."""
    for opened in hall.editions.values():
        for path, record in opened.edition.manifest.items():
            if record.sha256 == sha256:
                guessed = mimetypes.guess_type(path)[0] or ""
                if guessed in _SHOWN | _FILMS:
                    return guessed
    return "application/octet-stream"


routes = [Route("/files/{sha256}", serve, methods=["GET"])]
