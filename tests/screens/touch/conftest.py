"""A touchscreen in a simulated browser, on the project's own content, and who stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from nicegui import ui
from nicegui.testing import User

from kiosk.database.connection import Database
from kiosk.exhibition import reader
from kiosk.exhibition.model import Exhibition
from kiosk.screens.touch import pages
from kiosk.screens.touch.context import Hung, Shelf, TouchContext
from kiosk.screens.touch.session import BrowserCookie
from kiosk.screens.touch.visit import Visit
from kiosk.voice import actions
from tests.screens.touch.standing import Standing
from tests.world import SUNDAY, StoppedClock

ROOT = Path(__file__).resolve().parents[3]
CONTENT = ROOT / "content"


@pytest.fixture(scope="session")
def exhibitions() -> tuple[Exhibition, Exhibition]:
    """The real exhibition as Sceaux shows it, and the fictional one; read once."""
    return reader.read(CONTENT / "vivre-ensemble", "sceaux"), reader.read(CONTENT / "example")


@pytest.fixture
def database(tmp_path: Path, exhibitions: tuple[Exhibition, Exhibition]) -> Iterator[Database]:
    """The screen's database, with every question and nobody's vote."""
    opened = Database.open(f"sqlite:///{tmp_path / 'kiosk.db'}")
    opened.migrate()
    for exhibition in exhibitions:
        opened.write_now(partial(actions.register_questions, exhibition=exhibition, now=SUNDAY))
    yield opened
    opened.close()


@pytest.fixture
def context(database: Database, exhibitions: tuple[Exhibition, Exhibition]) -> TouchContext:
    """A screen in the town hall of Sceaux."""
    shelf = Shelf("vivre-ensemble")
    for exhibition in exhibitions:
        shelf.offer(Hung(exhibition, CONTENT / exhibition.id, "first"))
    return TouchContext(
        database=database,
        shelf=shelf,
        languages=("en", "fr", "ar"),
        city="sceaux",
        place="Town hall",
        origin="screen",
        number=12,
        key=bytes(32),
        public_url="http://voice.example",
        front_end=ROOT / "build" / "front-end" / "node_modules",
        clock=StoppedClock(),
    )


@pytest.fixture
async def standing(user: User, context: TouchContext) -> Standing:
    """A visitor before the screen."""
    pages.register(context)
    transport = user.http_client._transport
    assert isinstance(transport, httpx.ASGITransport)
    transport.app = BrowserCookie(transport.app)
    return Standing(user, context)


@pytest.fixture
def visits(monkeypatch: pytest.MonkeyPatch) -> list[Visit]:
    """The pages that were opened; their seconds pass when the story says so."""
    opened: list[Visit] = []
    monkeypatch.setattr(ui, "timer", lambda _seconds, tick: opened.append(tick.__self__))
    return opened
