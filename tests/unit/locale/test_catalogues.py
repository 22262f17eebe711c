"""Every sentence that the interface says is there in every language, with the same placeholders."""

from __future__ import annotations

import string
from collections.abc import Iterable

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from deploy.locale.sentences import ROOT, Sentence, sentences
from kiosk.locale.translator import LANGUAGES, translator

TRANSLATED = [language for language in LANGUAGES if language != "en"]


def catalogue(language: str) -> Catalog:
    """The translators' file of a language."""
    with (ROOT / "kiosk" / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def forms(catalogue: Catalog, sentence: Sentence) -> tuple[str, ...]:
    """All forms in which a sentence is said; none where it is not."""
    found = catalogue.get(sentence.one)
    if found is None or not found.string:
        return ()
    return tuple(map(str, found.string)) if sentence.many else (str(found.string),)


def placeholders(texts: Iterable[str]) -> set[str]:
    """The names in braces."""
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_said_in_every_language(language: str) -> None:
    """What is missing is listed; `python -m deploy.locale` adds it to the files."""
    there = catalogue(language)
    missing = [s for s in sentences() if not (said := forms(there, s)) or not all(said)]
    assert not missing, "\n".join(f"{s.place}: {s.one}" for s in missing)


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_those_of_the_english_sentence(language: str) -> None:
    """A name in braces that is not given would break the sentence before a visitor's eyes."""
    there = catalogue(language)
    for sentence in sentences():
        wanted = placeholders(filter(None, (sentence.one, sentence.many)))
        for said in forms(there, sentence):
            assert placeholders([said]) <= wanted, f"{sentence.place}: {said}"
            if not sentence.many:
                assert placeholders([said]) == wanted, f"{sentence.place}: {said}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_kept_that_nobody_says(language: str) -> None:
    """A sentence that left the code leaves the catalogues."""
    said = {s.one for s in sentences()}
    kept = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue(language) if m.id}
    assert kept <= said, kept - said


def test_plurals_follow_each_language() -> None:
    """Arabic has six forms, French counts nought as one."""
    assert translator("fr").plural("{n} vote", "{n} votes", 0).split()[0] == "0"
    arabic = {translator("ar").plural("{n} vote", "{n} votes", n) for n in (0, 1, 2, 3, 11, 100)}
    assert len(arabic) >= 4


def test_french_puts_a_narrow_space_before_high_marks() -> None:
    """« Qu’en dites-vous ? » breaks nowhere before its mark."""
    for message in filter(lambda message: message.id, catalogue("fr")):
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        for text in map(str, said or ()):
            for mark in "?!;":
                at = text.find(mark)
                assert at <= 0 or text[at - 1] in "\u202f\u00a0?!…", text
