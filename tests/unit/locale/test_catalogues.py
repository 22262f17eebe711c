"""Every sentence that the interface says is there in every language, with the same placeholders."""

from __future__ import annotations

import string
from collections.abc import Iterable

import pytest

from tests.unit.locale.catalogues import TRANSLATED, catalogue, forms, sentences


def placeholders(texts: Iterable[str]) -> set[str]:
    """The names in braces."""
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_said_in_every_language(language: str) -> None:
    """What is missing is listed; `python -m deploy.locale` adds it to the files."""
    missing = [s for s in sentences() if not forms(language, s)]
    assert not missing, "\n".join(f"{s.place}: {s.one}" for s in missing)


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_are_those_of_the_english_sentence(language: str) -> None:
    """A name in braces that is not given would break the sentence before a visitor's eyes."""
    for sentence in sentences():
        wanted = placeholders(filter(None, (sentence.one, sentence.many)))
        for said in forms(language, sentence):
            assert placeholders([said]) <= wanted, f"{sentence.place}: {said}"
            if not sentence.many:
                assert placeholders([said]) == wanted, f"{sentence.place}: {said}"


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_kept_that_nobody_says(language: str) -> None:
    """A sentence that left the code leaves the catalogues."""
    said = {s.one for s in sentences()}
    kept = {m.id if isinstance(m.id, str) else m.id[0] for m in catalogue(language) if m.id}
    assert kept <= said, kept - said


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_says_who_has_read_it(language: str) -> None:
    """A machine's work says so in its first line, until a native reader signs for it."""
    head = catalogue(language).header_comment
    assert "Said by machine" in head or "Reviewed by a native reader" in head
