"""A hub and one touchscreen as files in a folder: copied from a template, harmed, then healed."""

from __future__ import annotations

import asyncio
import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kiosk.database.connection import Database
from kiosk.live.supports import publish_supports
from kiosk.live.tallies import publish_tallies
from kiosk.people.enrolment import Identity, read_identity, write_identity
from kiosk.sync.hub_client import HubClient
from kiosk.voice import actions
from tests.faults.checker import Evidence, Told, converged, holds
from tests.sync.conftest import Hub, Line, Screen, migrated
from tests.world import SUNDAY, StoppedClock, harbour


@dataclass
class Outpost:
    """The files of a hub and of one touchscreen; *hub_url* empty: the hub's SQLite beside it.

    *clock* is the right one, *device* what the touchscreen believes.
    """

    folder: Path
    clock: StoppedClock = field(default_factory=StoppedClock)
    hub_url: str = ""
    device: StoppedClock = field(init=False)

    def __post_init__(self) -> None:
        self.device = self.clock

    @property
    def kiosk_db(self) -> Path:
        """The touchscreen's database."""
        return self.folder / "kiosk.db"

    @property
    def hub_address(self) -> str:
        """The address of the hub's database."""
        return self.hub_url or f"sqlite:///{self.folder / 'hub.db'}"

    @property
    def identity(self) -> Identity:
        """Who the touchscreen is."""
        return read_identity(self.folder / "identity.json")

    def hub_database(self) -> Database:
        """Open the hub's database."""
        return Database.open(self.hub_address)

    def kiosk_database(self) -> Database:
        """Open the touchscreen's database."""
        return Database.open(f"sqlite:///{self.kiosk_db}")

    @contextmanager
    def joined(self) -> Iterator[tuple[Hub, Screen]]:
        """Both at work in this process, with a line between them."""
        with ExitStack() as open_:
            hub_database, database = self.hub_database(), self.kiosk_database()
            open_.callback(hub_database.close)
            open_.callback(database.close)
            hub = Hub(hub_database, self.clock)
            line = Line(hub.app)
            client = HubClient("http://hub", self.identity.credential, line)
            yield hub, Screen(self.identity, database, line, client, self.device)

    def heals(self, told: Told) -> None:
        """Sync twice and check every promise; a third sync must change nothing.

        Raises:
            AssertionError: what is broken.
        """
        with self.joined() as (hub, screen):
            asyncio.run(_syncs(hub, screen))
            with (
                hub.database.engine.connect() as at_hub,
                screen.database.engine.connect() as at_kiosk,
            ):
                kiosks = {screen.identity.id: at_kiosk}
                holds(Evidence(at_hub, kiosks, told, healed=True, followed=True))
                before = converged(at_hub)
            asyncio.run(_again(hub, screen))
            with hub.database.engine.connect() as at_hub:
                assert converged(at_hub) == before, "a retry changed what the hub holds"

    def holds_alone(self, told: Told) -> None:
        """Check what the touchscreen's database promises by itself.

        Raises:
            AssertionError: what is broken.
        """
        database = self.kiosk_database()
        try:
            with database.engine.connect() as at_kiosk:
                holds(Evidence(None, {self.identity.id: at_kiosk}, told))
        finally:
            database.close()


async def _syncs(hub: Hub, screen: Screen) -> None:
    for _ in range(2):
        await screen.push()
        await hub.database.write(lambda c: publish_tallies(c, hub.clock()))
        await hub.database.write(lambda c: publish_supports(c, hub.clock()))
        await screen.pull()
    await screen.client.close()


async def _again(hub: Hub, screen: Screen) -> None:
    client = HubClient("http://hub", screen.identity.credential, Line(hub.app))
    again = Screen(screen.identity, screen.database, screen.line, client, screen.clock)
    await again.push()
    await again.pull()
    await client.close()


def outpost(folder: Path) -> Outpost:
    """Return an outpost of its own in *folder*: enrolled, questions released, nothing said."""
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    return Outpost(folder)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-outpost-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    hub = Hub(migrated(folder / "hub.db"), StoppedClock())
    write_identity(folder / "identity.json", hub.enrols("Town hall"))
    kiosk = migrated(folder / "kiosk.db")
    for database in (hub.database, kiosk):
        database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
        database.close()
    return folder
