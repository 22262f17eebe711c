"""Groups raise hands: counted by themselves, corrected, taken back, and never among the votes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from kiosk.database.connection import Database
from kiosk.errors import Forbidden, InvalidBallot, NotFound, QuestionClosed
from kiosk.people import group_code_store, group_codes
from kiosk.people.group_code_store import GroupCode
from kiosk.people.staff import Scope
from kiosk.voice import actions, group, group_actions, group_store, recount_store
from kiosk.voice.ballot import Cast
from kiosk.voice.group import Groups, Hands, Line, Raised
from kiosk.voice.place import Channel, Place
from kiosk.voice.tally import Tally
from tests.world import BENCHES, FERRY, GARDENS, LIBRARY, NIGHT_BUS, SUNDAY, TOWN_HALL, harbour

HALL = Place("harbour", "lindmark", "Town hall", Channel.GROUP, "kiosk-town-hall")
FIFTEEN = (("agree", 15), ("disagree", 6), ("pass", 1))


@pytest.fixture
def asked(database: Database) -> Database:
    """A database in which the harbour's questions were released."""
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    return database


def raises(
    database: Database,
    raised: Raised = FIFTEEN,
    *,
    size: int = 24,
    question: str = BENCHES,
    name: str = "class-4b",
    seq: int = 1,
    place: Place = HALL,
) -> None:
    """A group's facilitator enters how many hands were raised."""
    hands = Hands(f"{name}-{seq}", name, question, size, raised, place, SUNDAY, seq)
    database.write_now(lambda c: group_actions.record(c, hands, SUNDAY))


def groups(database: Database, question: str = BENCHES) -> Groups:
    return database.read_now(lambda c: group_actions.groups_on(c, question))


def tally(database: Database) -> Tally:
    return database.read_now(lambda c: actions.tally_of(c, BENCHES))


def votes(database: Database, who: str) -> None:
    cast = Cast(f"{who}-1", BENCHES, who, ("agree",), TOWN_HALL, SUNDAY)
    database.write_now(lambda c: actions.cast_ballot(c, cast, SUNDAY))


def test_a_class_raises_hands_and_no_tally_moves(asked: Database) -> None:
    """Ada voted; a class of 24 raises 22 hands beside her: one vote, and a class apart from it."""
    votes(asked, "ada")
    before = tally(asked)
    raises(asked)
    assert tally(asked) == before
    assert "group" not in tally(asked).by_channel
    assert groups(asked) == Groups(BENCHES, 1, 24, {"agree": 15, "disagree": 6, "pass": 1})
    assert asked.read_now(recount_store.differences) == []


def test_a_correction_takes_the_place_of_what_was_entered(asked: Database) -> None:
    """The facilitator miscounted, then takes it back, then enters it once more."""
    raises(asked, seq=2)
    raises(asked, (("agree", 0), ("disagree", 3), ("pass", 0)), seq=1)
    assert groups(asked).of("agree") == 15
    raises(asked, (("agree", 14), ("disagree", 10), ("pass", 0)), seq=3)
    assert groups(asked).by_choice == {"agree": 14, "disagree": 10, "pass": 0}
    raises(asked, (), seq=4)
    assert groups(asked) == Groups(BENCHES)
    raises(asked, seq=5)
    assert groups(asked).people == 24


def test_groups_of_two_places_add_up_to_groups(asked: Database) -> None:
    """A class and a council, in two cities."""
    library = Place("harbour", LIBRARY.city, "Library", Channel.GROUP, "kiosk-library")
    raises(asked)
    raises(asked, (("agree", 5), ("disagree", 4), ("pass", 3)), size=12, name="c", place=library)
    assert groups(asked) == Groups(BENCHES, 2, 36, {"agree": 20, "disagree": 10, "pass": 4})
    lines = asked.read_now(lambda c: group_store.of_exhibition(c, "harbour"))
    assert [(x.city, x.groups, x.people) for x in lines[BENCHES]] == [
        ("port-aubier", 1, 12),
        ("lindmark", 1, 24),
    ]


REFUSED: tuple[tuple[str, int, Raised, type[Exception]], ...] = (
    (BENCHES, 4, FIFTEEN, InvalidBallot),
    (BENCHES, 1000, FIFTEEN, InvalidBallot),
    (BENCHES, 21, FIFTEEN, InvalidBallot),
    (BENCHES, 24, (("agree", -1), ("disagree", 6), ("pass", 1)), InvalidBallot),
    (BENCHES, 24, (("agree", 2), ("disagree", 6)), InvalidBallot),
    (BENCHES, 24, (("agree", 2), ("agree", 6), ("pass", 1)), InvalidBallot),
    (GARDENS, 10, (("north", 8), ("south", 8), ("both", 5)), InvalidBallot),
    (FERRY, 24, FIFTEEN, InvalidBallot),
    (NIGHT_BUS, 24, FIFTEEN, QuestionClosed),
    ("harbour/core/nothing", 24, FIFTEEN, NotFound),
)


def test_what_no_group_can_have_raised_is_refused(asked: Database) -> None:
    """Too small, too large, too many hands, other answers, another time."""
    for question, size, raised, error in REFUSED:
        with pytest.raises(error):
            raises(asked, raised, size=size, question=question)
        assert groups(asked, question) == Groups(question)


def test_where_several_answers_are_allowed_each_may_raise_several_hands(asked: Database) -> None:
    """Ten people, two answers each: up to twenty hands, and nobody says who abstained."""
    raises(asked, (("north", 8), ("south", 8), ("both", 4)), size=10, question=GARDENS)
    assert groups(asked, GARDENS).of("south") == 8
    assert group.abstained(10, (("north", 8),), 2) is None
    assert group.abstained(24, FIFTEEN, 1) == 2


