"""At a kiosk: what it may forget, so that nothing said stays on a device longer than promised."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk import clock
from kiosk.messaging import damage_store, outbox_store, rolling
from kiosk.sync import standing
from kiosk.voice import comment_store, report_store
from kiosk.voice.comment import Status

KEPT_AFTER_SENT = timedelta(days=35)
"""How long a kiosk can still give a restored hub what it sent before (architecture.md, rule 7)."""


def forget_what_is_over(connection: Connection, now: datetime) -> int:
    """Delete messages sent long ago and texts whose deletion date has come; return how many."""
    messages = _forget_messages(connection, now)
    due = comment_store.to_delete(connection, now)
    for comment in due:
        comment_store.empty(connection, comment, Status.ERASED)
    return messages + len(due) + report_store.delete_texts(connection, now)


def _forget_messages(connection: Connection, now: datetime) -> int:
    """Delete what the hub has had for 35 days by its own clock and by this device's.

    One of them alone may be years off; a kiosk that has not heard its hub since keeps everything.
    """
    state, hub_clock = standing.read(connection), standing.hub_clock(connection)
    if state.again or not hub_clock:
        return 0
    before = min(now, clock.from_text(hub_clock)) - KEPT_AFTER_SENT
    seals = outbox_store.forget_sent_before(connection, before, state.holds)
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
