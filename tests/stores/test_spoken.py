"""Where anybody has spoken is known without counting who spoke."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from kiosk.database.connection import Database
from kiosk.voice import comment_store, spoken_store
from kiosk.voice.comment import Status
from tests.screens import touch_voices
from tests.world import SUNDAY


def speaks(database: Database, exhibit: str, city: str, text: str) -> str:
    """A resident of a city is published; return the comment's id."""
    voice = touch_voices.voice("harbour", exhibit, text, "en", SUNDAY)
    said = replace(voice, city=city)
    database.write_now(partial(comment_store.mirror, public=said))
    return said.id


def test_voices_are_counted_as_far_as_they_can_be_seen(database: Database) -> None:
    """Three spoke on the benches, one on the ferry; a pattern with room for two counts two."""
    for n in range(3):
        speaks(database, "benches", "lindmark", f"A bench, number {n}.")
    speaks(database, "ferry", "", "A ferry at night.")
    find = partial(spoken_store.by_exhibit, exhibition="harbour", most=2)
    assert database.read_now(find) == {"benches": 2, "ferry": 1}
    assert database.read_now(lambda c: spoken_store.of_exhibit(c, "harbour", "benches", 9)) == 3
    assert database.read_now(lambda c: spoken_store.of_exhibit(c, "harbour", "stairs", 9)) == 0


def test_a_city_whose_last_voice_was_taken_down_has_none(database: Database) -> None:
    """Ben's comment was the only one from his city."""
    speaks(database, "benches", "lindmark", "A bench.")
    only = speaks(database, "ferry", "osthafen", "A ferry at night.")
    find = partial(spoken_store.cities, exhibition="harbour")
    assert database.read_now(find) == {"lindmark", "osthafen"}
    database.write_now(partial(comment_store.mark, comment=only, status=Status.REFUSED))
    assert database.read_now(find) == {"lindmark"}
    one = partial(spoken_store.by_exhibit, exhibition="harbour", most=1)
    assert database.read_now(one) == {"benches": 1}
    assert database.read_now(partial(spoken_store.cities, exhibition="nowhere")) == frozenset()
