"""At the hub: takes up what kiosks told before this program knew the kind of message."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from kiosk.messaging import quarantine_store
from kiosk.people import kiosk_store
from kiosk.sync import take


def take_up(connection: Connection, now: datetime) -> int:
    """Apply messages that were set aside as of an unknown kind and are not so any more.

    Of each kiosk in the order of its numbers; what a person has looked at meanwhile is applied too,
    since nothing could be done about it. Return how many. Harmless to repeat.
    """
    kiosks = {kiosk.id: kiosk for kiosk in kiosk_store.everyone(connection)}
    taken = 0
    for origin, message in quarantine_store.of_kinds(connection, take.UNKNOWN, take.kinds()):
        kiosk = kiosks.get(origin)
        if kiosk is not None:
            quarantine_store.remove(connection, origin, message)
            take.apply_new(connection, kiosk, [message], now)
            taken += 1
    return taken
