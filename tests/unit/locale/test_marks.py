"""Quotation marks, dashes, dots and spaces as each language's printers set them."""

from __future__ import annotations

import re

import pytest

from kiosk.locale.translator import translator
from tests.unit.locale.catalogues import TRANSLATED, words

QUOTES = {
    "en": "“{}”",
    "fr": "«\u202f{}\u202f»",
    "de": "„{}“",
    "ar": "«{}»",
    "es": "«{}»",
    "it": "«{}»",
    "nl": "“{}”",
    "pl": "„{}”",
    "tr": "“{}”",
    "uk": "«{}»",
}
"""The marks that a language sets around what somebody said."""

MARKS = "“”„«»"

TIED = {"pl": "aiouwzAIOUWZ", "uk": "аійоувзАІЙОУВЗ"}
"""Words of one letter, which do not stand at a line's end in these languages."""


@pytest.mark.parametrize("language", QUOTES)
def test_what_residents_said_stands_in_the_language_s_marks(language: str) -> None:
    """Carla's comment is quoted on the wall."""
    assert translator(language).quote("Bonjour") == QUOTES[language].format("Bonjour")


@pytest.mark.parametrize("language", [x for x in QUOTES if x in TRANSLATED])
def test_sentences_use_no_other_marks(language: str) -> None:
    """No typewriter's quotes, and none of another language's."""
    foreign = {'"', "'"} | (set(MARKS) - set(QUOTES[language]))
    wrong = [said for _, said in words(language) if foreign & set(said)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", TRANSLATED)
def test_marks_come_in_pairs(language: str) -> None:
    """What opens closes."""
    opening, closing = QUOTES.get(language, "“{}”").split("{}")
    for _, said in words(language):
        assert said.count(opening.strip()) == said.count(closing.strip()), said


@pytest.mark.parametrize("language", TRANSLATED)
def test_dots_and_dashes_are_set_not_typed(language: str) -> None:
    """One sign of three dots, no two spaces, no hyphen where a dash belongs, no space at an end."""
    wrong = [
        said
        for _, said in words(language)
        if re.search(r"\.\.\.| - |--|\S {2,}\S", said.replace("\u00a0", " "))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", TIED)
def test_a_word_of_one_letter_is_tied_to_the_next(language: str) -> None:
    """„w mieście” breaks nowhere after its w."""
    loose = re.compile(rf"(?<![\w’'-])[{TIED[language]}] (?=\w)")
    wrong = [said for _, said in words(language) if loose.search(said)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sentence_ends_as_the_english_one_does(language: str) -> None:
    """A label stays a label, a sentence a sentence, a question a question."""
    asked = {"?": "?؟", ":": ":", "…": "…"}
    for english, said in words(language):
        for end, ends in asked.items():
            if english.rstrip().endswith(end):
                assert said.rstrip()[-1] in ends, f"{english} → {said}"


def test_french_puts_a_narrow_space_before_high_marks() -> None:
    """« Qu’en dites-vous ? » breaks nowhere before its mark."""
    for _, text in words("fr"):
        for mark in "?!;":
            at = text.find(mark)
            assert at <= 0 or text[at - 1] in "\u202f\u00a0?!…", text
