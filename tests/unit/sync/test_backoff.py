"""How long a kiosk waits before the next try."""

from __future__ import annotations

import random

from kiosk.sync.backoff import FIRST, LONGEST, Backoff


def test_it_waits_twice_as_long_each_time_and_half_a_minute_at_most() -> None:
    """From a half to all of a span that doubles: never at once, never for longer than that."""
    waits = Backoff(chance=random.Random(1))
    for failures in range(20):
        span = min(LONGEST, FIRST * 2**failures)
        assert span / 2 <= waits.failed() <= span


def test_kiosks_that_lost_the_hub_together_do_not_come_back_together() -> None:
    """A hundred screens meet a hub that has just started, spread over a quarter of a minute."""
    returns = []
    for seed in range(100):
        waits = Backoff(chance=random.Random(seed))
        returns.append([waits.failed() for _ in range(8)][-1])
    assert max(returns) - min(returns) > LONGEST / 3
    assert len({round(each, 1) for each in returns}) > 50


def test_after_a_success_it_begins_anew() -> None:
    waits = Backoff(chance=random.Random(1))
    for _ in range(9):
        waits.failed()
    waits.succeeded()
    assert waits.failed() <= FIRST
