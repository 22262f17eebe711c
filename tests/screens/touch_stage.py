"""Runs a touchscreen on the project's own content without a hub: for browser tests and pictures.

``python -m tests.screens.touch_stage PORT DATA [full] [idle=SECONDS] [turn=SECONDS]``
"""

from __future__ import annotations

import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import uvicorn

from kiosk import clock
from kiosk.apps.touch import build
from kiosk.database.connection import Database
from kiosk.exhibition import reader
from kiosk.screens.touch.context import Hung, Shelf, TouchContext
from kiosk.voice import actions
from tests.screens import touch_voices

ROOT = Path(__file__).parents[2]
FOLDERS = ("vivre-ensemble", "example")


def context(data: Path, options: dict[str, str], *, full: bool) -> TouchContext:
    """Return a context on a database of its own; *full* fills it with voices and votes."""
    database = Database.open(f"sqlite:///{data.absolute() / 'kiosk.db'}")
    database.migrate()
    shelf = Shelf(FOLDERS[0])
    now = clock.now()
    for name in FOLDERS:
        exhibition = reader.read(ROOT / "content" / name)
        shelf.offer(Hung(exhibition, ROOT / "content" / name, "stage"))
        database.write_now(partial(actions.register_questions, exhibition=exhibition, now=now))
        if full:
            earlier = now - timedelta(hours=3)
            database.write_now(partial(touch_voices.fill, exhibition=exhibition, now=earlier))
    return TouchContext(
        database=database,
        shelf=shelf,
        languages=tuple(options.get("languages", "fr,en,de,ar").split(",")),
        city="dusseldorf",
        place="Rathaus",
        origin="stage",
        number=12,
        key=bytes(32),
        public_url=options.get("public", "http://voice.example"),
        front_end=ROOT / "build/front-end/node_modules",
        idle_after=int(options.get("idle", "90")),
        warning=int(options.get("warning", "20")),
        turn=float(options.get("turn", "14")),
    )


def main(arguments: list[str]) -> None:
    """Serve until stopped."""
    port, data = int(arguments[0]), Path(arguments[1])
    options = dict(a.split("=", 1) for a in arguments[2:] if "=" in a)
    stage = context(data, options, full="full" in arguments[2:])
    uvicorn.run(build(stage, port), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1:])
