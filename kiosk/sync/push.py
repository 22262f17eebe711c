"""Sends the outbox to the hub, in order, and again from the start when the hub has lost some."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from kiosk import clock
from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.messaging import heads, outbox_store
from kiosk.messaging.envelope import Message, Receipt
from kiosk.people.kiosk_store import Health
from kiosk.sync.hub_client import HubClient

BATCH = 1_000
"""Messages sent at once (findings.md, Sync)."""


class Push:
    """One kiosk's outgoing side; :meth:`once` sends all that waits."""

    def __init__(self, database: Database, hub: HubClient, now: Clock) -> None:
        self._database = database
        self._hub = hub
        self._now = now
        self.clock_offset_ms = 0
        self.editions = ""

    async def once(self) -> int:
        """Send everything the hub does not hold yet; return how many messages were sent.

        Tells the hub how this kiosk is even when there is nothing to send.

        Raises:
            Unavailable: the hub was not reached; what it confirmed before stays confirmed.
        """
        sent = 0
        after = int(await self._database.read(partial(heads.read, name="hub-holds", otherwise="0")))
        while True:
            batch, health = await self._database.read(partial(self._next, after=after))
            receipt = await self._hub.push(batch, health)
            held = await self._database.write(partial(confirm, receipt=receipt, now=self._now()))
            if batch and held == after:
                raise Unavailable("The hub did not take the messages.", "It is tried again.")
            after = held
            sent += len(batch)
            if not await self._database.read(partial(outbox_store.after, seq=after, most=1)):
                return sent

    def _next(self, connection: Connection, after: int) -> tuple[list[Message], Health]:
        waiting, oldest = outbox_store.waiting(connection)
        age = max(0, int((self._now() - oldest).total_seconds())) if oldest else 0
        health = Health(waiting, age, self.editions, self.clock_offset_ms)
        return outbox_store.after(connection, after, BATCH), health


def confirm(connection: Connection, receipt: Receipt, now: datetime) -> int:
    """Note what the hub holds; return the sequence number behind which to send on.

    When the hub began a new life, or holds fewer messages than it confirmed, or has a gap, all
    that is kept is sent again: it takes each once (architecture.md, rule 7).
    """
    before = heads.read(connection, "hub-epoch")
    held = int(heads.read(connection, "hub-holds", "0"))
    restored = before not in ("", receipt.epoch)
    lost = receipt.highest < held or receipt.count != receipt.highest
    holds = 0 if restored or lost else receipt.highest
    heads.write(connection, "hub-epoch", receipt.epoch)
    heads.write(connection, "hub-holds", str(holds))
    if holds:
        outbox_store.mark_sent(connection, holds, now)
    return holds


def offset_ms(theirs: str, ours: datetime) -> int:
    """Return by how many milliseconds this device's clock runs ahead of the hub's."""
    return round((ours - clock.from_text(theirs)).total_seconds() * 1000)
