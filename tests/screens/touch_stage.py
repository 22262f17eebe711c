"""Runs a touchscreen on the project's own content without a hub: for browser tests and pictures.

``python -m tests.screens.touch_stage PORT DATA [OPTION …]``, each ``full``, ``speaks`` or one of
``turn=SECONDS``, ``gone=SECONDS``, ``languages=fr,en``, ``hours=SPANS``, ``corner=CODE``,
``groupcode=CODE``.

What a hub would bring is played by commands on standard input, one JSON object a line, each
answered by a line: ``{"do": "voice", "exhibit": "benches", "text": "…", "language": "fr"}``.
"""

from __future__ import annotations

import asyncio
import gc
import io
import json
import sys
import threading
import wave
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from nicegui import Client, core
from sqlalchemy import Connection

from kiosk import clock
from kiosk.apps.touch import RECONNECT_S, build
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.exhibition import opening_hours, reader
from kiosk.exhibition.localized import Localized, Written
from kiosk.messaging import heads
from kiosk.people import group_code_store, group_codes
from kiosk.people.group_code_store import GroupCode
from kiosk.screens.touch.context import Hung, Shelf, TouchContext
from kiosk.screens.touch.session import Session
from kiosk.screens.touch.staff_code import StaffCode, keep
from kiosk.screens.touch.visit import Visit
from kiosk.voice import actions, comment_store
from kiosk.voice.comment import Status
from tests.screens import touch_voices

ROOT = Path(__file__).parents[2]
FOLDERS = ("vivre-ensemble", "example")
EXHIBITIONS = {name: reader.read(ROOT / "content" / name) for name in FOLDERS}
"""Read as this is loaded: once for all that are copied from one process (:mod:`forked`)."""


def context(data: Path, options: dict[str, str], *, full: bool) -> TouchContext:
    """Return a context on a database of its own; *full* hangs and fills both exhibitions."""
    database = Database.open(f"sqlite:///{data.absolute() / 'kiosk.db'}")
    database.migrate()
    shelf = Shelf(FOLDERS[0])
    now = clock.now()
    for name in FOLDERS if full else FOLDERS[:1]:
        exhibition = EXHIBITIONS[name]
        shelf.offer(Hung(exhibition, ROOT / "content" / name, "stage"))
        database.write_now(partial(actions.register_questions, exhibition=exhibition, now=now))
        if full:
            earlier = now - timedelta(hours=3)
            database.write_now(partial(touch_voices.fill, exhibition=exhibition, now=earlier))
    if "groupcode" in options:
        database.write_now(partial(facilitators_code, digits=options["groupcode"]))
    return TouchContext(
        database=database,
        shelf=shelf,
        languages=tuple(options.get("languages", "fr,en,de,ar").split(",")),
        city="dusseldorf",
        place="Rathaus",
        origin="stage",
        number=12,
        key=bytes(32),
        public_url="http://voice.example",
        front_end=ROOT / "build/front-end/node_modules",
        idle_after=90,
        turn=float(options.get("turn", "14")),
        hours=opening_hours.read(options.get("hours", ""), "UTC"),
        staff_code=staff_code(data, options.get("corner", "")),
        width_mm=600,
        speaker=Murmur() if "speaks" in options else None,
    )


def facilitators_code(connection: Connection, digits: str) -> None:
    """Let *digits* open group mode for a day, as the hub's feed would tell."""
    hashed = group_codes.digest(digits, FOLDERS[0])
    until = clock.now() + timedelta(days=1)
    group_code_store.keep(connection, GroupCode("code", hashed, FOLDERS[0], "", until))


class Murmur:
    """Says everything in a moment of silence, in whatever language."""

    def speaks(self, language: str) -> bool:
        """It has all voices."""
        return bool(language)

    async def say(self, language: str, text: str) -> bytes:
        """Return a twentieth of a second of nothing, as a WAV file."""
        del language, text
        out = io.BytesIO()
        with wave.open(out, "wb") as made:
            made.setnchannels(1)
            made.setsampwidth(2)
            made.setframerate(8000)
            made.writeframes(bytes(800))
        return out.getvalue()


def staff_code(data: Path, code: str) -> StaffCode:
    """Return the lock of the staff corner, opened by *code* if one is given."""
    if code:
        keep(data / "staff-code", code)
    return StaffCode(data / "staff-code")


