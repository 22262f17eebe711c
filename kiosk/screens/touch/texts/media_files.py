"""The files of an exhibition's media: their addresses, and the route that serves them in parts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from starlette.responses import FileResponse, Response

from kiosk.exhibition.model import Exhibition, Media, Picture
from kiosk.exhibition.sizes import levels, tiles
from kiosk.screens.touch.context import Hung, TouchContext

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".webp": "image/webp",
        ".jpg": "image/jpeg",
        ".jpeg": "image/jpeg",
        ".png": "image/png",
        ".mp3": "audio/mpeg",
        ".ogg": "audio/ogg",
        ".wav": "audio/wav",
        ".mp4": "video/mp4",
        ".webm": "video/webm",
        ".vtt": "text/vtt",
    }
)
"""By ending: as what a file is served, whatever this machine believes about endings."""

LONG = "private, max-age=31536000, immutable"


def address(visit: Visit, path: str) -> str:
    """Return where a page finds a file; the edition in it lets browsers keep the file."""
    return f"{base(visit)}{path}{mark(visit)}"


def base(visit: Visit) -> str:
    """Return the beginning of all addresses of this exhibition's files."""
    return f"/media/{visit.exhibition.id}/"


def mark(visit: Visit) -> str:
    """Return the end of all of them: which edition they are of."""
    return f"?{visit.hung.edition}" if visit.hung.edition else ""


def is_there(visit: Visit, path: str) -> bool:
    """Tell whether a file lies on the disk; one that does not is told in words instead."""
    return (visit.hung.folder / path).is_file()


class MediaFiles:
    """Serves the files that an exhibition shows, and no others, whole or in the parts asked for."""

    def __init__(self, context: TouchContext) -> None:
        self._context = context
        self._known: dict[str, tuple[Exhibition, frozenset[str]]] = {}

    async def __call__(self, exhibition: str, path: str) -> Response:
        """``GET /media/<exhibition>/<path>``, also in ranges (RFC 9110, 14); 404 for all else."""
        hung = self._context.shelf.get(exhibition)
        kind = TYPES.get(PurePosixPath(path).suffix.lower())
        if hung is None or kind is None or path not in self._paths(hung):
            return Response(status_code=404)
        if not (hung.folder / path).is_file():
            return Response(status_code=404)
        headers = {"Cache-Control": LONG if hung.edition else "no-cache"}
        return FileResponse(hung.folder / path, media_type=kind, headers=headers)

    def _paths(self, hung: Hung) -> frozenset[str]:
        known = self._known.get(hung.exhibition.id)
        if known is None or known[0] is not hung.exhibition:
            known = (hung.exhibition, frozenset(_all_paths(hung.exhibition)))
            self._known[hung.exhibition.id] = known
        return known[1]


def route(context: TouchContext) -> Callable[[str, str], Awaitable[Response]]:
    """Return the handler of the media route."""
    files = MediaFiles(context)

    async def media(exhibition: str, path: str) -> Response:
        return await files(exhibition, path)

    return media


def _all_paths(exhibition: Exhibition) -> Iterator[str]:
    for exhibit in exhibition.exhibits.values():
        for item in exhibit.media:
            yield from _of_media(item)


def _of_media(item: Media) -> Iterator[str]:
    yield item.path
    yield from item.captions.values()
    if item.picture is not None:
        yield from _of_picture(item.picture)


def _of_picture(picture: Picture) -> Iterator[str]:
    yield picture.path
    yield from (size.path for size in picture.sizes)
    if picture.tiled:
        for level in levels(picture.width, picture.height):
            yield from (tile.path for tile in tiles(picture.path, level))
