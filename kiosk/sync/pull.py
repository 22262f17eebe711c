"""Takes the hub's feed and applies it; begins afresh when the hub began a new life."""

from __future__ import annotations

from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.messaging import feed_store, heads
from kiosk.sync import apply
from kiosk.sync.hub_client import FeedPage, HubClient

WAIT = 25
"""Seconds that the hub may hold a request until there is news."""


class Pull:
    """One kiosk's incoming side; *exhibition* empty follows every exhibition."""

    def __init__(
        self, database: Database, hub: HubClient, origin: str, exhibition: str, now: Clock
    ) -> None:
        self._database = database
        self._hub = hub
        self._origin = origin
        self._exhibition = exhibition
        self._now = now

    async def once(self, wait: int = WAIT) -> FeedPage:
        """Wait for news, apply it, and return it.

        Raises:
            Unavailable: the hub was not reached; nothing changed here.
        """
        cursor = await self._database.read(feed_store.head)
        page = await self._hub.pull(cursor, self._exhibition, wait)
        if await self._begin_afresh(page, cursor):
            page = await self._hub.pull(0, self._exhibition, 0)
        await self._database.write(
            lambda c: apply.apply(c, page.entries, page.head, self._origin, self._now())
        )
        return page

    async def _begin_afresh(self, page: FeedPage, cursor: int) -> bool:
        """Drop the copy when it is of another life of the hub, or ahead of it."""
        known = await self._database.read(lambda c: heads.read(c, "feed-epoch"))
        if known == page.epoch and page.head >= cursor:
            return False
        if known:
            await self._database.write(apply.start_over)
        await self._database.write(lambda c: heads.write(c, "feed-epoch", page.epoch))
        return bool(known)
