"""What is found: misspelt, half typed, in another language; and what is gone is gone."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.exhibition.search_index import Entry, Index
from kiosk.exhibition.search_spelling import Vocabulary, forgiven
from kiosk.exhibition.search_texts import entries
from kiosk.exhibition.search_words import fold
from tests.world import harbour, said

VOICE = Entry("voice", "v1", "fr", "", "Des bancs à l’ombre devant l’école, s’il vous plaît.")
CITY = Entry("city", "lindmark", "fr", "Lindmark", "Une ville au bord de l’eau.")
TOWN = Entry("topic", "healthy", "de", "Die gesunde Stadt", "Gärten, Bänke und Straßen für alle.")
CITY_DE = Entry("city", "lindmark", "de", "Lindmark", "Eine Stadt am Wasser.")


@pytest.fixture
def index() -> Index:
    """A few texts in two languages."""
    made = Index()
    made.change([VOICE, CITY, TOWN, CITY_DE])
    return made


def found(index: Index, query: str, *languages: str) -> list[str]:
    """Return the ids that a query finds, best first."""
    return [hit.entry.id for hit in index.find(query, languages).hits]


@pytest.mark.parametrize(
    "typed",
    [
        "bancs",
        "BANCS",
        "bansc",
        "bncs",
        "bancs ecole",
        "ecole",
        "écloe",
        "ombr",
        "banc",
        "vous plait",
    ],
)
def test_a_voice_is_found_however_it_is_spelt(index: Index, typed: str) -> None:
    """Ada exchanges letters, forgets accents, stops in the middle of a word."""
    assert found(index, typed)[0] == "v1"


@pytest.mark.parametrize("typed", ["baenke", "Bänke", "banke", "strassen", "strasse", "Gaerten"])
def test_german_is_found_with_and_without_its_signs(index: Index, typed: str) -> None:
    """Umlauts as two letters, ß as ss."""
    assert found(index, typed, "de") == ["healthy"]


def test_the_visitors_language_comes_first(index: Index) -> None:
    """Lindmark is a city in both languages: once, in the one that is read."""
    (french,) = [h.entry for h in index.find("lindmark", ("fr",)).hits]
    (german,) = [h.entry for h in index.find("lindmark", ("de",)).hits]
    assert (french.language, german.language) == ("fr", "de")


def test_what_was_meant_is_said_as_its_text_writes_it(index: Index) -> None:
    """“Eocle” stands nowhere; “école” does, with its accent."""
    assert index.find("eocle").meant == ("école",)
    assert index.find("ecole").meant == ()


def test_nothing_found_leads_on(index: Index) -> None:
    """No text is near it: words that are at hand are offered, none where there is nothing alike."""
    assert index.find("ville") == index.find("VILLE")
    nothing = index.find("vla")
    assert not nothing.hits
    assert "ville" in nothing.instead or nothing.instead == ()
    assert index.find("zzzzzzzzzz").instead == ()


@pytest.mark.parametrize(
    "typed", ["", "   ", "…", "“”", "\x00", "🙂", "'; DROP TABLE words; --", '"']
)
def test_what_is_no_word_finds_nothing_and_breaks_nothing(index: Index, typed: str) -> None:
    """A child hits every key."""
    index.find(typed)
    assert found(index, "bancs") == ["v1"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_no_typing_breaks_it(typed: str) -> None:
    """Whatever comes from the keyboard."""
    _SHARED.find(typed, ("fr",))


_SHARED = Index()
_SHARED.change([VOICE, CITY, TOWN, CITY_DE])


LONG_WORDS = ["bibliotheque", "terrasse", "gouvernance", "participation"]


@given(st.sampled_from(LONG_WORDS), st.randoms())
def test_as_many_letters_are_forgiven_as_is_said(word: str, chance: random.Random) -> None:
    """One letter in four to five, two in six to eight, three from nine on: wrong or exchanged."""
    letters = list(word)
    for at in chance.sample(range(1, len(word) - 1, 2), forgiven(word)):
        letters[at] = chance.choice([c for c in "kwxz" if c != letters[at]])
    typed = Vocabulary([word, "banc", "eau"]).understood("".join(letters), last=True)
    assert word in typed.terms


def test_a_year_is_no_other_year() -> None:
    """2015 is not 2019, however near."""
    assert "2019" not in Vocabulary(["2019"]).understood("2015", last=True).terms


def test_what_is_taken_out_is_gone_from_every_list_of_words(index: Index) -> None:
    """Ada erases her voice: none of its words is found, nor offered for another."""
    index.change(less=[VOICE.key])
    assert found(index, "ombre") == []
    assert "ombre" not in index.find("omber").instead
    assert len(index) == 3
    kept = index._connection.execute("SELECT term FROM term").fetchall()
    assert not {"ombre", "bancs", "plait"} & {row[0] for row in kept}
    index.change(less=[VOICE.key])
    assert len(index) == 3


def test_a_changed_text_takes_the_place_of_the_old_one(index: Index) -> None:
    """The same city with another text: no word of the old one is left."""
    index.change([Entry("city", "lindmark", "fr", "Lindmark", "Une ville de montagne.")])
    assert found(index, "montagne") == ["lindmark"]
    assert found(index, "bord") == []


def test_every_text_of_an_exhibit_can_be_found() -> None:
    """Title, question and choices in each language, as entries of the exhibit."""
    every = list(entries(harbour()))
    assert {(e.id, e.language) for e in every} >= {("communicative", "fr"), ("benches", "en")}
    benches = next(e for e in every if e.id == "benches")
    assert "parking space" in benches.text
    ferry = next(e for e in every if e.id == "ferry")
    assert "North South Both" in ferry.text


def test_marks_of_markdown_are_no_words() -> None:
    """A card of the search shows a lead as its page does: no marks, no address, no entity."""
    lead = "See **this** [page](https://x.example/abc):\n\n- R&amp;D of open_data\n- 3*4 benches"
    ferry = harbour().exhibits["ferry"]
    written = replace(ferry, lead=said(lead))
    every = entries(replace(harbour(), exhibits={"ferry": written}))

    text = next(e.text for e in every if e.language == "en")
    assert text.startswith("See this page: R&D of open_data 3*4 benches")
    assert fold("This") == "this"
