"""At the hub: what the API does for a kiosk, as functions of a connection, without any network."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk import clock
from kiosk.errors import InvalidText
from kiosk.messaging import feed_store, feed_sum_store, heads
from kiosk.people import kiosk_store
from kiosk.people.kiosk_store import Kiosk, Told
from kiosk.sync.receive import epoch, receive
from kiosk.sync.wire import Batch, FeedPage, Receipt

MOST = 500
"""Entries of one page."""

_AT_MOST = 2**53
"""No count, age or offset that a kiosk tells is larger."""


def take_batch(
    connection: Connection, kiosk: Kiosk, batch: Batch, protocol: int, now: datetime
) -> Receipt:
    """Take a batch in, note how the kiosk is, and return what is held of it.

    Raises:
        InvalidText: a body is not the one that was hashed; nothing of the batch was taken.
    """
    _note(connection, kiosk, batch, protocol, now)
    return receive(connection, kiosk, batch, now)


def _note(connection: Connection, kiosk: Kiosk, batch: Batch, protocol: int, now: datetime) -> None:
    health, booted_at = batch.health, None
    if batch.device is not None:
        try:
            offset = clock.from_text(batch.device.utc) - now
            booted_at = now - timedelta(milliseconds=batch.device.up_ms)
        except (ValueError, TypeError, OverflowError) as error:
            raise InvalidText(
                "A device's clock is not told so.", "See docs/protocol.md."
            ) from error
        health = replace(health, clock_offset_ms=round(offset / timedelta(milliseconds=1)))
    health = replace(
        health,
        queue_length=_bounded(health.queue_length),
        queue_age_s=_bounded(health.queue_age_s),
        clock_offset_ms=_bounded(health.clock_offset_ms),
    )
    told = Told(
        software=batch.software,
        protocol=protocol,
        booted_at=booted_at,
        keeps_from=_bounded(batch.keeps_from),
        damaged=len(batch.damaged),
        copy_faults=_bounded(batch.copy_faults),
    )
    kiosk_store.seen(connection, kiosk.id, health, now, told)


def _bounded(value: int) -> int:
    return max(-_AT_MOST, min(value, _AT_MOST))


def page(connection: Connection, after: int, exhibition: str, now: datetime) -> FeedPage:
    """Return one page; its head is the last position looked at, so that a reader never waits.

    It reads only: :func:`make_ready` comes before it where :func:`is_ready` says so.

    The last page carries the hash of what a reader has who has taken all of them.
    """
    entries, go_on = feed_store.sent_after(connection, after, MOST, exhibition)
    life, moment = heads.read(connection, "epoch"), clock.to_text(now)
    if go_on is not None:
        return FeedPage(life, go_on, entries, moment)
    hash_ = feed_sum_store.of(connection, exhibition)
    return FeedPage(life, feed_store.head(connection), entries, moment, hash_)


def is_ready(connection: Connection, after: int) -> bool:
    """Whether this life of the hub has a name, and whoever begins at 0 ends at the right sum."""
    return bool(heads.read(connection, "epoch")) and (after > 0 or feed_store.adds_up(connection))


def make_ready(connection: Connection) -> None:
    """Name this life of the hub, and add its feed up anew where that is not right."""
    epoch(connection)
    if not feed_store.adds_up(connection):
        feed_store.recount(connection)
