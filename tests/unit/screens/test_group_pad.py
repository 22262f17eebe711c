"""The keys with which a facilitator enters the hands that were raised."""

from __future__ import annotations

import pytest

from kiosk.screens.touch.together import group_pad


@pytest.mark.parametrize(
    ("typed", "key", "then"),
    [("", "4", "4"), ("48", "erase", "4"), ("", "erase", ""), ("999", "9", "999"), ("4", "x", "4")],
)
def test_what_stands_after_a_key(typed: str, key: str, then: str) -> None:
    assert group_pad.after(typed, key, 3) == then
