"""Receipts: the code that leads back to one's comment, also where the hub has not heard of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.voice import receipt

KEY = b"the town hall's key"


@given(st.integers(0, 65_535))
def test_a_receipt_is_read_back_and_known_as_ours(number: int) -> None:
    """Ben types the 24 characters at home; the hub knows which screen wrote them."""
    made = receipt.new_receipt(number, KEY)
    code = receipt.shown(made)
    assert len(code.replace("-", "")) == 24
    assert receipt.read(code.lower().replace("-", " ")) == (number, made)
    assert receipt.is_ours(made, KEY)
    assert not receipt.is_ours(made, b"another screen's key")
    assert receipt.stored(made) != made.hex()


@given(st.integers(0, 119))
def test_a_receipt_with_one_bit_changed_is_not_ours(bit: int) -> None:
    """A code that was made up is not said to be waiting at a screen."""
    made = bytearray(receipt.new_receipt(7, KEY))
    made[bit // 8] ^= 1 << bit % 8
    assert not receipt.is_ours(bytes(made), KEY)


@given(st.text(max_size=40))
def test_what_is_no_receipt_is_refused(typed: str) -> None:
    """Whatever is typed, a clear refusal comes of it."""
    with pytest.raises(ValueError, match=r"."):
        receipt.read(typed)


def test_two_receipts_never_meet() -> None:
    """Nine random bytes keep them apart."""
    assert len({receipt.new_receipt(7, KEY) for _ in range(500)}) == 500


def test_a_kiosk_beyond_the_two_bytes_is_refused() -> None:
    """The number has to fit into the code."""
    with pytest.raises(ValueError, match="65535"):
        receipt.new_receipt(65_536, KEY)
