"""A hub's public side in one process, without a network: the harbour summit and its phones."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from sqlalchemy import Connection

from kiosk import ids
from kiosk.apps.outer import Outer
from kiosk.apps.public import build
from kiosk.database.connection import Database
from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import Edition, edition_id
from kiosk.exhibition.library import Library, OpenEdition
from kiosk.exhibition.model import Exhibition
from kiosk.exhibition.reader import Views
from kiosk.people import tokens
from kiosk.people.enrolment import Identity, enrol
from kiosk.people.tokens import Kind
from kiosk.settings import load
from kiosk.voice import actions
from kiosk.voice.tally import Tally
from tests.world import LINDMARK, SUNDAY, StoppedClock, harbour, said


class Shelf(Library):
    """A library whose one edition is the harbour's, without files, and as *cities* show it."""

    def __init__(
        self, data: Path, exhibition: Exhibition, cities: Mapping[str, Exhibition] | None = None
    ) -> None:
        super().__init__(data)
        self.views = Views(exhibition, cities or {})

    def open(self, edition: Edition) -> OpenEdition:
        """Return the harbour."""
        return OpenEdition(edition, self.folder, self.views)


@dataclass
class Hub:
    """The public side with its clock and the screen at the town hall."""

    database: Database
    clock: StoppedClock
    screen: Identity
    app: Outer

    def code(self, question: str = "", kind: Kind = Kind.SCREEN, exhibit: str = "") -> str:
        """Return what the town hall's screen shows now."""
        target = tokens.target_of(question, exhibit)
        return tokens.issue(self.screen.key, self.screen.number, kind, target, self.clock())

    def short(self, question: str) -> str:
        """Return the six characters below it."""
        return tokens.short_code(self.screen.key, tokens.target_of(question))

    def tally(self, question: str) -> Tally:
        """Return what is counted."""
        return self.database.read_now(lambda c: actions.tally_of(c, question))


class Phone:
    """A phone: it keeps cookies, follows redirects, and knows no script."""

    def __init__(self, hub: Hub, language: str = "en") -> None:
        transport = httpx.ASGITransport(app=hub.app)
        self.client = httpx.AsyncClient(
            transport=transport,
            base_url="http://hub.example",
            headers={"accept-language": language},
            follow_redirects=True,
        )
        self.page = httpx.Response(200)

    async def open(self, path: str) -> str:
        """Open a page and return its text."""
        self.page = await self.client.get(path)
        return self.page.text

    async def send(self, path: str, **fields: str | list[str]) -> str:
        """Send the form of the page that is open, with its hidden fields."""
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.page.text))
        self.page = await self.client.post(path, data={**hidden, **fields})
        return self.page.text

    async def votes(self, path: str, *choices: str) -> str:
        """Open the page and tap the answers."""
        await self.open(path)
        return await self.send(path, choice=list(choices))

    @property
    def headline(self) -> str:
        """What the page says in large letters."""
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page.text, re.DOTALL)
        assert found is not None, self.page.text
        return html.unescape(re.sub(r"<[^>]+>", "", found[1])).strip()

    def link(self, text: str) -> str:
        """Return where a link leads."""
        found = re.search(rf'<a [^>]*href="([^"]+)"[^>]*>{re.escape(text)}</a>', self.page.text)
        assert found is not None, f"no link {text!r}"
        return html.unescape(found[1])

    def receipt(self) -> str:
        """Return the code that the page shows."""
        found = re.search(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}", self.page.text)
        assert found is not None, self.page.text
        return found[0]


async def open_hub(
    database: Database,
    data: Path,
    exhibition: Exhibition | None = None,
    clock: StoppedClock | None = None,
    cities: Mapping[str, Exhibition] | None = None,
    **settings: object,
) -> Hub:
    """Publish the harbour at a hub, enrol the town hall's screen, and open the doors."""
    shown = exhibition or with_pages(harbour())
    clock = clock or StoppedClock()
    made = load(data=data, public_url="http://hub.example", **settings)
    app = build(made, database, clock)
    app.public.library = Shelf(data, shown, cities)

    def furnish(connection: Connection) -> Identity:
        edition = Edition(edition_id({}), shown.id, 1, {}, SUNDAY, "Ines")
        edition_store.keep(connection, edition)
        edition_store.release(connection, edition, "Ines", SUNDAY)
        actions.register_questions(connection, shown, SUNDAY)
        return enrol(connection, "Town hall", shown.id, LINDMARK, "Town hall", SUNDAY)

    screen = database.write_now(furnish)
    await app.public.refresh()
    app.public.refusal = ""
    return Hub(database, clock, screen, app)


def with_pages(exhibition: Exhibition) -> Exhibition:
    """Return the exhibition with its legal pages."""
    pages: Mapping[str, object] = {
        name: said(f"## {name}\n\nAll about it.")
        for name in ("imprint", "privacy", "accessibility", "counting")
    }
    return replace(exhibition, pages=pages)  # type: ignore[arg-type] # a mapping of localized texts


def secret_of(code: str) -> bytes:
    """Return a receipt's bytes."""
    return ids.from_code(code)
