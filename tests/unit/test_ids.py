"""Codes that people type read back as the bytes that were written, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import ids


@given(st.binary(min_size=1, max_size=48))
def test_a_code_reads_back_as_it_was_written(data: bytes) -> None:
    """Written, grouped, typed in small letters: the same bytes."""
    assert ids.from_code(ids.grouped(ids.to_code(data)).lower()) == data


@given(st.text(alphabet=ids.CROCKFORD, min_size=1, max_size=48))
def test_no_two_codes_stand_for_the_same_bytes(code: str) -> None:
    """What is read at all is written back letter by letter."""
    try:
        data = ids.from_code(code)
    except ValueError:
        return
    assert ids.to_code(data) == code


@pytest.mark.parametrize("typed", ["", "-", "A", "AB!D", "ÄB", "1234567_", "0001", "ZZ"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    """Empty, foreign characters, impossible lengths, bits that no octet fills."""
    with pytest.raises(ValueError, match="not a code"):
        ids.from_code(typed)
