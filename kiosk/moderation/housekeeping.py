"""At the hub: what is done by date alone — texts deleted, closed votes cut from their voters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.messaging import quarantine_store
from kiosk.moderation import erasure
from kiosk.voice import actions, report_store
from kiosk.voice.comment import KEPT_FOR


def keep_the_promised_dates(connection: Connection, now: datetime) -> int:
    """Do everything whose date has come; return how many rows changed. Harmless to repeat."""
    return (
        erasure.delete_due(connection, now)
        + report_store.delete_texts(connection, now)
        + quarantine_store.destroy_before(connection, now - KEPT_FOR)
        + actions.seal_closed(connection, now)
    )
