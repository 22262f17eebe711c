"""Published voices from a city or about it: on its own page, or on what it does and says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.screens.touch.hearing import voices_may_show
from kiosk.screens.touch.ways import city_holds
from kiosk.voice import city_voice_store, comment_actions, spoken_store
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def of_city(
    connection: Connection, visit: Visit, city: str, most: int
) -> tuple[PublicComment, ...]:
    """Return the newest voices from a city or about it, with their answers."""
    if not voices_may_show(connection, visit.context.clock()):
        return ()
    about = (city, *city_holds.of(visit.exhibition, city).exhibits())
    found = city_voice_store.public(connection, visit.exhibition.id, city, about, most=most)
    return tuple(comment_actions.with_answers(connection, found))


def cities(connection: Connection, visit: Visit) -> frozenset[str]:
    """Return the cities that any published voice comes from or is about."""
    if not voices_may_show(connection, visit.context.clock()):
        return frozenset()
    exhibition = visit.exhibition
    spoken = spoken_store.by_exhibit(connection, exhibition.id, most=1)
    about = (
        city
        for city, holds in city_holds.of_every(exhibition).items()
        if any(exhibit in spoken for exhibit in (city, *holds.exhibits()))
    )
    return spoken_store.cities(connection, exhibition.id) | frozenset(about)
