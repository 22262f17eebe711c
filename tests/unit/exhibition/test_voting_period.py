"""From when to when a question may be answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from kiosk.exhibition.voting_period import has_begun, has_ended, is_open
from tests.world import SUNDAY

A_SECOND = timedelta(seconds=1)
MONDAY = SUNDAY + timedelta(days=1)


@dataclass(frozen=True)
class Vote:
    opens_at: datetime | None
    closes_at: datetime | None


@pytest.mark.parametrize(
    ("moment", "begun", "ended"),
    [
        (SUNDAY - A_SECOND, False, False),
        (SUNDAY, True, False),
        (MONDAY - A_SECOND, True, False),
        (MONDAY, True, True),
    ],
)
def test_a_vote_begins_with_its_first_moment_and_ends_before_its_last(
    moment: datetime, *, begun: bool, ended: bool
) -> None:
    """Whoever hands in at the stroke of the hour is too late."""
    vote = Vote(SUNDAY, MONDAY)
    assert (has_begun(vote, moment), has_ended(vote, moment)) == (begun, ended)
    assert is_open(vote, moment) == (begun and not ended)


def test_a_vote_without_a_period_is_always_open() -> None:
    """Neither a beginning nor an end is needed."""
    assert is_open(Vote(None, None), SUNDAY)
    assert is_open(Vote(SUNDAY, None), MONDAY)
    assert is_open(Vote(None, MONDAY), SUNDAY)
