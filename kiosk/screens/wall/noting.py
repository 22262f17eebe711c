"""Notes what open walls show, so that whoever leads them at the desk sees it."""

from __future__ import annotations

import contextlib

from kiosk.errors import KioskError
from kiosk.moderation import wall_store
from kiosk.moderation.wall import Showing
from kiosk.screens.phone.visit import Visit
from kiosk.screens.wall import leading
from kiosk.screens.wall.leading import Now

AGAIN_S = 10.0
"""Seconds after which a wall that shows the same is noted again: it is still there."""

LEAST_S = 1.0
"""Seconds between two notes of one wall, whatever its screens show."""


async def note(v: Visit, city: str, wall: str, now: Now) -> None:
    """Keep what a wall shows, if it changed or was not said lately; never in the wall's way."""
    at = v.context.now().timestamp()
    where = (v.exhibition.id, city, wall)
    showing = Showing(leading.name_in(now.scene), now.by, at)
    last = v.context.noted.get(where)
    if last is not None:
        same = (last.scene, last.by) == (showing.scene, showing.by)
        if 0 <= at - last.at < (AGAIN_S if same else LEAST_S):
            return
    v.context.noted[where] = showing
    with contextlib.suppress(KioskError):
        await v.context.database.write(lambda c: wall_store.note(c, *where, showing))
