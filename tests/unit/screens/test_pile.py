"""The pile that a moderator leafs through changes only where she acts."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.screens.desk.pile import Pile
from kiosk.voice.comment import Comment, Status
from tests.world import SUNDAY, TOWN_HALL


def comment(number: int) -> Comment:
    at = SUNDAY + timedelta(seconds=number)
    return Comment(
        id=str(number), exhibit="benches", question="", place=TOWN_HALL, participant="p",
        language="en", text=f"Comment {number}", status=Status.WAITING, revision=1,
        voice_number=f"1-{number}", written_at=at, received_at=at, hold_until=None,
        published_at=None, ground="", ground_note="", example=False,
    )  # fmt: skip


def shown(pile: Pile) -> str:
    return pile.current.id if pile.current else ""


def test_a_decided_comment_gives_way_to_the_next() -> None:
    """Judged from the top, the order of arrival is kept."""
    pile = Pile(map(comment, range(3)))
    pile.take("0")
    assert shown(pile) == "1"
    pile.take("1")
    pile.take("2")
    assert pile.current is None


def test_the_last_one_decided_brings_up_what_was_passed_over() -> None:
    """Meera leafed to the end and decided there; the one before comes up, not nothing."""
    pile = Pile(map(comment, range(3)))
    pile.step(2)
    pile.take("2")
    assert shown(pile) == "1"


def test_what_someone_else_took_from_above_does_not_move_the_card() -> None:
    """A comment before the present one leaves; the present one stays."""
    pile = Pile(map(comment, range(3)))
    pile.step(1)
    pile.take("0")
    assert shown(pile) == "1"


def test_an_undone_one_lies_on_top_again() -> None:
    """Undo shows what was undone, once."""
    pile = Pile(map(comment, range(3)))
    pile.take("0")
    pile.put_back(comment(0))
    pile.put_back(comment(0))
    assert shown(pile) == "0"
    assert [c.id for c in pile.comments].count("0") == 1


@given(st.lists(st.tuples(st.sampled_from(["add", "step", "back"]), st.integers(0, 40))))
def test_nothing_but_her_own_steps_changes_the_card(doings: list[tuple[str, int]]) -> None:
    """Whatever arrives, the comment before her eyes stays until she leafs or decides."""
    pile = Pile(map(comment, range(5)))
    for doing, number in doings:
        before = shown(pile)
        if doing == "add":
            pile.add([comment(number)])
            assert shown(pile) == before
        else:
            moved = pile.step(1 if doing == "step" else -1)
            assert (shown(pile) != before) == moved
    ids = [c.id for c in pile.comments]
    assert len(ids) == len(set(ids))
