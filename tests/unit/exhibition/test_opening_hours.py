"""When a house is open: weekdays, midnight, daylight saving, and clocks that were never set."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.exhibition.opening_hours import read

WEEK = "mo-fr 08:00-20:00; sa 10:00-18:00"


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-20T06:59:00Z", False),  # a Friday, an hour earlier in UTC
        ("2026-11-20T07:00:00Z", True),
        ("2026-11-20T18:59:59Z", True),
        ("2026-11-20T19:00:00Z", False),
        ("2026-11-21T09:30:00Z", True),
        ("2026-11-22T12:00:00Z", False),
        ("2026-07-17T06:30:00Z", True),  # in summer two hours
        ("1970-01-01T03:00:00Z", True),  # a clock that was never set closes nothing
    ],
)
def test_the_house_opens_by_its_own_clock(moment: str, *, is_open: bool) -> None:
    assert read(WEEK, "Europe/Paris").is_open(datetime.fromisoformat(moment)) is is_open


def test_sunday_says_monday() -> None:
    opening = read(WEEK, "Europe/Paris").opens_next(datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert opening is not None
    assert opening.isoformat() == "2026-11-23T08:00:00+01:00"


def test_a_night_that_ends_after_midnight_and_a_week_that_turns() -> None:
    bar = read("sa-mo 18:00-02:00", "UTC")
    assert bar.is_open(datetime(2026, 11, 22, 1, tzinfo=UTC))
    assert bar.is_open(datetime(2026, 11, 24, 1, tzinfo=UTC))
    assert not bar.is_open(datetime(2026, 11, 21, 1, tzinfo=UTC))


def test_no_hours_are_always_open() -> None:
    always = read("", "Europe/Paris")
    assert always.is_open(datetime(2026, 11, 22, 3, tzinfo=UTC))
    assert always.opens_next(datetime(2026, 11, 22, 3, tzinfo=UTC)) is None


@pytest.mark.parametrize("text", ["always", "mo 8-20", "xx 08:00-20:00", "mo 08:00-25:00"])
def test_what_cannot_be_read_says_how_to_write_it(text: str) -> None:
    with pytest.raises(ValueError, match="mo-fr 08:00-20:00"):
        read(text, "UTC")


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "Europe", "../UTC", "a" * 300])
def test_a_time_zone_that_is_none(zone: str) -> None:
    with pytest.raises(ValueError, match="Europe/Paris"):
        read(WEEK, zone)
