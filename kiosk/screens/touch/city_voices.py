"""Published voices from a city or about it: on its own page, or on what it does and says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.screens.touch import city_holds
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.voice import city_voice_store, comment_actions
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


def by_city(connection: Connection, visit: Visit) -> Mapping[str, int]:
    """Return how many published voices each city has; a voice from one about another counts twice.

    A city without any is left out.
    """
    if not voices_may_show(connection, visit.context.clock()):
        return {}
    exhibition = visit.exhibition
    about: dict[str, set[str]] = {}
    for city, holds in city_holds.of_every(exhibition).items():
        for exhibit in (city, *holds.exhibits()):
            about.setdefault(exhibit, set()).add(city)
    counted: Counter[str] = Counter()
    counts = city_voice_store.counts(connection, exhibition.id)
    for (said_in, exhibit), count in counts.items():
        for each in {said_in} | about.get(exhibit, set()):
            counted[each] += count
    return counted
