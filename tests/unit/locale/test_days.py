"""Days, spans of days, numbers and shares as each language writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.locale.translator import translator


def test_the_first_of_a_month_is_an_ordinal_in_french() -> None:
    """« 1er décembre », but « 11 décembre »."""
    t = translator("fr")
    assert t.date(date(2018, 12, 1)) == "1er décembre 2018"
    assert t.date(date(2018, 12, 11)) == "11 décembre 2018"
    assert t.day_and_month(date(2018, 12, 1)) == "1er décembre"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "10–11 June 2015"),
        ("fr", "10–11 juin 2015"),
        ("de", "10.–11. Juni 2015"),
        ("ar", "10–11 يونيو 2015"),
        ("es", "10–11 de junio de 2015"),
        ("it", "10–11 giugno 2015"),
        ("nl", "10–11 juni 2015"),
        ("pl", "10–11 czerwca 2015"),
        ("tr", "10–11 Haziran 2015"),
        ("uk", "10–11 червня 2015\u202fр."),
    ],
)
def test_days_of_one_month_share_it(language: str, said: str) -> None:
    """Month and year are said once."""
    t = translator(language)
    assert t.days_of_month(date(2015, 6, 10), date(2015, 6, 11)) == said


@pytest.mark.parametrize(
    ("language", "day", "in_year"),
    [
        ("en", "31 August", "31 August 2019"),
        ("fr", "31 août", "31 août 2019"),
        ("de", "31. August", "31. August 2019"),
        ("ar", "31 أغسطس", "31 أغسطس 2019"),
        ("es", "31 de agosto", "31 de agosto de 2019"),
        ("it", "31 agosto", "31 agosto 2019"),
        ("nl", "31 augustus", "31 augustus 2019"),
        ("pl", "31 sierpnia", "31 sierpnia 2019"),
        ("tr", "31 Ağustos", "31 Ağustos 2019"),
        ("uk", "31 серпня", "31 серпня 2019\u202fр."),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language: str, day: str, in_year: str) -> None:
    """The summit of Düsseldorf ended on 31 August 2019."""
    t = translator(language)
    assert t.day_and_month(date(2019, 8, 31)) == day
    assert t.date(date(2019, 8, 31)) == in_year


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "31 August 2019, 14:00"),
        ("ar", "31 أغسطس 2019، 14:00"),
        ("tr", "31 Ağustos 2019 14:00"),
    ],
)
def test_day_and_hour_are_joined_as_the_language_joins_them(language: str, said: str) -> None:
    """Noon in Greenwich on the last day; Arabic has a comma of its own, Turkish none here."""
    noon = datetime(2019, 8, 31, 12, tzinfo=UTC)
    assert translator(language).moment(noon, "Europe/Berlin") == said


@pytest.mark.parametrize(
    ("language", "thousands", "half", "share"),
    [
        ("en", "1,234,567", "2.5", "50%"),
        ("fr", "1\u202f234\u202f567", "2,5", "50\u00a0%"),
        ("de", "1.234.567", "2,5", "50\u00a0%"),
        ("ar", "1,234,567", "2.5", "50%"),
        ("es", "1.234.567", "2,5", "50\u00a0%"),
        ("it", "1.234.567", "2,5", "50%"),
        ("nl", "1.234.567", "2,5", "50%"),
        ("pl", "1\u00a0234\u00a0567", "2,5", "50%"),
        ("tr", "1.234.567", "2,5", "%50"),
        ("uk", "1\u00a0234\u00a0567", "2,5", "50%"),
    ],
)
def test_numbers_have_the_language_s_signs(
    language: str, thousands: str, half: str, share: str
) -> None:
    """A tally of a million votes is read as a million; marks of direction aside."""
    t = translator(language)
    said = [t.number(1234567), t.number(2.5), t.percent(0.5)]
    assert [one.strip("\u200e\u200f") for one in said] == [thousands, half, share]


@pytest.mark.parametrize(
    ("language", "three", "five"),
    [
        ("en", "3 days ago", "5 days ago"),
        ("ar", "قبل 3 أيام", "قبل 5 أيام"),
        ("es", "hace 3 días", "hace 5 días"),
        ("it", "3 giorni fa", "5 giorni fa"),
        ("nl", "3 dagen geleden", "5 dagen geleden"),
        ("pl", "3 dni temu", "5 dni temu"),
        ("tr", "3 gün önce", "5 gün önce"),
        ("uk", "3 дні тому", "5 днів тому"),
    ],
)
def test_how_long_ago_agrees_with_the_number(language: str, three: str, five: str) -> None:
    """“Asked here three days ago” is grammar, too."""
    t, now = translator(language), datetime(2026, 1, 10, tzinfo=UTC)
    assert t.ago(datetime(2026, 1, 7, tzinfo=UTC), now) == three
    assert t.ago(datetime(2026, 1, 5, tzinfo=UTC), now) == five


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Tunis, Vienna and Venlo"),
        ("fr", "Tunis, Vienna et Venlo"),
        ("de", "Tunis, Vienna und Venlo"),
        ("ar", "Tunis وVienna وVenlo"),
        ("pl", "Tunis, Vienna i Venlo"),
    ],
)
def test_names_are_listed_as_the_language_lists_them(language: str, said: str) -> None:
    """Arabic has no comma of ours between three cities; everybody says “and” before the last."""
    assert translator(language).list(["Tunis", "Vienna", "Venlo"]) == said


def test_six_days_are_not_yet_a_week() -> None:
    """Ada asked on a Monday; on Sunday the screen must not say that a week has passed."""
    t, now = translator("en"), datetime(2026, 1, 10, tzinfo=UTC)
    assert t.ago(datetime(2026, 1, 4, tzinfo=UTC), now) == "6 days ago"
    assert t.ago(datetime(2026, 1, 3, tzinfo=UTC), now) == "1 week ago"


@pytest.mark.parametrize("seconds", [-3, 0, 1, 59])
def test_what_was_said_just_now_was_said_a_minute_ago(seconds: int) -> None:
    """Never “in 0 seconds”, also where another screen's clock is a little ahead."""
    said = datetime(2026, 1, 10, 12, tzinfo=UTC)
    now = said + timedelta(seconds=seconds)
    assert translator("en").ago(said, now) == "1 minute ago"
    assert translator("de").ago(said, now) == "vor 1 Minute"
