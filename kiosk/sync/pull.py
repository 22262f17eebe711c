"""Takes the hub's feed and applies it; takes it afresh when the copy is not the hub's any more."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Protocol

from sqlalchemy import Connection

from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.messaging import feed_store, heads
from kiosk.messaging.feed_entry import Sent
from kiosk.sync import apply
from kiosk.sync.wire import FeedPage

WAIT = 25
"""Seconds that the hub may hold a request until there is news."""


class Tells(Protocol):
    """A hub, or a line to one, that tells its feed."""

    async def pull(self, after: int, exhibition: str, wait: int) -> FeedPage:
        """Return the feed behind a position; raise Unavailable where it was not reached."""
        ...


class Pull:
    """One kiosk's incoming side; *exhibition* empty follows every exhibition."""

    def __init__(
        self, database: Database, hub: Tells, origin: str, exhibition: str, now: Clock
    ) -> None:
        self._database = database
        self._hub = hub
        self._origin = origin
        self._exhibition = exhibition
        self._now = now
        self._one_at_a_time = asyncio.Lock()

    async def once(self, wait: int = WAIT) -> FeedPage:
        """Wait for news, apply it, and return it; where the copy differs, take it all afresh.

        Raises:
            Unavailable: the hub was not reached, or what it told was damaged on the way; nothing
                changed here.
        """
        cursor, epoch = await self._database.read(_stand)
        page = await self._hub.pull(cursor, self._exhibition, wait)
        _check(page.entries)
        goes_on = epoch in {"", page.epoch} and page.head >= cursor
        if goes_on and await self._apply(page, cursor):
            return page
        return await self.rebuild()

    async def rebuild(self) -> FeedPage:
        """Take the whole feed afresh; the old copy is shown until the new one is complete.

        Returns a page with every entry. A difference that stays after this is the hub's own.

        Raises:
            Unavailable: as :meth:`once`.
        """
        async with self._one_at_a_time:
            page = await self._everything()
            await self._database.write(
                partial(apply.swap, page=page, own_origin=self._origin, now=self._now())
            )
        return page

    async def _apply(self, page: FeedPage, cursor: int) -> bool:
        """Apply a page; False, and nothing is changed, when it does not lead to the hub's feed."""
        async with self._one_at_a_time:
            return await self._database.write(
                partial(
                    apply.apply_page,
                    page=page,
                    cursor=cursor,
                    own_origin=self._origin,
                    exhibition=self._exhibition,
                    now=self._now(),
                )
            )

    async def _everything(self) -> FeedPage:
        """Return the feed from its start, as one page; begins again where the hub changes."""
        entries: list[Sent] = []
        after, epoch = 0, ""
        while True:
            page = await self._hub.pull(after, self._exhibition, 0)
            _check(page.entries)
            if (epoch and page.epoch != epoch) or page.head < after:
                raise Unavailable("The hub was restored meanwhile.", "It is tried again.")
            entries += page.entries
            if page.hash or not page.entries or page.head == after:
                return FeedPage(page.epoch, page.head, _latest(entries), page.now, page.hash)
            after, epoch = page.head, page.epoch


def _stand(connection: Connection) -> tuple[int, str]:
    return feed_store.head(connection), heads.read(connection, apply.EPOCH)


def _check(entries: list[Sent]) -> None:
    if not all(entry.is_sound for entry in entries):
        raise Unavailable("The hub's news was damaged on the way.", "It is tried again.")


def _latest(entries: list[Sent]) -> list[Sent]:
    """Leave out what a later entry of the same kind and subject has taken the place of."""
    last = {(e.kind, e.subject): e.position for e in entries if e.subject}
    return [e for e in entries if not e.subject or last[e.kind, e.subject] == e.position]
