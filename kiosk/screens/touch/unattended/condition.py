"""How a screen is: what it lacks that visitors would notice, and whether its page is there."""

from __future__ import annotations

import logging
import shutil
from typing import TYPE_CHECKING

from nicegui import Client

from kiosk.screens import theme

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.screens.touch.context import TouchContext

LEAST_ROOM = 256 * 1024**2
"""Bytes below which the disk counts as full: a database needs room to tidy itself."""

log = logging.getLogger("kiosk.touch")


def room(folder: Path) -> int:
    """Return the free bytes of the disk that *folder*, or the nearest one above it, lies on."""
    there = folder.absolute()
    return shutil.disk_usage(next(p for p in (there, *there.parents) if p.is_dir())).free


def pages() -> int:
    """How many pages have their line open, whatever they show; a browser's own page has none."""
    return sum(client.has_socket_connection for client in Client.instances.values())


def warnings(context: TouchContext) -> list[str]:
    """Return what is wrong, a sentence each, for /healthz and the log; in English."""
    found = []
    missing = theme.missing_fonts(context.front_end)
    if missing:
        said = f"{len(missing)} font files are missing, the first is {missing[0]}"
        found.append(f"{said}: fonts of this machine stand in; run the set-up again")
    free = room(context.staff_code.path.parent)
    if free < LEAST_ROOM:
        found.append(f"the disk has {free // 1024**2} MB left: make room, or no vote can be kept")
    return found


def tell(context: TouchContext) -> None:
    """Write what is wrong into the log, at the start."""
    for sentence in warnings(context):
        log.error("%s", sentence)
