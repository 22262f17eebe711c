"""A hub as it is on the day: the real exhibition published, screens enrolled, codes in the hall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.server import ROOT, free_port
from kiosk import clock, ids
from kiosk.apps import administration, publication
from kiosk.database.connection import Database
from kiosk.exhibition.library import Library
from kiosk.exhibition.model import Question, QuestionKind
from kiosk.exhibition.reader import read
from kiosk.people import tickets, tokens
from kiosk.people.enrolment import Identity, enrol, hub_key, write_identity
from kiosk.people.tokens import Kind
from kiosk.settings import Settings, load
from kiosk.voice import actions

CONTENT = ROOT / "content" / "vivre-ensemble"
SCREENS = 60
"""Screens in the hall: each may send 20,000 votes a minute before it is asked to slow down."""

CODES = 4 * SCREENS
"""Codes that may be scanned at a moment: each screen's of the last two minutes."""

PHONE_HEADERS = (
    "User-Agent: Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile"
    "|Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"
    "|Accept-Encoding: gzip, deflate"
    "|Accept-Language: fr-FR,fr;q=0.9,en;q=0.6"
)
"""What a phone's browser sends with each request, for send.lua."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A hub's data and ports, and what is known of it: its key, its screens, a statement."""

    settings: Settings
    key: bytes
    screens: Sequence[Identity]
    question: Question

    @property
    def environment(self) -> Mapping[str, str]:
        """Its settings as its processes' environment."""
        settings = self.settings
        return {
            "KIOSK_DATA": str(settings.data),
            "KIOSK_CONTENT": str(settings.content),
            "KIOSK_FRONT_END": str(settings.front_end.absolute()),
            "KIOSK_DATABASE_URL": settings.database_url,
            "KIOSK_HUB_PORT": str(settings.hub_port),
            "KIOSK_DESK_PORT": str(settings.desk_port),
            "KIOSK_TOUCH_PORT": str(settings.touch_port),
            "KIOSK_HUB_URL": settings.hub_url,
            "KIOSK_PUBLIC_URL": settings.public_url,
            "KIOSK_EXHIBITION": settings.exhibition,
            "KIOSK_IDLE_SECONDS": "600",
        }

    def codes(self, count: int, kind: Kind = Kind.SCREEN) -> list[str]:
        """Return codes of the statement as the screens show them now; a screen's last a minute."""
        target = tokens.target_of(self.question.id)
        now = clock.now()
        return [
            tokens.issue(screen.key, screen.number, kind, target, now, n // len(self.screens) % 256)
            for n, screen in _turns(self.screens, count)
        ]

    def poster(self) -> str:
        """Return the hub's own code for the statement, which does not expire."""
        target = tokens.target_of(self.question.id)
        return tokens.issue(self.key, 0, Kind.POSTER, target, clock.now())

    def ballots(self, count: int) -> list[str]:
        """Return the ends of form bodies, each with a ticket of its own: so many phones' votes."""
        target = tokens.target_of(self.question.id)
        now = clock.now()
        return [
            urlencode(
                {
                    "ticket": tickets.issue(
                        self.key, Kind.SCREEN, screen.number, target, now, ids.secret(16)
                    ),
                    "choice": self.question.choice_ids()[n % 3],
                }
            )
            for n, screen in _turns(self.screens, count)
        ]

    def votes(self, count: int) -> list[str]:
        """Return so many votes for send.lua: what stands in the address, a tab, the form's end.

        The codes are as many as a full hall shows at a time, each screen its own.
        """
        codes = self.codes(CODES)
        return [f"{codes[n % CODES]}\t{form}" for n, form in enumerate(self.ballots(count))]

    def counted(self) -> int:
        """Return how many ballots the statement has, as the tally tells."""
        database = Database.open(self.settings.hub_database)
        try:
            return database.read_now(lambda c: actions.tally_of(c, self.question.id)).ballots
        finally:
            database.close()


def build(folder: Path, database_url: str = "", content: Path = CONTENT) -> Stage:
    """Publish *content* into a new hub in *folder*, enrol its screens; nothing is started."""
    port = free_port()
    settings = load(
        data=folder.absolute(),
        content=ROOT / "content",
        front_end=ROOT / "build/front-end/node_modules",
        database_url=database_url,
        hub_port=port,
        desk_port=free_port(),
        touch_port=free_port(),
        hub_url=f"http://127.0.0.1:{port}",
        public_url=f"http://127.0.0.1:{port}",
        exhibition=CONTENT.name,
    )
    with administration.hub(settings) as database:
        database.migrate()
        now = clock.now()
        publication.publish_folder(database, Library(settings.data), content, "benchmarks", now)
        screens = [
            database.write_now(
                partial(
                    enrol, name=f"Screen {n}", exhibition="", city="", place=f"Hall {n}", now=now
                )
            )
            for n in range(SCREENS)
        ]
        write_identity(settings.touch_identity, screens[0])
        key = database.write_now(hub_key)
    return Stage(settings, key, screens, _statement())


def _statement() -> Question:
    """Return the first statement of the exhibition that may be agreed with."""
    return next(
        exhibit.question
        for exhibit in read(CONTENT).exhibits.values()
        if exhibit.question and exhibit.question.kind is QuestionKind.AGREE
    )


def _turns(screens: Sequence[Identity], count: int) -> list[tuple[int, Identity]]:
    return [(n, screens[n % len(screens)]) for n in range(count)]
