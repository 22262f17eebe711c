"""At a kiosk: what it may forget, so that nothing said stays on a device longer than promised."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from kiosk import clock
from kiosk.messaging import damage_store, outbox_store, rolling
from kiosk.sync import standing
from kiosk.voice import comment_store, report_store, support_store
from kiosk.voice.comment import KEPT_FOR, Status

KEPT_AFTER_SENT = timedelta(days=35)
"""How long a kiosk can still give a restored hub what it sent before (architecture.md, rule 7)."""

FIRST_COMMENT = datetime(2026, 1, 1, tzinfo=UTC)
"""No comment was written before: a device that says so had just booted, without its clock."""


def forget_what_is_over(connection: Connection, now: datetime) -> int:
    """Delete messages sent long ago and texts whose deletion date has come; return how many.

    It is so late when this device's clock and the hub's last word both say so: one of them alone
    may be years off (architecture.md, rule 8).
    """
    hub_clock = standing.hub_clock(connection)
    certain = min(now, clock.from_text(hub_clock)) if hub_clock else now
    messages = _forget_messages(connection, certain) if hub_clock else 0
    damage_store.destroy_before(connection, certain - KEPT_FOR)
    comment_store.date_anew(connection, FIRST_COMMENT, certain)
    due = comment_store.to_delete(connection, certain)
    for comment in due:
        comment_store.empty(connection, comment, Status.ERASED)
        support_store.forget(connection, comment)
    return messages + len(due) + report_store.delete_texts(connection, certain)


def _forget_messages(connection: Connection, certain: datetime) -> int:
    """Delete what the hub has had for 35 days; whoever never heard it keeps everything."""
    state = standing.read(connection)
    if state.again:
        return 0
    seals = outbox_store.forget_sent_before(connection, certain - KEPT_AFTER_SENT, state.holds)
    if seals:
        state.forgotten = rolling.moved(state.forgotten, [seal for seal in seals if seal])
        standing.write(connection, state)
    return len(seals)


def look_for_damage(connection: Connection, now: datetime) -> int:
    """Set aside every row of the outbox that is not as it was written; return how many."""
    outbox_store.mend_counter(connection, standing.read(connection).holds)
    found = outbox_store.damaged(connection)
    damage_store.set_aside(connection, found, now)
    return len(found)
