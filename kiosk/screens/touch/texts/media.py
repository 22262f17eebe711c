"""An exhibit's pictures, films and sounds: small in the text, and large when they are touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit, Media
from kiosk.screens.touch.texts import media_player, media_viewer

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def pictures(visit: Visit, exhibit: Exhibit) -> None:
    """Put all media of an exhibit on the screen; each opens large in a dialog of its own."""
    for item in exhibit.media:
        _one(visit, item)


def _one(visit: Visit, item: Media) -> None:
    if item.type == "image":
        media_viewer.picture(visit, item)
    else:
        media_player.recording(visit, item)