class Commands:
    """Plays the hub, and what can go wrong."""

    def __init__(self, stage: TouchContext) -> None:
        self.stage = stage
        self._write = stage.database.write

    def listen(self) -> None:
        """Obey each line of standard input until it ends."""
        for line in sys.stdin:
            asked = json.loads(line)
            print(json.dumps(getattr(self, asked.pop("do"))(**asked)), flush=True)

    def voice(self, **said: Any) -> str:
        """Publish a voice and return its id."""
        exhibition = said.pop("exhibition", FOLDERS[0])
        comment = touch_voices.voice(exhibition, at=clock.now(), **said)
        self.stage.database.write_now(partial(comment_store.mirror, public=comment))
        return comment.id

    def answer(self, comment: str, exhibition: str = FOLDERS[0]) -> None:
        """Release an official answer to a voice."""
        now = clock.now()
        self.stage.database.write_now(
            partial(touch_voices.answer, comment=comment, exhibition=exhibition, at=now)
        )

    def take_down(self, comment: str) -> None:
        """Take a voice off the screens."""
        self.stage.database.write_now(
            partial(comment_store.mark, comment=comment, status=Status.REFUSED)
        )

    def waiting(self) -> list[str]:
        """Return the texts that wait for review."""
        rows = self.stage.database.read_now(touch_voices.waiting)
        return list(rows)

    def reported(self) -> list[tuple[str, str]]:
        """Return which voices were reported, each with its ground."""
        return self.stage.database.read_now(touch_voices.reported)

    def ballots(self, question: str) -> int:
        """Return how many ballots count on a question."""
        return self.stage.database.read_now(partial(actions.tally_of, question=question)).ballots

    def jam(self) -> None:
        """Let every write fail, as on a full disk."""

        async def full(fn: object) -> None:
            raise Unavailable("The disk is full.", "Nothing was lost. Try again later.")

        self.stage.database.write = full  # type: ignore[method-assign, assignment]

    def unjam(self) -> None:
        """Let writes succeed again."""
        self.stage.database.write = self._write  # type: ignore[method-assign]

    def heard(self, hours_ago: float) -> None:
        """Let the hub have been heard last so many hours ago by the screen's clock."""
        heard = (self.stage.clock() - timedelta(hours=hours_ago)).isoformat()
        self.stage.database.write_now(partial(heads.write, name="hub-heard-at", value=heard))

    def jump(self, hours: float) -> None:
        """Set the screen's clock by so many hours."""
        self.stage.clock = lambda: clock.now() + timedelta(hours=hours)

    def sleep(self, seconds: float) -> None:
        """Let the machine have slept for so long."""
        self.stage.sessions.since_boot = lambda: clock.since_boot() + seconds

    def tick(self) -> int:
        """Let every open page look at its visit, as each second; return how many did."""
        return asyncio.run_coroutine_threadsafe(self._tick(), loop()).result()

    async def _tick(self) -> int:
        pages = [page for page in self.stage.visits if isinstance(page, Visit)]
        for page in pages:
            with page.root:
                await page.tick()
        return len(pages)

    def remembers(self, backwards: str) -> list[str]:
        """Return what in this process's memory holds these words, but for this question itself."""
        gc.collect()
        return found_in_memory(backwards[::-1])

    def holds(self) -> dict[str, int]:
        """Return how many pages and visits this process holds, and how many objects in all."""
        gc.collect()
        sessions = sum(1 for each in gc.get_objects() if type(each) is Session)
        return {
            "pages": len(Client.instances),
            "visits": len(self.stage.visits),
            "sessions": sessions,
            "objects": len(gc.get_objects()),
        }

    def edition(self, motto: str) -> None:
        """Bring a new edition with another motto, as the sync worker does."""
        hung = self.stage.shelf.get(FOLDERS[0])
        assert hung is not None
        said = Localized({x: Written(motto) for x in self.stage.languages})
        newer = replace(hung.exhibition, motto=said)
        self.stage.shelf.offer(Hung(newer, hung.folder, "newer"))

    def ends(self, exhibit: str, exhibition: str = FOLDERS[0]) -> None:
        """End the vote on an exhibit now, by an edition that is shown at once."""
        hung = self.stage.shelf.get(exhibition)
        assert hung is not None
        found = hung.exhibition.exhibits[exhibit]
        assert found.question is not None
        over = replace(found, question=replace(found.question, closes_at=self.stage.clock()))
        exhibits = {**hung.exhibition.exhibits, exhibit: over}
        edition = replace(hung.exhibition, exhibits=exhibits)
        self.stage.shelf.offer(Hung(edition, hung.folder, "ended"))
        self.stage.shelf.switch()


def loop() -> asyncio.AbstractEventLoop:
    """The loop in which the pages live."""
    assert core.loop is not None
    return core.loop


def found_in_memory(words: str) -> list[str]:
    """Return the kinds of objects that hold a text with *words* in it."""
    found = []
    for holder in gc.get_objects():
        if isinstance(holder, FrameType):
            continue
        for held in gc.get_referents(holder):
            text = held.decode(errors="replace") if isinstance(held, bytes) else held
            if isinstance(text, str) and words in text and text is not words:
                found.append(f"{type(holder).__name__}: {text[:80]}")
    return found


def main(arguments: list[str]) -> None:
    """Serve until stopped."""
    port, data = int(arguments[0]), Path(arguments[1])
    options = dict(a.split("=", 1) for a in arguments[2:] if "=" in a)
    stage = context(data, options, full="full" in arguments[2:])
    threading.Thread(target=Commands(stage).listen, daemon=True).start()
    app = build(stage, port)
    core.app.config.reconnect_timeout = float(options.get("gone", RECONNECT_S))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1:])
