"""Each language counts votes as its grammar does."""

from __future__ import annotations

import pytest

from kiosk.locale.translator import LANGUAGES, translator
from tests.unit.locale.catalogues import TRANSLATED, forms, sentences

COUNTED = {
    "en": {0: "0 votes", 1: "1 vote", 2: "2 votes", 21: "21 votes"},
    "fr": {0: "0 vote", 1: "1 vote", 2: "2 votes", 21: "21 votes"},
    "de": {0: "0 Stimmen", 1: "1 Stimme", 2: "2 Stimmen", 21: "21 Stimmen"},
    "ar": {0: "لا أصوات", 1: "صوت واحد", 2: "صوتان", 3: "3 أصوات", 11: "11 صوتًا", 100: "100 صوت"},
    "es": {0: "0 votos", 1: "1 voto", 2: "2 votos", 21: "21 votos"},
    "it": {0: "0 voti", 1: "1 voto", 2: "2 voti", 21: "21 voti"},
    "nl": {0: "0 stemmen", 1: "1 stem", 2: "2 stemmen", 21: "21 stemmen"},
    "pl": {
        0: "0 głosów",
        1: "1 głos",
        2: "2 głosy",
        5: "5 głosów",
        12: "12 głosów",
        22: "22 głosy",
    },
    "tr": {0: "0 oy", 1: "1 oy", 2: "2 oy", 21: "21 oy"},
    "uk": {0: "0 голосів", 1: "1 голос", 2: "2 голоси", 11: "11 голосів", 21: "21 голос"},
}
"""A number's votes, at the numbers where a language changes its form."""


@pytest.mark.parametrize("language", COUNTED)
def test_votes_are_counted_as_the_language_counts(language: str) -> None:
    """French counts nought as one, Arabic has six forms, Ukrainian says 21 as it says 1."""
    t = translator(language)
    said = {n: t.plural("{n} vote", "{n} votes", n) for n in COUNTED[language]}
    assert said == COUNTED[language]


def test_every_language_of_the_exhibition_is_counted_in() -> None:
    """The ten languages of the interface."""
    assert set(COUNTED) <= set(LANGUAGES)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_form_for_many_numbers_names_its_number(language: str) -> None:
    """Ada would read “votes” and not know how many, had one of the forms lost its {n}."""
    for sentence in (s for s in sentences() if "{n}" in s.many):
        numberless = [said for said in forms(language, sentence) if "{n}" not in said]
        alone = 3 if language == "ar" else 1  # nought, one and two are said without a number
        assert len(numberless) <= alone, f"{sentence.place}: {numberless}"
