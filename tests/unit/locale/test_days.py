"""Days and spans of days as each language writes them."""

from __future__ import annotations

from datetime import date

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
    ],
)
def test_days_of_one_month_share_it(language: str, said: str) -> None:
    """Month and year are said once."""
    t = translator(language)
    assert t.days_of_month(date(2015, 6, 10), date(2015, 6, 11)) == said
