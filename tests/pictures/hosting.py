"""What facilitators, walls and two weeks of visits leave at the desk, beside a week's voices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection

from kiosk import clock
from kiosk.moderation import group_codes as codes
from kiosk.moderation import leading
from kiosk.moderation.group_codes import Wanted
from kiosk.moderation.wall import SceneKind, SceneName
from kiosk.people import group_codes, kiosk_store, staff_store
from kiosk.people.staff import Actor
from kiosk.voice import funnel_store, group_store
from kiosk.voice.funnel import Count, Day, Stage
from kiosk.voice.group import Hands
from kiosk.voice.place import Channel, Place
from tests.journeys.people import CLARA, SCEAUX, SUMMIT, TOWN_HALL

BENCHES = f"{SUMMIT}/core/benches"
WANTED = (
    ("CM1 de l’école Jules-Ferry", "week", 0),
    ("Conseil de quartier des Blagis", "month", 3),
    ("Conseil des jeunes", "week", 5),
    ("Club des aînés", "day", 6),
)
"""Whom codes are for, how long each is good, and how many days ago it was made."""

RAISED = (("cm1", 24, (13, 8, 3)), ("aines", 15, (11, 2, 2)), ("jeunes", 19, (6, 12, 1)))
LOOKED_AT = (("benches", 140, 9_800), ("communicative", 95, 4_100), ("healthy", 38, 900))
VISITS = 14
"""Days with visits before today."""


def hosting(connection: Connection) -> None:
    """Make codes, raise hands, name walls and count visits."""
    now = clock.now()
    known = staff_store.id_of(connection, CLARA.user)
    clara = staff_store.actor(connection, known) if known else None
    assert clara is not None
    _codes(connection, clara, now)
    for group, people, (agree, disagree, passed) in RAISED:
        hands = (("agree", agree), ("disagree", disagree), ("pass", passed))
        place = Place(SUMMIT, SCEAUX, TOWN_HALL, Channel.GROUP, f"kiosk-{group}")
        entered = Hands(f"{group}-1", group, BENCHES, people, hands, place, now)
        group_store.record(connection, entered, example=False)
    leading.name_wall(connection, "Salle du conseil", SCEAUX, clara, SUMMIT, now)
    hung = leading.name_wall(connection, "Hall de la médiathèque", SCEAUX, clara, SUMMIT, now)
    tally = SceneName(SceneKind.TALLY, BENCHES)
    leading.lead(connection, SCEAUX, hung.id, tally, clara, SUMMIT, now)
    for day in _days(connection, now):
        funnel_store.add(connection, day)


def _codes(connection: Connection, clara: Actor, now: datetime) -> None:
    for name, lasts, ago in WANTED:
        left = group_codes.LASTS[lasts] - timedelta(days=ago)  # the log keeps the order of now
        wanted = Wanted(name, SCEAUX, left)
        codes.make(connection, group_codes.fresh(SUMMIT), wanted, clara, SUMMIT, now)


def _days(connection: Connection, now: datetime) -> Iterator[Day]:
    """Count two screens and the phones, each day a little differently."""
    chance = Random(SUMMIT)
    origins = [k.id for k in kiosk_store.everyone(connection)][:2]
    for ago in range(1, VISITS):
        day = (now - timedelta(days=ago)).date().isoformat()
        for n, origin in enumerate((*origins, "hub")):
            visits = chance.randint(20, 90) // (n + 1)
            counts = (
                Count(Stage.VISIT, "", visits),
                Count(Stage.EXHIBIT, "", visits * 3 // 4),
                Count(Stage.VOTE, "", visits // 2),
                Count(Stage.COMMENT, "", visits // 9),
                Count(Stage.RECEIPT, "", visits // 12),
                *(Count(Stage.OPENED, *looked) for looked in LOOKED_AT),
            )
            yield Day(day, origin, SUMMIT, counts)
