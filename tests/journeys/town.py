"""A town hall's hub and touchscreen: data prepared once, copied for each test, run as processes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy import Connection

from kiosk import clock
from kiosk.apps import administration, publication
from kiosk.database.connection import Database
from kiosk.exhibition import edition_store
from kiosk.exhibition.library import Library
from kiosk.people import appointments
from kiosk.people.enrolment import HUB_NUMBER, Identity, hub_key, read_identity
from kiosk.settings import Settings, load
from kiosk.voice import actions
from tests.journeys.checkout import ROOT
from tests.journeys.people import EVERYONE, SCEAUX, SUMMIT, TOWN_HALL
from tests.journeys.processes import Process, free_port

EXHIBITIONS = (SUMMIT, "example")


@cache
def prepared(folder: Path) -> Path:
    """Return a folder with a hub's and a touchscreen's data as they are on an ordinary morning.

    Both exhibitions are released, the touchscreen is enrolled and has fetched them, the staff
    have accounts; nobody has voted or spoken.
    """
    now = clock.now()
    hub, kiosk = folder / "hub", folder / "kiosk"
    settings = load(data=hub, content=ROOT / "content")
    with administration.hub(settings) as database:
        database.migrate()
        library = Library(hub)
        editions = [
            publication.publish_folder(database, library, ROOT / "content" / name, "Rosa", now)
            for name in EXHIBITIONS
        ]
        identity = kiosk / "touch" / "identity.json"
        administration.enrol_on(database, identity, TOWN_HALL, "", SCEAUX, TOWN_HALL, now)
        database.write_now(_appoint)
        database.write_now(hub_key)
    shutil.copytree(hub / "files", kiosk / "touch" / "files", copy_function=_share)
    own = Database.open(f"sqlite:///{kiosk / 'touch' / 'kiosk.db'}")
    own.migrate()
    fetched = [Library(kiosk / "touch").open(edition) for edition in editions]

    def keep(connection: Connection) -> None:
        for opened in fetched:
            edition_store.keep(connection, opened.edition)
            for view in opened.views.all():
                actions.register_questions(connection, view, now)
            edition_store.release(connection, opened.edition, "hub", now)

    own.write_now(keep)
    own.close()
    return folder


def _appoint(connection: Connection) -> None:
    for one in EVERYONE:
        appointments.appoint(connection, one.user, one.name, one.password, one.grants, clock.now())


def _share(source: str, target: str) -> str:
    """Copy by a second name where the file never changes, else by its octets."""
    if "/files/" in source or "/editions/" in source:
        Path(target).hardlink_to(source)
        return target
    return shutil.copy2(source, target)


@dataclass
class Town:
    """One hub and one touchscreen, each with its own data folder, on ports of their own."""

    folder: Path
    public: Process = field(init=False)
    desk: Process = field(init=False)
    touch: Process = field(init=False)

    def __post_init__(self) -> None:
        ports = [free_port() for _ in range(3)]
        public, desk, touch = ports
        address = f"http://127.0.0.1:{public}"
        shared = {
            "content": ROOT / "content",
            "front_end": ROOT / "build/front-end/node_modules",
            "public_url": address,
            "desk_url": f"http://127.0.0.1:{desk}",
            "hub_url": address,
            "hub_port": public,
            "desk_port": desk,
            "touch_port": touch,
            "exhibition": SUMMIT,
            "city": SCEAUX,
            "show_examples": "true",
        }
        hub = shared | {"data": self.folder / "hub"}
        # No story here is about standing still; a slow machine would send its people away.
        kiosk = shared | {"data": self.folder / "kiosk", "idle_seconds": 600}
        logs = self.folder / "logs"
        self.public = Process("public", public, hub, logs / "public.log")
        self.desk = Process("desk", desk, hub, logs / "desk.log")
        self.touch = Process("touch", touch, kiosk, logs / "touch.log")

    def start(self, *processes: Process) -> None:
        """Start these, or all three, and wait until they serve."""
        wanted = processes or (self.public, self.desk, self.touch)
        for process in wanted:
            process.start()
        for process in wanted:
            process.await_ready()

    def end(self) -> None:
        """Kill what still runs."""
        for process in (self.touch, self.desk, self.public):
            process.kill()

    @property
    def hub_settings(self) -> Settings:
        """The hub's settings, for what an operator does at the command line."""
        return load(data=self.folder / "hub", content=ROOT / "content", speech=False)

    @property
    def screen(self) -> Identity:
        """Who the touchscreen is."""
        return read_identity(self.folder / "kiosk" / "touch" / "identity.json")

    @contextmanager
    def hub_database(self) -> Iterator[Database]:
        """The hub's database, beside its processes."""
        with administration.hub(self.hub_settings) as database:
            yield database

    @contextmanager
    def kiosk_database(self) -> Iterator[Database]:
        """The touchscreen's own database."""
        path = self.folder / "kiosk" / "touch" / "kiosk.db"
        database = Database.open(f"sqlite:///{path}")
        try:
            yield database
        finally:
            database.close()

    def key_of(self, number: int) -> bytes | None:
        """The key that signs a screen's codes, or the hub's own (number 0)."""
        if number == HUB_NUMBER:
            with self.hub_database() as database:
                return database.write_now(hub_key)
        return self.screen.key if number == self.screen.number else None


@contextmanager
def town(folder: Path, template: Path) -> Iterator[Town]:
    """A town of its own on a copy of the prepared data; whatever it started is ended."""
    shutil.copytree(template, folder, copy_function=_share, dirs_exist_ok=True)
    made = Town(folder)
    try:
        yield made
    finally:
        made.end()
