"""The catalogues and the sentences in the code, read once for all tests of this folder."""

from __future__ import annotations

import re
from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from deploy.locale import sentences as gathering
from deploy.locale.sentences import ROOT, Sentence
from kiosk.locale.languages import cldr
from kiosk.locale.translator import LANGUAGES

TRANSLATED = tuple(language for language in LANGUAGES if language != "en")

COMMAND = re.compile(r"`[^`]*`|[“«„][\u202f\u00a0]?kiosk [^”»“]*[”»“]|(?<=: )kiosk [a-z]+")
"""A command for an operator's terminal is the same in every language."""

BEGUN = """# Said by machine, not yet read by a person whose language it is.
msgid ""
msgstr ""
"Language: {}\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 \
&& (n%100<10 || n%100>=20) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def begun(language: str, sentences: str) -> str:
    """A catalogue as somebody begins it, of a language that has three forms for numbers."""
    return BEGUN.format(language) + sentences


@cache
def sentences() -> tuple[Sentence, ...]:
    """Every sentence that the code says, once."""
    return tuple(gathering.sentences())


@cache
def catalogue(language: str) -> Catalog:
    """The translators' file of a language."""
    with (ROOT / "kiosk" / "locale" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=cldr(language))


def forms(language: str, sentence: Sentence) -> tuple[str, ...]:
    """All forms in which a language says a sentence; none where it does not."""
    found = catalogue(language).get(sentence.one)
    if found is None or not found.string:
        return ()
    said = tuple(map(str, found.string)) if sentence.many else (str(found.string),)
    return said if all(said) else ()


def words(language: str) -> list[tuple[str, str]]:
    """Each English sentence with each form of its translation; a × stands for each command."""
    return [
        (COMMAND.sub("×", sentence.one), COMMAND.sub("×", said))
        for sentence in sentences()
        for said in forms(language, sentence)
    ]