def test_a_kiosk_shows_others_groups_from_the_hub_and_its_own_from_itself(asked: Database) -> None:
    """Rule 6: what the hub says of this kiosk is passed over."""
    raises(asked)
    told = [
        Line("kiosk-town-hall", "lindmark", "Town hall", 7, 700, (("agree", 700),)),
        Line("kiosk-library", "port-aubier", "Library", 2, 40, (("agree", 30), ("pass", 5))),
    ]
    for _ in range(2):
        asked.write_now(lambda c: group_store.replace_others(c, BENCHES, "kiosk-town-hall", told))
    assert groups(asked) == Groups(BENCHES, 3, 64, {"agree": 45, "disagree": 6, "pass": 6})
    asked.write_now(group_store.forget_others)
    assert groups(asked).people == 24


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("vote"), st.sampled_from("abcd"), st.sampled_from(["agree", "pass"])),
        st.tuples(st.just("hands"), st.sampled_from("xyz"), st.integers(0, 30)),
    ),
    max_size=12,
)
CODES = st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True)
HANDS = st.lists(st.tuples(CODES, st.integers(0, 999)), unique_by=lambda each: each[0])


class Undone(Exception):
    """Ends a story as if it had not been."""


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(ACTS)
def test_whatever_is_raised_the_tally_is_that_of_the_votes_alone(
    asked: Database, acts: list[tuple[str, str, object]]
) -> None:
    """Votes and hands in any order: the tally is a recount of the ballots, hands are apart."""

    def story(c: Connection) -> None:
        hands: dict[str, int] = {}
        for n, (what, who, value) in enumerate(acts):
            before = actions.tally_of(c, BENCHES)
            if what == "vote":
                cast = Cast(f"{who}-{n}", BENCHES, who, (str(value),), TOWN_HALL, SUNDAY, n)
                actions.cast_ballot(c, cast, SUNDAY)
                continue
            hands[who] = int(str(value))
            raised = (("agree", hands[who]), ("disagree", 0), ("pass", 0))
            group_actions.record(
                c, Hands(f"{who}-{n}", who, BENCHES, 30, raised, HALL, SUNDAY, n), SUNDAY
            )
            assert actions.tally_of(c, BENCHES) == before
        found = group_actions.groups_on(c, BENCHES)
        assert (found.people, found.of("agree")) == (30 * len(hands), sum(hands.values()))
        assert recount_store.differences(c) == []
        raise Undone

    with pytest.raises(Undone):
        asked.write_now(story)


@given(HANDS)
def test_hands_are_read_as_they_were_kept(raised: list[tuple[str, int]]) -> None:
    assert group.from_text(group.to_text(tuple(raised))) == tuple(sorted(raised))


def test_a_code_opens_its_own_city_for_its_own_time(database: Database) -> None:
    """Meera's code for class 4b opens Lindmark's screens until Monday, or until it is revoked."""
    fresh = group_codes.fresh("harbour")
    typed = group_codes.tidy(group_codes.grouped(fresh.digits))
    assert group_codes.digest(typed, "harbour") == fresh.hash
    assert group_codes.digest(typed, "mountain") != fresh.hash
    until = SUNDAY + timedelta(days=1)
    code = GroupCode("one", fresh.hash, "harbour", "lindmark", until, "Class 4b", "meera", SUNDAY)
    database.write_now(lambda c: group_code_store.keep(c, code))

    def opens(city: str = "lindmark", hours: int = 0, exhibition: str = "harbour") -> bool:
        now = SUNDAY + timedelta(hours=hours)
        try:
            database.read_now(lambda c: group_codes.good(c, fresh.hash, exhibition, city, now))
        except Forbidden:
            return False
        return True

    assert opens()
    assert not opens("port-aubier")
    assert not opens(hours=24)
    assert not opens(exhibition="mountain")
    assert database.write_now(lambda c: group_code_store.revoke(c, "one", SUNDAY)) is not None
    assert database.write_now(lambda c: group_code_store.revoke(c, "one", SUNDAY)) is None
    assert not opens()
    with pytest.raises(Forbidden, match="taken back"):
        database.read_now(lambda c: group_codes.still_stands(c, "one"))
    hers = Scope("harbour", every=False, cities=frozenset({"lindmark"}))
    others = Scope("harbour", every=False, cities=frozenset({"port-aubier"}))
    found = database.read_now(lambda c: group_code_store.within(c, hers))
    assert [each.name for each in found] == ["Class 4b"]
    assert database.read_now(lambda c: group_code_store.within(c, others)) == []


@pytest.mark.parametrize("typed", ["", "1234567", "123456789", "12a45678", "½2345678"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert group_codes.tidy(typed) == ""


def test_digits_of_another_script_are_digits() -> None:
    """A facilitator in Tunis types on her own phone's keyboard."""
    assert group_codes.tidy("٤٨٢١ ٧٣٠٦") == "48217306"


def test_a_code_that_is_read_again_keeps_what_it_is(database: Database) -> None:
    """The feed tells a code twice; the second telling only says whether it was revoked."""
    code = GroupCode("one", "hash", "harbour", "", SUNDAY + timedelta(days=1))
    for told in (code, replace(code, city="x", revoked_at=SUNDAY)):
        database.write_now(partial(group_code_store.keep, code=told))
    (found,) = database.read_now(lambda c: group_code_store.by_hash(c, "hash", "harbour"))
    assert (found.city, found.revoked_at) == ("", SUNDAY)
