"""Sends the outbox to the hub, in order, and again from the start when the hub has lost some."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlalchemy import Connection

from kiosk import __version__, clock
from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.messaging import damage_store, feed_store, feed_sum_store, heads, outbox_store
from kiosk.messaging.envelope import Message
from kiosk.people.kiosk_store import Health
from kiosk.sync import standing
from kiosk.sync.apply import COPY_FAULTS
from kiosk.sync.confirm import Sent, confirm
from kiosk.sync.wire import BACKLOG, BODIES, LIVE, PROTOCOL, Batch, Device, Receipt


class Takes(Protocol):
    """A hub, or a line to one, that takes batches."""

    protocol: int
    """The version that it spoke last, 1 before it was heard."""

    async def push(self, batch: Batch) -> Receipt:
        """Take a batch; raise Unavailable where it was not reached."""
        ...


@dataclass(slots=True)
class Step:
    """One batch to send, and what is to be confirmed with it."""

    batch: Batch
    sent: Sent
    damaged: list[int] = field(default_factory=list)

    @property
    def says_something(self) -> bool:
        """Whether it carries messages, or begins a sending of everything."""
        return bool(self.batch.messages) or self.batch.again


class Push:
    """One kiosk's outgoing side; :meth:`once` sends all that waits."""

    def __init__(
        self,
        database: Database,
        hub: Takes,
        now: Clock,
        uptime: Callable[[], float] | None = None,
    ) -> None:
        self._database = database
        self._hub = hub
        self._now = now
        self._uptime = uptime or since_boot
        self._met = False
        self.clock_offset_ms = 0
        self.editions = ""
        self.copy_differs = False

    async def once(self) -> int:
        """Send everything the hub does not hold yet; return how many messages were sent.

        Tells the hub how this kiosk is even when there is nothing to send. Sets
        :attr:`copy_differs` when the hub's feed is not what this kiosk has of it.

        Raises:
            Unavailable: the hub was not reached; what it confirmed before stays confirmed.
        """
        sent, told = 0, False
        while True:
            step = await self._database.read(self._next)
            if step.damaged:
                await self._set_aside(step.damaged)
                continue
            if told and not step.says_something:
                return sent
            receipt = await self._hub.push(step.batch)
            outcome = await self._database.write(
                partial(confirm, sent=step.sent, receipt=receipt, now=self._now())
            )
            if not outcome.moved:
                raise Unavailable("The hub did not take the messages.", "It is tried again.")
            self.copy_differs |= await self._database.read(partial(copy_differs, receipt=receipt))
            self._met, told = True, True
            sent += len(step.batch.messages)

    async def _set_aside(self, seqs: list[int]) -> None:
        await self._database.write(partial(damage_store.set_aside, seqs=seqs, now=self._now()))

    def _next(self, connection: Connection) -> Step:
        return next_step(
            connection,
            self._health(connection),
            Device(clock.to_text(self._now()), round(self._uptime() * 1000)),
            protocol=self._hub.protocol,
            greets=not self._met,
        )

    def _health(self, connection: Connection) -> Health:
        waiting, oldest = outbox_store.waiting(connection)
        age = max(0, int((self._now() - oldest).total_seconds())) if oldest else 0
        return Health(waiting, age, self.editions, self.clock_offset_ms)


def next_step(
    connection: Connection, health: Health, device: Device, *, protocol: int, greets: bool
) -> Step:
    """Return what is to be sent next; its batch is empty when the hub holds everything.

    Whoever only *greets* sends no message yet: the reply tells whether the hub knows later numbers
    of this kiosk than it does itself.
    """
    state = standing.read(connection)
    known = set(damage_store.numbers(connection))
    backlog = protocol >= PROTOCOL and health.queue_length > LIVE
    page, changed = outbox_store.Page(expected=state.holds + 1), False
    if not greets:
        page = outbox_store.changed(connection, state.holds, LIVE)
        changed = bool(page.messages)
        if not changed:
            most = BACKLOG if backlog or state.again else LIVE
            most = most if protocol >= PROTOCOL else LIVE
            page = outbox_store.page(connection, state.holds, most, BODIES)
    kept = outbox_store.keeps_from(connection)
    batch = Batch(
        messages=page.messages,
        health=health,
        keeps_from=kept,
        damaged=sorted(seq for seq in known if seq >= kept),
        again=state.again == standing.BEGINS and not greets and not changed,
        device=device,
        software=__version__,
        copy_faults=int(heads.read(connection, COPY_FAULTS, "0")),
    )
    messages: list[Message] = page.messages
    sent = Sent(
        seals=[(m.seq, seal) for m, seal in zip(messages, page.seals, strict=True)],
        held=page.held,
        up_to=state.holds if changed or greets else page.expected - 1,
        changed=changed,
        ends=not changed and not greets and not page.full,
        again=batch.again,
    )
    return Step(batch, sent, sorted(set(page.damaged) - known))


def copy_differs(connection: Connection, receipt: Receipt) -> bool:
    """Whether this kiosk stands where the hub's feed does, and has something else in it."""
    if receipt.feed is None or not receipt.feed.hash:
        return False
    own = feed_sum_store.of(connection, "")
    return receipt.feed.head == feed_store.head(connection) and receipt.feed.hash != own


def offset_ms(theirs: str, ours: datetime) -> int:
    """Return by how many milliseconds this device's clock runs ahead of the hub's."""
    return round((ours - clock.from_text(theirs)).total_seconds() * 1000)


def since_boot() -> float:
    """Return the seconds since this device was switched on; no setting of its clock moves them."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
