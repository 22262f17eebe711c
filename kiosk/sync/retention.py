"""At a kiosk: what it may forget, so that nothing said stays on a device longer than promised."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk.messaging import outbox_store
from kiosk.voice import comment_store, report_store
from kiosk.voice.comment import Status

KEPT_AFTER_SENT = timedelta(days=35)
"""How long a kiosk can still give a restored hub what it sent before (architecture.md, rule 7)."""


def forget_what_is_over(connection: Connection, now: datetime) -> int:
    """Delete messages sent long ago and texts whose deletion date has come; return how many."""
    messages = outbox_store.forget_sent_before(connection, now - KEPT_AFTER_SENT)
    due = comment_store.to_delete(connection, now)
    for comment in due:
        comment_store.empty(connection, comment, Status.ERASED)
    return messages + len(due) + report_store.delete_texts(connection, now)
