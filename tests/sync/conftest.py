"""A hub and a screen with databases of their own, joined by the real API without a network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from kiosk.api.context import ApiContext
from kiosk.api.problems import refused
from kiosk.api.routes import routes
from kiosk.database.connection import Database
from kiosk.errors import KioskError
from kiosk.people.enrolment import Identity, enrol
from kiosk.sync.hub_client import HubClient
from kiosk.sync.pull import Pull
from kiosk.sync.push import Push
from kiosk.voice import actions
from kiosk.voice.place import Place
from tests.postgres import fresh_database
from tests.world import LINDMARK, SUNDAY, StoppedClock, harbour


def migrated(path: Path) -> Database:
    """A new database with every table."""
    database = Database.open(f"sqlite:///{path}")
    database.migrate()
    return database


class Line(httpx.AsyncBaseTransport):
    """The network between a screen and the hub: can be cut, or lose replies."""

    def __init__(self, app: Starlette) -> None:
        self._hub = httpx.ASGITransport(app)
        self.cut = False
        self.replies_to_lose = 0
        self.requests_until_cut = -1
        self.sent: list[int] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Carry a request, unless the line is cut; lose the reply when told to."""
        self.cut |= self.requests_until_cut == 0
        self.requests_until_cut -= 1
        if self.cut:
            raise httpx.ConnectError("the line is cut")
        self.sent.append(len(request.content))
        answer = await self._hub.handle_async_request(request)
        if self.replies_to_lose:
            self.replies_to_lose -= 1
            raise httpx.ReadError("the reply was lost")
        return answer


@dataclass
class Hub:
    """The hub's database behind its API."""

    database: Database
    clock: StoppedClock
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        async def no_waiting(after: int, seconds: float) -> None:
            await asyncio.sleep(0)

        self.app = Starlette(routes=routes, exception_handlers={KioskError: refused})
        self.app.state.api = ApiContext(self.database, no_waiting, self.clock)

    def enrols(self, name: str, exhibition: str = "") -> Identity:
        """Enrol a screen in Lindmark, for every exhibition or for one."""
        enrolled = partial(enrol, name=name, exhibition=exhibition, city=LINDMARK)
        return self.database.write_now(lambda c: enrolled(c, place=name, now=SUNDAY))


@dataclass
class Screen:
    """A kiosk with its own database and its line to the hub."""

    identity: Identity
    database: Database
    line: Line
    client: HubClient
    clock: StoppedClock

    @property
    def place(self) -> Place:
        """Where its voices come from."""
        return Place("harbour", LINDMARK, self.identity.place, "touchscreen", self.identity.id)

    async def push(self) -> int:
        """Send what waits."""
        return await Push(self.database, self.client, self.clock).once()

    async def pull(self) -> None:
        """Take what the hub has to tell."""
        await Pull(self.database, self.client, self.identity.id, "", self.clock).once(wait=0)


@pytest.fixture(params=["sqlite", "postgresql"])
async def hub(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Hub]:
    """The hub on each dialect, with the harbour exhibition released; screens are always SQLite."""
    file = f"sqlite:///{tmp_path / 'hub.db'}"
    database = Database.open(file if request.param == "sqlite" else fresh_database())
    database.migrate()
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    yield Hub(database, StoppedClock())
    database.close()


@pytest.fixture
async def screens(hub: Hub, tmp_path: Path) -> AsyncIterator[tuple[Screen, Screen]]:
    """Two screens, in the town hall and in the library."""
    async with AsyncExitStack() as stack:
        made = []
        for name in ("Town hall", "Library"):
            identity = hub.enrols(name)
            database = migrated(tmp_path / f"{name}.db")
            database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
            line = Line(hub.app)
            client = HubClient("http://hub", identity.credential, line)
            stack.push_async_callback(client.close)
            stack.callback(database.close)
            made.append(Screen(identity, database, line, client, hub.clock))
        yield made[0], made[1]


@pytest.fixture
def town_hall(screens: tuple[Screen, Screen]) -> Screen:
    """The screen in the town hall."""
    return screens[0]


@pytest.fixture
def library(screens: tuple[Screen, Screen]) -> Screen:
    """The screen in the library."""
    return screens[1]
