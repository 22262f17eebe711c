"""Sums of seals say what is there, in whatever order and however often it was replaced."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.messaging import rolling
from kiosk.messaging.envelope import seal_of

SEALS = st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), unique=True)


@given(SEALS, st.randoms())
def test_the_order_does_not_matter(seals: list[str], chance: object) -> None:
    """Messages that arrive in any order, one by one or at once, add up to the same."""
    shuffled = sorted(seals, key=lambda _: chance.random())  # type: ignore[attr-defined]
    one_by_one = rolling.EMPTY
    for seal in shuffled:
        one_by_one = rolling.moved(one_by_one, [seal])
    assert one_by_one == rolling.moved(rolling.EMPTY, seals)
    assert len(one_by_one) == 64


@given(SEALS, SEALS)
def test_what_is_taken_away_leaves_no_trace(kept: list[str], gone: list[str]) -> None:
    """A replaced message counts with its new seal only."""
    before = rolling.moved(rolling.EMPTY, kept)
    assert rolling.moved(rolling.moved(before, more=gone), less=gone) == before
    assert rolling.moved(before, more=gone, less=gone) == before


@given(SEALS.filter(bool), st.data())
def test_one_that_is_missing_shows(seals: list[str], data: st.DataObject) -> None:
    """Without any one of them the sum is another."""
    missing = data.draw(st.sampled_from(seals))
    rest = [seal for seal in seals if seal != missing]
    same = rolling.moved(rolling.EMPTY, rest) == rolling.moved(rolling.EMPTY, seals)
    assert same == (int(missing, 16) == 0)


@given(st.integers(1, 2**53), st.text(min_size=1), st.text(), st.text())
def test_a_seal_covers_each_part(seq: int, name: str, kind: str, hash_: str) -> None:
    """Another number, id, kind or body is another seal."""
    seal = seal_of(seq, name, kind, hash_)
    others = [
        seal_of(seq + 1, name, kind, hash_),
        seal_of(seq, name + "x", kind, hash_),
        seal_of(seq, name, kind + "x", hash_),
        seal_of(seq, name, kind, hash_ + "x"),
    ]
    assert seal not in others
