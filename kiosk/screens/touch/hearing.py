"""Whether residents' voices may be shown: not once the hub was silent for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk.messaging import heads

SILENCE = timedelta(days=1)
"""What was taken down meanwhile would still stand here (product.md)."""


def voices_may_show(connection: Connection, now: datetime) -> bool:
    """Whether the hub was heard within a day; a screen that never heard it has no voices."""
    heard = heads.read(connection, "hub-heard-at")
    return not heard or now - datetime.fromisoformat(heard) < SILENCE
