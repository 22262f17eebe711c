"""Moments as text: what was written is read again, and what is none is refused."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import clock

MOMENTS = st.datetimes(timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)


@given(MOMENTS)
def test_a_moment_is_read_as_it_was_written(at: datetime) -> None:
    """To the millisecond, whatever the year."""
    assert clock.from_text(clock.to_text(at)) == at


@pytest.mark.parametrize("text", ["", "soon", "2026-09-06", "2026-09-06T14:00:00.000"])
def test_what_is_no_moment_of_a_zone_is_refused(text: str) -> None:
    """Taken for one, it could be compared with none and would stop whoever tried."""
    with pytest.raises(ValueError):  # noqa: PT011 - Python's own words where it is no date at all
        clock.from_text(text)
