"""Whether residents' voices may be shown: not once the hub was silent for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk.messaging import heads

SILENCE = timedelta(days=1)
"""What was taken down meanwhile would still stand here (product.md)."""

SET_BACK = timedelta(minutes=10)
"""As far as a clock may be set back by hand; a device that boots in 1970 is set back further."""


def voices_may_show(connection: Connection, now: datetime) -> bool:
    """Whether the hub was heard within a day; a screen that never heard it has no voices.

    A clock that stands before the moment of hearing cannot tell how long ago that was: until the
    hub is heard again, which takes seconds where there is a line, no voice is shown.
    """
    heard = heads.read(connection, "hub-heard-at")
    return not heard or -SET_BACK < now - datetime.fromisoformat(heard) < SILENCE
