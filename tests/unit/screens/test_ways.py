"""What the content holds of a city, where moments lie on a line, and which questions are put."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.exhibition import guiding
from kiosk.exhibition.model import Exhibition, Kind
from kiosk.exhibition.reader import read
from kiosk.locale.translator import translator
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.ways import city_holds, declaration, map_view, programme
from kiosk.screens.touch.ways.timeline import GAP, placed

CONTENT = Path(__file__).resolve().parents[3] / "content"


@pytest.fixture(scope="module")
def sceaux() -> Exhibition:
    """The real exhibition as Sceaux shows it."""
    return read(CONTENT / "vivre-ensemble", "sceaux")


@pytest.fixture(scope="module")
def example() -> Exhibition:
    """The fictional exhibition."""
    return read(CONTENT / "example")


def test_sceaux_shows_what_its_sources_say(sceaux: Exhibition) -> None:
    """21 undertakings, two officials' words, two twin towns, a topic, a signature: no practice."""
    holds = city_holds.of(sceaux, "sceaux")
    assert (len(holds.commitments), len(holds.words), holds.practices) == (21, 2, [])
    assert [e.id for e in holds.twins] == ["bruhl", "royal-leamington-spa"]
    assert [e.id for e in holds.topics] == ["connective"]
    assert [e.id for e in holds.declarations] == ["dusseldorf-declaration"]


def test_a_twin_is_a_twin_both_ways(sceaux: Exhibition) -> None:
    """Brühl's page leads to Sceaux, though Sceaux's own core page names no twin."""
    assert [e.id for e in city_holds.of(sceaux, "bruhl").twins] == ["sceaux"]


def test_no_city_is_a_twin_that_no_source_calls_so(sceaux: Exhibition) -> None:
    """Zelenodolsk is a partner, Glasgow nobody's twin."""
    every = city_holds.of_every(sceaux)
    assert {c for c, holds in every.items() if holds.twins} == {
        "sceaux",
        "bruhl",
        "royal-leamington-spa",
    }


def test_three_cities_hosted_the_three_summits(sceaux: Exhibition) -> None:
    """Montréal, Düsseldorf, Izmir: each leads from its page to its moment of the timeline."""
    every = city_holds.of_every(sceaux)
    hosts = [(c, [m.day.year for _, m in h.summits]) for c, h in every.items() if h.summits]
    assert sorted(hosts) == [("dusseldorf", [2019]), ("izmir", [2021]), ("montreal", [2015])]


def test_the_nearest_cities_come_first(sceaux: Exhibition) -> None:
    """From Venlo one goes on to Düsseldorf and Arnhem."""
    near = city_holds.nearest(sceaux, sceaux.exhibits["venlo"], 3)
    assert near[0].id == "dusseldorf"
    assert {c.id for c in near} == {"dusseldorf", "arnhem", "bruhl"}


@pytest.mark.parametrize(
    ("choice", "count"),
    [("all", 40), ("signed", 35), ("hosted", 3), ("spoke", 11), ("practices", 0), ("words", 2)],
)
def test_cities_are_chosen_by_what_they_did(sceaux: Exhibition, choice: str, count: int) -> None:
    """The map's choices count what the content says, and none is made up."""
    held = city_holds.of_every(sceaux)
    assert len(map_view.chosen(sceaux, choice, held, {})) == count


def test_voices_choose_the_cities_they_come_from(sceaux: Exhibition) -> None:
    """Two voices from Düsseldorf put it on the map of voices."""
    held = city_holds.of_every(sceaux)
    found = map_view.chosen(sceaux, map_view.VOICES, held, {"dusseldorf": 2, "elsewhere": 5})
    assert [c.id for c in found] == ["dusseldorf"]


def test_every_choice_without_cities_is_said_kindly(sceaux: Exhibition) -> None:
    """No choice leaves an empty map without a word."""
    for language in ("en", "fr"):
        t = translator(language)
        for choice in map_view.CHOICES:
            assert map_view.label(t, choice)
            assert map_view.nothing(t, choice).endswith((".", "?", "!"))


def test_seventeen_questions_are_put_to_residents(sceaux: Exhibition) -> None:
    """Each has an address of its own; one of them has a vote."""
    questions = guiding.every(sceaux)
    assert len(questions) == len({q.subject for q in questions}) == 17
    assert [q.put_as for q in questions if q.put_as] == ["izmir-short-or-long"]
    for question in questions:
        assert guiding.find(sceaux, question.subject) == question
        assert Step("fr", "vivre-ensemble", "exhibit", question.subject).exhibit in sceaux.exhibits
    assert guiding.find(sceaux, "izmir-closing_nothing") is None


def test_a_session_without_hours_ends_its_day(example: Exhibition, sceaux: Exhibition) -> None:
    """The programme runs by day and hour."""
    assert [s.id for s in programme.sessions(sceaux)][:2] == ["izmir-cohesion", "izmir-lessons"]
    assert [s.id for s in programme.sessions(example)] == ["workshop-streets", "workshop-doors"]


def test_the_declaration_with_most_signatories_comes_first(sceaux: Exhibition) -> None:
    """Düsseldorf's 35 names; those of Montréal are not known."""
    found = sceaux.of_kind(Kind.DECLARATION)
    first = declaration.most_signed(found)
    assert first is not None
    assert first.id == "dusseldorf-declaration"
    assert declaration.most_signed(()) is None


def test_moments_lie_by_time_but_never_under_one_finger() -> None:
    """Four moments of one summer stand apart; the first and last keep the ends."""
    days = [
        date(2015, 6, 10),
        date(2019, 8, 30),
        date(2019, 8, 31),
        date(2019, 9, 1),
        date(2021, 12, 10),
    ]
    places = placed(days)
    assert places[0] == 0
    assert places[-1] == 1
    assert all(b - a >= GAP - 1e-9 for a, b in pairwise(places))
    assert places[1] == pytest.approx(0.65, abs=0.02)


def test_a_line_that_is_full_has_equal_distances() -> None:
    """Moments at the end push the others back; none leaves the line."""
    crowd = [date(2015, 1, 1)] + [date(2021, 12, n) for n in range(1, 14)]
    places = placed(crowd)
    assert places == pytest.approx([n / 13 for n in range(14)], abs=0.001)
    assert placed([date(2019, 1, 1)]) == [0.0]
    assert placed([]) == []
