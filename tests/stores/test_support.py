"""Residents agree with others' comments: each once, taken back, gone with the comment."""

from __future__ import annotations

import pytest

from kiosk.database.connection import Database
from kiosk.errors import NotFound
from kiosk.voice import comment_store, open_data_store, support_actions, support_store
from kiosk.voice.comment import PublicComment, Status
from kiosk.voice.place import Place
from kiosk.voice.support import Line, Support, by_channel, moved
from tests.world import ADAS_PHONE, LIBRARY, SUNDAY, TOWN_HALL

BENCH = PublicComment(
    "bench", "harbour", "benches", "", "lindmark", "Town hall", "phone", "en",
    "A bench by the school, please.", SUNDAY, "12-1", False,
)  # fmt: skip


@pytest.fixture
def voiced(database: Database) -> Database:
    """A database in which one voice is published."""
    database.write_now(lambda c: comment_store.mirror(c, BENCH))
    return database


def agrees(
    database: Database, who: str, *, given: bool = True, place: Place = TOWN_HALL, seq: int = 1
) -> bool:
    """*who* touches "I agree" under the voice, or takes it back."""
    support = Support(f"{who}-{seq}", "bench", who, given, place, SUNDAY, seq)
    return database.write_now(lambda c: support_actions.give(c, support, SUNDAY))


def times(database: Database) -> int:
    return database.read_now(lambda c: support_actions.times(c, ["bench"])).get("bench", 0)


def test_each_participant_supports_a_voice_once(voiced: Database) -> None:
    """Ada touches three times in her session, Ben once: two, not four."""
    for seq in (1, 2, 3):
        assert agrees(voiced, "ada", seq=seq)
    assert agrees(voiced, "ben", place=LIBRARY)
    assert times(voiced) == 2
    assert voiced.read_now(support_store.differences) == []


def test_support_is_taken_back_and_given_again(voiced: Database) -> None:
    """Ada's second touch takes it back, her third gives it again; an older one changes nothing."""
    agrees(voiced, "ada", seq=1)
    assert not agrees(voiced, "ada", given=False, seq=2)
    assert times(voiced) == 0
    assert agrees(voiced, "ada", seq=3)
    agrees(voiced, "ada", given=False, seq=2)
    assert times(voiced) == 1
    mine = voiced.read_now(lambda c: support_actions.given_by(c, "harbour", "ada"))
    assert mine == {"bench"}
    assert not voiced.read_now(lambda c: support_actions.given_by(c, "harbour", ""))


def test_only_what_is_public_can_be_supported(voiced: Database) -> None:
    """The voice was taken down while Ada read it."""
    voiced.write_now(lambda c: comment_store.mark(c, "bench", Status.REFUSED))
    with pytest.raises(NotFound):
        agrees(voiced, "ada")


def test_an_erased_voice_takes_its_support_along_and_none_that_comes_late(
    voiced: Database,
) -> None:
    """Ada erases her comment; no identifier of those who agreed is left, nor comes back."""
    agrees(voiced, "ben")
    voiced.write_now(lambda c: comment_store.mark(c, "bench", Status.ERASED))
    assert voiced.write_now(lambda c: support_store.forget(c, "bench"))
    assert not voiced.write_now(lambda c: support_store.forget(c, "bench"))
    late = Support("late", "bench", "cem", True, TOWN_HALL, SUNDAY, 9)
    voiced.write_now(lambda c: support_actions.count_received(c, late, SUNDAY))
    assert times(voiced) == 0
    assert not voiced.read_now(support_store.any_changed)
    assert not voiced.read_now(lambda c: support_actions.given_by(c, "harbour", "ben"))


def test_a_kiosk_shows_the_hubs_count_and_its_own_touches(voiced: Database) -> None:
    """The hub tells of the library's and the town hall's; the town hall counts its own itself."""
    agrees(voiced, "ada")
    told = [
        Line(TOWN_HALL.origin, TOWN_HALL.city, TOWN_HALL.place, "touchscreen", 7),
        Line(LIBRARY.origin, LIBRARY.city, LIBRARY.place, "touchscreen", 4),
        Line("hub", ADAS_PHONE.city, ADAS_PHONE.place, "phone", 2),
    ]
    for _ in range(2):
        voiced.write_now(
            lambda c: support_store.replace_others(c, "bench", "harbour", TOWN_HALL.origin, told)
        )
    assert times(voiced) == 1 + 4 + 2
    lines = voiced.read_now(lambda c: support_store.lines(c, "bench"))
    assert by_channel(lines) == {"phone": 2, "touchscreen": 5}
    voiced.write_now(lambda c: support_store.forget_others(c, TOWN_HALL.origin))
    assert times(voiced) == 1


def test_a_change_is_told_once(voiced: Database) -> None:
    """The ticker publishes what changed; a touch that changes nothing is not published."""
    agrees(voiced, "ada")
    changed = voiced.write_now(support_store.take_changed)
    assert [(c.comment, c.exhibition) for c in changed] == [("bench", "harbour")]
    agrees(voiced, "ada", seq=2)
    assert not voiced.read_now(support_store.any_changed)


def test_what_stands_elsewhere_is_not_moved(voiced: Database) -> None:
    """A participant belongs to one origin."""
    agrees(voiced, "ada")
    other = Support("x", "bench", "ada", False, LIBRARY, SUNDAY, 5)
    voiced.write_now(lambda c: support_actions.count_received(c, other, SUNDAY))
    assert times(voiced) == 1


@pytest.mark.parametrize(
    ("before", "given", "by"),
    [(None, True, 1), (None, False, 0), (False, True, 1), (True, False, -1), (True, True, 0)],
)
def test_a_count_moves_by_what_changed(before: bool | None, given: bool, by: int) -> None:
    """Never given, given, taken back."""
    assert moved(before, given) == by


def test_open_data_tell_support_by_city_and_channel(voiced: Database) -> None:
    """A newspaper adds them up; what is not public is in no table."""
    agrees(voiced, "ada")
    agrees(voiced, "ben", place=LIBRARY)
    told = voiced.read_now(lambda c: open_data_store.support(c, "harbour"))
    assert [(s.voice, s.city, s.channel, s.times) for s in told] == [
        ("12-1", TOWN_HALL.city, "touchscreen", 1),
        ("12-1", LIBRARY.city, "touchscreen", 1),
    ]
    voiced.write_now(lambda c: comment_store.mark(c, "bench", Status.REFUSED))
    assert voiced.read_now(lambda c: open_data_store.support(c, "harbour")) == []
