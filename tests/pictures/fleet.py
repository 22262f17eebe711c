"""Kiosks on a busy morning: one well, one behind, one silent, one stolen; something set aside."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Raw
from sqlalchemy import Connection

from kiosk import clock, ids
from kiosk.exhibition import edition_store
from kiosk.messaging import gap_store, heads
from kiosk.messaging.envelope import Message, body_hash
from kiosk.people import enrolment, kiosk_store
from kiosk.people.enrolment import Identity
from kiosk.people.kiosk_store import Health, Told
from kiosk.sync import serve
from kiosk.sync.wire import Batch
from tests.journeys.people import SCEAUX, SUMMIT

SOFTWARE = "1.2.0"


def fleet(connection: Connection) -> None:
    """Enrol a few kiosks that were heard at different times."""
    now = clock.now()
    edition = edition_store.current(connection, SUMMIT)
    shown = edition.id if edition else ""
    spots = {
        "Médiathèque": ("Salle de lecture", timedelta(seconds=5), Health(0, 0, shown, 300)),
        "Gare": ("Hall nord", timedelta(seconds=8), Health(12, 400, shown, 45_000)),
        "Marché couvert": ("", timedelta(hours=26), Health(0, 0, shown, 0)),
        "École Jules-Ferry": ("Préau", timedelta(hours=10), Health(3, 500, shown, -1_200)),
        "Orangerie": ("", timedelta(days=3), Health(0, 0, shown, 0)),
    }
    for name, (place, ago, health) in spots.items():
        kiosk = enrolment.enrol(connection, name, "", SCEAUX, place, now - timedelta(days=9))
        told = Told(SOFTWARE, 2, damaged=int(name == "Gare"))
        kiosk_store.seen(connection, kiosk.id, health, now - ago, told)
        if name == "Orangerie":
            enrolment.revoke(connection, kiosk.id, now)
    heads.write(connection, "backup-taken-at", clock.to_text(now - timedelta(days=23)))


def set_aside(connection: Connection) -> None:
    """Two screens send one id with two contents, one sends what nobody knows; some never come."""
    now, twice = clock.now(), ids.new_id()
    first, second = (
        enrolment.enrol(connection, name, "", SCEAUX, name, now) for name in ("Piscine", "Lycée")
    )
    _send(connection, first, _message(twice, 1, b'{"x":1}', "ballot"))
    _send(connection, second, _message(twice, 1, b'{"x":2}', "ballot"))
    _send(connection, second, _message(ids.new_id(), 2, b"{}", "gesture"))
    gap_store.add(connection, first.id, 118, 124, gap_store.FORGOTTEN, now - timedelta(hours=3))


def _message(id_: str, seq: int, body: bytes, kind: str) -> Message:
    return Message(id_, seq, kind, Raw(body), body_hash(body))


def _send(connection: Connection, kiosk: Identity, message: Message) -> None:
    known = enrolment.authenticate(connection, kiosk.credential)
    batch = Batch([message], Health(0, 0, "", 0), 1, software=SOFTWARE)
    serve.take_batch(connection, known, batch, 2, clock.now())
