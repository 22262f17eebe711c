"""A kiosk's loops beside its screen: push at once, pull with patience, fetch, forget."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from kiosk import clock
from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import KioskError
from kiosk.messaging import outbox_store
from kiosk.sync import soundness_store
from kiosk.sync.apply import wanted_editions
from kiosk.sync.backoff import Backoff
from kiosk.sync.hub_client import HubClient, ShutOut
from kiosk.sync.pull import Pull
from kiosk.sync.push import Push, offset_ms
from kiosk.sync.retention import forget_what_is_over, look_for_damage

log = logging.getLogger("kiosk.sync")

REPORT_S = 10
"""Seconds after which a kiosk tells the hub how it is, even with nothing to send."""

TIDY_S = 3_600
"""Seconds between two looks for what may be forgotten."""

Fetch = Callable[[HubClient, str, str], Awaitable[bool]]
"""Fetches (hub, exhibition, edition) unless it is here; true when it became the one to show."""


class Worker:
    """Runs until cancelled; *fetch* brings editions, *changed* is told after each applied page."""

    def __init__(
        self,
        database: Database,
        hub: HubClient,
        origin: str,
        exhibition: str,
        fetch: Fetch,
        changed: Callable[[], None],
        now: Clock = clock.now,
    ) -> None:
        self._database = database
        self._hub = hub
        self._origin = origin
        self._push = Push(database, hub, now)
        self._pull = Pull(database, hub, origin, exhibition, now)
        self._fetch = fetch
        self._changed = changed
        self._now = now
        self._something_to_send = asyncio.Event()
        self._wanted = asyncio.Event()

    async def run(self) -> None:
        """Run the loops until cancelled; a failure of one is tried again with growing patience."""
        loop = asyncio.get_running_loop()

        def committed() -> None:
            loop.call_soon_threadsafe(self._something_to_send.set)

        self._database.committed.append(committed)
        self._wanted.set()  # what was wanted before the power went is fetched first
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._again(self._push_once))
                tasks.create_task(self._again(self._pull_once))
                tasks.create_task(self._again(self._fetch_once))
                tasks.create_task(self._again(self._tidy_once))
        finally:
            self._database.committed.remove(committed)
            await self._hub.close()

    async def _again(self, step: Callable[[], Awaitable[None]]) -> None:
        backoff = Backoff()
        while True:
            try:
                await step()
                backoff.succeeded()
            except KioskError as error:
                # That a line is down is usual; that a hub shuts its door is for the operator, once.
                told = isinstance(error, ShutOut) and not backoff.failures
                log.log(logging.WARNING if told else logging.INFO, "%s: %s", step.__name__, error)
                await asyncio.sleep(backoff.failed())
            except Exception:
                # A mistake of ours in one step must not end the sync for good.
                log.exception("%s failed", step.__name__)
                await asyncio.sleep(backoff.failed())

    async def _push_once(self) -> None:
        self._something_to_send.clear()
        await self._push.once()
        if self._push.copy_differs:
            self._push.copy_differs = False
            await self._take_afresh()
        await self._until_something_waits()

    async def _until_something_waits(self) -> None:
        """Return when a message waits, or when it is time to say how this kiosk is."""
        with suppress(TimeoutError):
            async with asyncio.timeout(REPORT_S):
                while True:
                    await self._something_to_send.wait()
                    self._something_to_send.clear()
                    if (await self._database.read(outbox_store.waiting))[0]:
                        return

    async def _pull_once(self) -> None:
        page = await self._pull.once()
        self._push.clock_offset_ms = offset_ms(page.now, self._now())
        if any(entry.kind == "release" for entry in page.entries):
            self._wanted.set()
        if page.entries:
            self._changed()

    async def _tidy_once(self) -> None:
        await self._database.write(partial(look_for_damage, now=self._now()))
        await self._database.write(partial(forget_what_is_over, now=self._now()))
        found = await self._database.read(partial(soundness_store.faults, origin=self._origin))
        for fault in found:
            log.error("damage: %s", fault)
        if found:
            mend = partial(soundness_store.mend, origin=self._origin, now=self._now())
            await self._database.write(mend)
            await self._take_afresh()
        await asyncio.sleep(TIDY_S)

    async def _take_afresh(self) -> None:
        await self._pull.rebuild()
        self._wanted.set()  # another past of the hub's may have released another edition
        self._changed()

    async def _fetch_once(self) -> None:
        await self._wanted.wait()
        self._wanted.clear()
        try:
            await self._fetch_what_is_wanted()
        except Exception:
            self._wanted.set()  # whatever it was, nobody else asks for it again
            raise

    async def _fetch_what_is_wanted(self) -> None:
        wanted = await self._database.read(wanted_editions)
        self._push.editions = " ".join(sorted(wanted.values()))
        shown, failure = False, None
        for exhibition, edition in wanted.items():
            try:
                shown |= await self._fetch(self._hub, exhibition, edition)
            except Exception as error:  # noqa: BLE001 - raised below
                failure = error  # a damaged edition does not hold up another's
        if shown:
            self._changed()
        if failure:
            raise failure
