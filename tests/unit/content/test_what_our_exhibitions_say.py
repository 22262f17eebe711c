"""What the exhibitions shipped under content/ say, and what they must never claim."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.exhibition.model import (
    CommitmentDetails,
    ConclusionDetails,
    Exhibition,
    Kind,
    SessionDetails,
    Standing,
)
from kiosk.exhibition.reader import read

CONTENT = Path(__file__).resolve().parents[3] / "content"
LANGUAGES = {"en", "fr", "de", "ar"}


@pytest.fixture(scope="module")
def sceaux() -> Exhibition:
    """The real exhibition as Sceaux shows it."""
    return read(CONTENT / "vivre-ensemble", "sceaux")


@pytest.fixture(scope="module")
def example() -> Exhibition:
    """The fictional exhibition."""
    return read(CONTENT / "example")


@pytest.fixture(scope="module")
def voices() -> dict[str, Any]:
    """The example's voices and answers."""
    return tomllib.loads((CONTENT / "example" / "voices.toml").read_text("utf-8"))


def _sessions(exhibition: Exhibition) -> list[SessionDetails]:
    details = [e.details for e in exhibition.of_kind(Kind.SESSION)]
    return [each for each in details if isinstance(each, SessionDetails)]


def test_izmir_has_the_seven_sessions_and_17_questions_of_its_programme(
    sceaux: Exhibition,
) -> None:
    """Ada reads Izmir's preliminary programme: seven sessions, 17 questions, no result."""
    sessions = _sessions(sceaux)
    assert [s.form for s in sessions] == ["dialogue"] * 2 + ["workshop"] * 3 + ["plenary"] * 2
    assert sum(len(s.guiding_questions) for s in sessions) == 17
    assert {e.standing for e in sceaux.of_kind(Kind.SESSION)} == {Standing.INTENDED}


def test_izmirs_hours_are_those_printed_for_three_cities(sceaux: Exhibition) -> None:
    """The last workshop starts at 19:15 in Izmir, 17:15 in Paris, 11:15 in Montréal (S4)."""
    last = _sessions(sceaux)[4]
    assert last.starts_at is not None
    hours = [last.starts_at.astimezone(ZoneInfo(zone)).strftime("%H:%M") for zone in last.zones]
    assert hours == ["19:15", "17:15", "11:15"]
    assert last.zone_places == ("izmir", "paris", "montreal")


def test_an_hour_that_was_never_set_is_not_made_up(sceaux: Exhibition) -> None:
    """The two plenaries stand in the programme with "XhX-Xh": nobody invents their hours."""
    assert [(s.starts_at, s.ends_at) for s in _sessions(sceaux)[5:]] == [(None, None)] * 2


def test_sceaux_undertakes_21_things_and_claims_no_outcome(sceaux: Exhibition) -> None:
    """Sceaux's plan of 2023 says what the town will do; no source says what became of it."""
    plan = [e for e in sceaux.of_kind(Kind.COMMITMENT) if e.owner == "sceaux"]
    assert len(plan) == 21
    for exhibit in plan:
        assert exhibit.standing in (Standing.DECIDED, Standing.INTENDED)
        assert isinstance(exhibit.details, CommitmentDetails)
        assert (exhibit.details.status, exhibit.details.follows_from) == ("unknown", ())
        assert set(exhibit.sources) == {"s2"}


def test_real_summits_have_no_conclusions_of_ours(sceaux: Exhibition) -> None:
    """What the real workshops concluded was not published, so none is shown."""
    assert sceaux.of_kind(Kind.CONCLUSION) == ()


def test_the_example_shows_the_whole_chain(example: Exhibition) -> None:
    """From a conclusion with its cards, session and dissent to what a council made of it."""
    assert example.example
    conclusions = example.of_kind(Kind.CONCLUSION)
    for exhibit in conclusions:
        details = exhibit.details
        assert isinstance(details, ConclusionDetails)
        assert details.session
        assert details.statements
        assert details.dissent
        assert exhibit.question
        assert set(exhibit.media[0].alternative.by_language) == LANGUAGES
    commitments = [e.details for e in example.of_kind(Kind.COMMITMENT)]
    followed = {c for d in commitments if isinstance(d, CommitmentDetails) for c in d.follows_from}
    assert followed <= {e.id for e in conclusions}
    statuses = {d.status for d in commitments if isinstance(d, CommitmentDetails)}
    assert statuses == {"begun", "done", "planned", "dropped"}


def test_example_voices_speak_about_exhibits_that_exist(
    example: Exhibition, voices: dict[str, Any]
) -> None:
    """Each example voice hangs on an exhibit of the example, and enough of them wait."""
    assert {c["exhibit"] for c in voices["comment"]} <= set(example.exhibits)
    assert sum(c["state"] == "waiting" for c in voices["comment"]) >= 8
    assert all(c["ground"] and c["note"] for c in voices["comment"] if c["state"] == "refused")


def test_example_answers_come_after_published_voices(voices: dict[str, Any]) -> None:
    """An office answers only what was published, and later than it was said."""
    said = {c["id"]: c for c in voices["comment"]}
    for answer in voices["answer"]:
        for comment in answer["comments"]:
            assert said[comment]["state"] == "published"
            assert said[comment]["minutes_ago"] > answer["minutes_ago"]


def test_there_are_no_example_ballots(voices: dict[str, Any]) -> None:
    """A figure on a screen is never made up, not even in the example."""
    assert set(voices) == {"comment", "answer"}
