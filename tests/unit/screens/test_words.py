"""A tally in words: what leads, out of how many votes, and where most of them came from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest

from kiosk.exhibition.localized import Localized, Written
from kiosk.exhibition.model import Choice, Kind, Question, QuestionKind, Source, Standing
from kiosk.locale.translator import translator
from kiosk.screens.widgets import words
from kiosk.voice.tally import BALLOTS, Tally

t = translator("en")
STATEMENT = Question(
    "world/core/benches",
    QuestionKind.AGREE,
    Localized({"en": Written("Every square needs seats.")}),
    (),
)
PLOT = Question(
    "world/core/plot",
    QuestionKind.SINGLE,
    Localized({"en": Written("What should stand here?")}),
    (
        Choice("homes", Localized({"en": Written("Homes"), "fr": Written("Des logements")})),
        Choice("park", Localized({"en": Written("A park")})),
    ),
)


def _tally(question: Question, **by_channel: Mapping[str, int]) -> Tally:
    total: Counter[str] = Counter()
    channels: dict[str, dict[str, int]] = {}
    for channel, counts in by_channel.items():
        channels[channel] = {**counts, BALLOTS: sum(counts.values())}
        total.update(channels[channel])
    return Tally(question.id, dict(total), channels)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "No votes yet."),
        ({"phone": {"agree": 1}}, "One vote so far: “Agree”."),
        ({"phone": {"agree": 3, "disagree": 1}}, "3 of 4 votes agree."),
        ({"phone": {"agree": 1, "disagree": 3}}, "3 of 4 votes disagree."),
        ({"phone": {"agree": 2, "disagree": 2}}, "No answer leads after 4 votes."),
        (
            {"phone": {"agree": 300, "pass": 40}, "touchscreen": {"agree": 12, "disagree": 156}},
            "312 of 508 votes agree. Most votes came from phones.",
        ),
        ({"phone": {"agree": 5}, "card": {"agree": 5}}, "10 of 10 votes agree."),
        ({"phone": {"agree": 4, "pass": 1}, "card": {"agree": 1}}, "5 of 6 votes agree."),
    ],
)
def test_a_statements_tally_is_said_in_one_or_two_sentences(
    counts: dict[str, dict[str, int]], sentence: str
) -> None:
    """They are votes, not people, and few votes are not compared by where they came from."""
    assert words.tally_sentence(t, _tally(STATEMENT, **counts), STATEMENT) == sentence


def test_a_leading_choice_is_named_in_the_visitors_language() -> None:
    """A choice without a French name is quoted in the language that it has."""
    french = translator("fr")
    homes = words.tally_sentence(
        french, _tally(PLOT, phone={"homes": 3, "park": 1}), PLOT, "fr", ("en",)
    )
    park = words.tally_sentence(
        french, _tally(PLOT, phone={"homes": 1, "park": 3}), PLOT, "fr", ("en",)
    )
    assert "Des logements" in homes
    assert "A park" in park


def test_the_answers_to_a_statement_are_the_screens_own() -> None:
    """A statement offers agree, disagree and pass, in this order."""
    labels = [words.choice_label(t, STATEMENT, c, "en").text for c in words.choice_ids(STATEMENT)]
    assert labels == ["Agree", "Disagree", "Pass"]


def test_every_kind_and_standing_has_words() -> None:
    """Nothing is shown by its code."""
    assert all(words.kind_label(t, kind) for kind in Kind)
    for standing in Standing:
        assert words.standing_label(t, standing) != standing
        assert words.standing_meaning(t, standing).endswith(".")


@pytest.mark.parametrize("status", ["unknown", "", "planned", "begun", "done", "dropped"])
def test_a_commitments_status_is_said_also_when_nobody_knows(status: str) -> None:
    """No status is invented."""
    known = {"planned", "begun", "done", "dropped"}
    assert words.commitment_status(t, status) == (status if status in known else "not known")


def test_a_source_is_cited_by_publisher_and_date() -> None:
    """Its title stands beside it in its own language."""
    source = Source("s1", "Le plan", "fr", "Ville de Sceaux", date(2023, 9, 27))
    cited = words.cited(t, source)
    assert cited.startswith("Ville de Sceaux, ")
    assert "2023" in cited
    assert words.cited(t, Source("s2", "Ohne", "de")) == ""


def test_what_stands_side_by_side_is_parted_as_the_language_parts_it() -> None:
    """Zalmai reads an Arabic comma between a name and an office, and none where one is missing."""
    assert words.beside(t, "Maren Lund", "", "Mayor") == "Maren Lund, Mayor"
    assert words.beside(translator("ar"), "مارن لوند", "العمدة") == "مارن لوند، العمدة"
    assert words.beside(t) == ""


@pytest.mark.parametrize(
    ("office", "city", "name", "beside"),
    [
        ("Maire de Sceaux", "sceaux", "سو", ""),
        ("Bürgermeisterin von Lindmark", "lindmark", "Lindmark", ""),
        ("Maire de Port-Aubier", "port-aubier", "Port-Aubier", ""),
        ("Bürgermeister", "lindmark", "Lindmark", "Lindmark"),
        ("Mayor", "", "", ""),
    ],
)
def test_an_office_that_names_its_city_is_not_given_it_again(
    office: str, city: str, name: str, beside: str
) -> None:
    """Also where the page's own language has another name for the city."""
    assert words.city_beside(office, city, name) == beside


@pytest.mark.parametrize(
    ("language", "read"), [("ar", "\u20660-41\u2069"), ("de", "0-41"), ("en", "0-41")]
)
def test_a_voice_s_number_is_read_from_the_left_in_every_script(language: str, read: str) -> None:
    """Within Arabic letters “0-41” would be drawn as 41-0, and nobody finds that voice."""
    assert words.number_in(translator(language), "0-41") == read
