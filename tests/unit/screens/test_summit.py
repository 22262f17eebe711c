"""Who stands behind an exhibition is read from its declaration and its timeline, never assumed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kiosk.exhibition import reader
from kiosk.exhibition.model import Exhibition, Kind
from kiosk.screens.touch.arriving.summit import signed
from tests.journeys.checkout import ROOT


def _content(name: str) -> Exhibition:
    return reader.read(ROOT / "content" / name)


def test_the_home_screen_tells_who_signed_where_and_when() -> None:
    """35 cities signed at the summit of Düsseldorf, not at the one that Montréal held before it."""
    found = signed(_content("vivre-ensemble"))
    assert found is not None
    assert found.summit is not None
    assert (found.cities, found.summit.summit) == (35, "dusseldorf")
    assert (found.summit.day, found.summit.last_day) == (date(2019, 8, 30), date(2019, 9, 1))


def test_a_summit_that_nothing_links_is_the_last_before_the_signing() -> None:
    """The invented declaration names no summit: its date leads to the one of the day before."""
    found = signed(_content("example"))
    assert found is not None
    assert found.summit is not None
    assert (found.cities, found.summit.summit) == (6, "lindmark")


def test_nothing_is_said_of_a_declaration_that_nobody_is_known_to_have_signed() -> None:
    """Where the names are not at hand there is no number, and no summit that it could come from."""
    content = _content("vivre-ensemble")
    others = {k: e for k, e in content.exhibits.items() if k != "dusseldorf-declaration"}
    assert signed(replace(content, exhibits=others)) is None
    none = {k: e for k, e in content.exhibits.items() if e.kind is not Kind.TIMELINE}
    found = signed(replace(content, exhibits=none))
    assert found is not None
    assert found.summit is None
