"""What the hub released is fetched for as long as it takes, whatever happened on the way."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from kiosk.api.context import ApiContext
from kiosk.errors import Unavailable
from kiosk.messaging import feed_store
from kiosk.people.enrolment import revoke
from kiosk.sync.hub_client import HubClient
from kiosk.sync.worker import Fetch, Worker
from tests.sync.conftest import Hub, Screen
from tests.sync.putting_back import copy_of, put_back
from tests.world import SUNDAY


class Fetched:
    """Stands for the fetching of files: *faults* befall the first tries, one each."""

    def __init__(self, *faults: Exception) -> None:
        self._faults = list(faults)
        self.editions: list[str] = []
        self.told = asyncio.Event()

    async def __call__(self, hub: HubClient, exhibition: str, edition: str) -> bool:
        """Fail as told, then bring the edition."""
        del hub, exhibition
        if self._faults:
            raise self._faults.pop(0)
        self.editions.append(edition)
        self.told.set()
        return True


@asynccontextmanager
async def working(screen: Screen, fetch: Fetch) -> AsyncIterator[Worker]:
    """A screen whose loops run beside the block."""
    client = HubClient("http://hub", screen.identity.credential, screen.line)
    worker = Worker(screen.database, client, screen.identity.id, "", fetch, lambda: None)
    runs = asyncio.create_task(worker.run())
    try:
        yield worker
    finally:
        runs.cancel()
        await asyncio.gather(runs, return_exceptions=True)


async def releases(hub: Hub, edition: str) -> None:
    """The hub tells everyone which edition to show."""
    body = {"edition": edition, "number": 1}
    append = partial(feed_store.append, kind="release", exhibition="harbour", city="", body=body)
    await hub.database.write(lambda c: append(c, now=SUNDAY, subject="harbour"))


async def test_a_fault_that_nobody_foresaw_ends_no_fetching(hub: Hub, town_hall: Screen) -> None:
    """The disk fails once, in a way of its own; the edition comes all the same."""
    await releases(hub, "0f3c")
    await town_hall.pull()
    fetch = Fetched(OSError(5, "Input/output error"), Unavailable("The line is cut."))
    async with working(town_hall, fetch), asyncio.timeout(60):
        await fetch.told.wait()
    assert fetch.editions[0] == "0f3c"


async def test_a_hub_put_back_by_hand_has_its_edition_fetched(hub: Hub, town_hall: Screen) -> None:
    """Its files were exchanged for another past's: what was released in that one is fetched.

    The screen learns it from the reply to what it sends, while its question for news is held open.
    """

    async def held_open(after: int, seconds: float) -> None:
        await asyncio.Event().wait()

    before = copy_of(hub.database)
    await releases(hub, "0f3c")
    await town_hall.pull()
    put_back(hub.database, before)
    await releases(hub, "77aa")
    hub.app.state.api = ApiContext(hub.database, held_open, hub.clock)
    fetch = Fetched()
    async with working(town_hall, fetch), asyncio.timeout(60):
        while "77aa" not in fetch.editions:
            fetch.told.clear()
            await fetch.told.wait()


class Read(logging.Handler):
    """Somebody reads the log of the sync; *often* is set once it has told so *times* times."""

    def __init__(self, told: str, times: int) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.often = asyncio.Event()
        self._told, self._times = told, times

    def emit(self, record: logging.LogRecord) -> None:
        """Note a line that tells of it."""
        if self._told in record.getMessage():
            self.levels.append(record.levelno)
            if len(self.levels) >= self._times:
                self.often.set()


async def test_a_screen_that_was_shut_out_says_so_in_its_log_once(
    hub: Hub, town_hall: Screen, caplog: pytest.LogCaptureFixture
) -> None:
    """Its operator reads why nothing arrives; that a line is down is usual, and no warning."""
    await hub.database.write(lambda c: revoke(c, town_hall.identity.id, SUNDAY))
    caplog.set_level(logging.INFO, "kiosk.sync")
    log, read = logging.getLogger("kiosk.sync"), Read("does not let this kiosk in", 4)
    log.addHandler(read)
    async with working(town_hall, Fetched()), asyncio.timeout(20):
        await read.often.wait()
    log.removeHandler(read)
    # The loop that sends and the loop that asks, each once.
    assert read.levels.count(logging.WARNING) == 2
