"""Words compared as people mean them: no case, accents or harakat, umlauts as they are typed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.exhibition.search_words import excerpt, fold, forms, marked, spellings, words_in

LETTERS = st.text(st.characters(categories=("L", "M", "N", "P", "Z")), max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Démocratie", "democratie"),
        ("STRASSE", "Straße"),
        ("Größe", "große"),
        ("İzmir", "izmir"),
        ("ışık", "isik"),
        ("Łódź", "lodz"),
        ("œuvre", "oeuvre"),
        ("Київ", "київ"),
        ("ґанок", "ганок"),
        ("الدِّيمُقْرَاطِيَّة", "الديمقراطية"),
        ("مديـــنة", "مدينه"),
        ("أحياء", "احياء"),
        ("مستشفى", "مستشفي"),
        ("٢٠٢١", "2021"),
        ("co\u00adopérer", "cooperer"),
        ("𝓐rbre", "arbre"),
    ],
)
def test_what_people_type_alike_is_the_same_word(one: str, other: str) -> None:
    """Ada types without accents, Cem with a Turkish keyboard, Leila without harakat."""
    assert fold(one) == fold(other)


@given(LETTERS)
def test_folding_twice_changes_nothing(text: str) -> None:
    """What stands in the index is found by itself."""
    for word in words_in(text):
        assert fold(word.folded) == word.folded


@given(LETTERS)
def test_case_and_composition_never_matter(text: str) -> None:
    """A keyboard that writes é as two signs, or capitals, finds the same words."""
    for word in words_in(text):
        written = text[word.start : word.end]
        assert fold(unicodedata.normalize("NFD", written)) == word.folded
        assert fold(unicodedata.normalize("NFC", written)) == word.folded


@given(LETTERS, st.lists(st.sampled_from(["bench", "the", "a", "straße"]), max_size=3))
def test_marking_loses_no_letter_of_a_text(text: str, looked_for: list[str]) -> None:
    """Whatever is marked, the parts together are the text, to the letter."""
    whole = f"{text} {' '.join(looked_for)}"
    parts = marked(whole, map(fold, looked_for))
    assert "".join(part.text for part in parts) == whole
    assert sum(part.hit for part in parts) >= len(looked_for)
    assert not any(part.hit and part.text.isspace() for part in parts)


@given(LETTERS, st.integers(20, 80))
def test_an_excerpt_is_short_and_of_the_text(text: str, longest: int) -> None:
    """An excerpt fits its card, cuts no word, and adds nothing but the dots."""
    cut = excerpt(text, [], longest)
    assert len(cut) <= longest + 4 or not words_in(text)
    assert cut.strip("… ") in " ".join(text.split())


def test_an_excerpt_stands_around_the_word_that_was_found() -> None:
    """The bench comes late in a long text; it is what is read."""
    text = "Words. " * 60 + "A bench under the tree. " + "More words. " * 60
    cut = excerpt(text, ["bench"])
    assert "bench under the tree" in cut
    assert cut.startswith("… ")
    assert cut.endswith(" …")


def test_the_article_of_arabic_is_no_hindrance() -> None:
    """“Al-madina” is found by “madina”, and “wal-madina” by both."""
    assert forms(fold("والمدينة")) == ("والمدينه", "مدينه")
    assert forms(fold("ال")) == ("ال",)


def test_an_umlaut_may_be_typed_as_two_letters() -> None:
    """Baenke, Bänke, Banke."""
    assert fold("Bänke") in spellings(fold("Baenke"))
    assert spellings("bank") == ("bank",)
