"""Every catalogue keeps to the one list of terms, docs/terms.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

import pytest

from deploy.locale.sentences import ROOT, Sentence
from tests.unit.locale.catalogues import COMMAND, TRANSLATED, forms, sentences

LISTED = ("fr", "de", "ar", "tr", "es", "it", "nl", "pl", "uk")
"""The languages that the list was made for; a further one joins by a line in each term."""

COMPOUNDING = frozenset({"ar", "de", "nl"})
"""Where a stem may stand inside a word: Arabic's prefixes, German and Dutch compounds."""

ADDED = re.compile("[\u064b-\u0652\u0307]")
"""Arabic's vowel signs, and the dot that Python puts upon a small Turkish İ."""

Term = dict[str, Any]


@cache
def listed() -> dict[str, list[Term]]:
    """The file's terms and exceptions."""
    return tomllib.loads((ROOT / "docs" / "terms.toml").read_text(encoding="utf-8"))


def terms_in(sentence: Sentence) -> list[Term]:
    """The terms that an English sentence holds, commands and placeholders aside.

    Where one term lies within another (“core statement”), the longer counts.
    """
    rest = re.sub(r"\{\w+\}", " ", COMMAND.sub(" ", sentence.one)).casefold()
    found = []
    for term in sorted(listed()["term"], key=lambda term: -len(term["name"])):
        pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, term['english']))})\b"
        if re.search(pattern, rest):
            found.append(term)
            rest = re.sub(pattern, " ", rest)
    return found


def holds(language: str, said: str, stems: list[str]) -> bool:
    """Whether a translation has one of the stems at a word's beginning."""
    text = re.sub(r"\s", " ", ADDED.sub("", COMMAND.sub(" ", said).casefold()))
    return any(
        re.search(("" if inside(language, stem) else r"(?<!\w)") + re.escape(stem), text)
        for stem in stems
    )


def inside(language: str, stem: str) -> bool:
    """Whether a stem may stand within a word; short ones would be found by chance."""
    return language == "ar" or (language in COMPOUNDING and len(stem) > 3)


def excepted() -> set[tuple[str, str, str]]:
    """Language, term and sentence of each exception."""
    return {(x["language"], x["term"], x["sentence"]) for x in listed()["except"]}


@pytest.mark.parametrize("language", LISTED)
def test_a_word_of_the_exhibition_is_always_the_same_word(language: str) -> None:
    """Who has learnt what an “Avis” is finds no “Opinion” on the next page."""
    wrong = []
    for sentence in sentences():
        for term in terms_in(sentence):
            said = [holds(language, form, term[language]) for form in forms(language, sentence)]
            enough = any if language == "ar" else all  # Arabic's dual and nought may go without
            excused = (language, term["name"], sentence.one) in excepted()
            if said and not enough(said) and not excused:
                wrong.append(f"{term['name']}: {sentence.one} → {forms(language, sentence)}")
    assert not wrong, "\n".join(wrong)


def test_each_term_has_a_wording_in_every_language_and_is_the_only_one_of_its_name() -> None:
    """Nobody has to guess, and nobody finds two answers."""
    names = [term["name"] for term in listed()["term"]]
    assert len(names) == len(set(names)) >= 40
    for term in listed()["term"]:
        assert term["means"]
        for language in {*LISTED, *TRANSLATED} & set(term) | set(LISTED):
            assert term[language], term["name"]
            assert all(s == s.casefold() for s in term[language]), term[language]


def test_each_exception_has_a_reason_and_is_still_needed() -> None:
    """An excuse for a sentence that nobody says, or that keeps to the list now, is taken out."""
    terms = {term["name"]: term for term in listed()["term"]}
    spoken = {sentence.one: sentence for sentence in sentences()}
    for one in listed()["except"]:
        assert len(one["why"]) > 20
        said = forms(one["language"], spoken[one["sentence"]])
        stems = terms[one["term"]][one["language"]]
        assert not all(holds(one["language"], form, stems) for form in said), one
