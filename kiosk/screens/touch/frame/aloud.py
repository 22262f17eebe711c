"""The clips that the page plays when it reads aloud: the edition's, else made on this machine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from kiosk.exhibition import speech
from kiosk.screens.touch.context import Hung, TouchContext

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

KEPT = {"Cache-Control": "private, max-age=3600"}

Clips = Callable[[str, str, Request], Awaitable[Response]]


def mark(visit: Visit) -> dict[str, str]:
    """Return the attribute that says that this screen speaks the visitor's language itself."""
    language = visit.step.language
    speaker = visit.context.speaker
    made = (visit.hung.folder / speech.folder(language)).is_dir()
    able = made or (speaker is not None and speaker.speaks(language))
    return {"data_spoken": ""} if able else {}


def clips(context: TouchContext) -> Clips:
    """Return the handler of ``GET /speech/<exhibition>/<language>?text=…``.

    Only this machine's own page asks, and only for what stands on it and nobody typed (aloud.js).
    What nobody here can say is answered by 404; the browser then tries a voice of its own.
    """

    async def clip(exhibition: str, language: str, request: Request) -> Response:
        text = speech.tidy(request.query_params.get("text", ""))
        if not text or len(text) > speech.LONGEST or not speech.is_language(language):
            return Response(status_code=404)
        made = _of_edition(context.shelf.get(exhibition), language, text)
        if made is not None:
            return made
        speaker = context.speaker
        if speaker is None or not speaker.speaks(language):
            return Response(status_code=404)
        wave = await speaker.say(language, text)
        if not wave:
            return Response(status_code=404)
        return Response(wave, media_type="audio/wav", headers=KEPT)

    return clip


def _of_edition(hung: Hung | None, language: str, text: str) -> Response | None:
    if hung is None:
        return None
    found = (hung.folder / path for path in speech.paths(language, text))
    clip = next((path for path in found if path.is_file()), None)
    return FileResponse(clip, media_type="audio/mpeg", headers=KEPT) if clip else None
