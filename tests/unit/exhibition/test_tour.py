"""An editor plans the guided tour: five exhibits that ask something, thirty minutes in all."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.exhibition import reader
from kiosk.exhibition.model import Exhibition, Stop
from tests.unit.exhibition import small

CONTENT = Path(__file__).resolve().parents[3] / "content"
FIRST = len(small.EXHIBITION.splitlines()) + 1
"""The line of the first stop that is added to the tiny exhibition."""


def planned(folder: Path, *stops: tuple[str, object]) -> list[tuple[str, int]]:
    """Write a tour into the tiny exhibition, and return the rules broken, with their lines."""
    small.write(folder)
    head = folder / "exhibition.toml"
    tour = "".join(f'[[tour]]\nexhibit = "{e}"\nminutes = {m}\n' for e, m in stops)
    head.write_text(head.read_text("utf-8") + tour, "utf-8")
    faults = reader.faults_of(folder)
    return [(f.rule, f.line) for f in faults if f.path == "exhibition.toml"]


GOOD = [("benches", 6), ("gardens", 6), ("free-ferry", 6), ("welcome", 6), ("near", 6)]


def test_what_is_wrong_with_a_tour_is_said_with_its_line(tmp_path: Path) -> None:
    """Four stops, one of them twice, one that asks nothing, one that is nowhere."""
    stops = [("benches", 6), ("benches", 6), ("lindmark", 6), ("nowhere", 6)]
    assert sorted(planned(tmp_path / "harbour", *stops)) == [
        ("dangling-reference", FIRST + 10),
        ("tour-asks-nothing", FIRST + 7),
        ("tour-repeated", FIRST + 4),
        ("tour-stops", FIRST),
    ]


@pytest.mark.parametrize(
    ("minutes", "rule"), [(5, "tour-minutes"), (16, "out-of-range"), (2.5, "out-of-range")]
)
def test_five_stops_take_thirty_minutes(tmp_path: Path, minutes: float, rule: str) -> None:
    """29 minutes, a quarter of an hour and more at one stop, or half a minute."""
    stops = [(e, minutes if n == 0 else m) for n, (e, m) in enumerate(GOOD)]
    assert (rule, FIRST + 2 if rule == "out-of-range" else FIRST) in planned(
        tmp_path / "harbour", *stops
    )


def test_an_exhibition_without_a_tour_offers_none(tmp_path: Path) -> None:
    small.write(tmp_path / "harbour")
    assert reader.read(tmp_path / "harbour").tour == ()


@pytest.fixture(scope="module")
def summit() -> Exhibition:
    """The real exhibition as Sceaux shows it."""
    return reader.read(CONTENT / "vivre-ensemble", "sceaux")


def test_the_summits_tour_leads_through_every_topic(summit: Exhibition) -> None:
    """A class of Sceaux meets each topic once, in half an hour, and can answer each time."""
    assert sum(stop.minutes for stop in summit.tour) == 30
    exhibits = [summit.exhibits[stop.exhibit] for stop in summit.tour]
    assert [e.topic for e in exhibits] == [t.id for t in summit.topics()]
    assert all(e.question for e in exhibits)


def test_what_the_tour_says_is_marked_as_ours(summit: Exhibition) -> None:
    """No stop's sentence is presented as the summit's: no source gives it."""
    exhibits = [summit.exhibits[stop.exhibit] for stop in summit.tour]
    assert {(str(e.standing), e.sources) for e in exhibits} == {("put", ("exhibition",))}


def test_a_stop_is_an_exhibit_and_its_minutes(summit: Exhibition) -> None:
    assert summit.tour[0] == Stop("benches", 5)
