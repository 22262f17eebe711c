"""Which languages the interface speaks: those of the catalogues that lie in this folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unicodedata import normalize

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent

SOURCE = "en"
"""The language that the sentences in the code are written in; it needs no catalogue."""

_FIRST = ("fr", "en", "de", "ar")
"""What the first summits were held in; every further language follows by its own name."""

_REGIONS = {"ar": "ar_AE", "en": "en_GB"}
"""Day before month in English; Arabic with the month names and digits that its texts use."""

_AT_SCREEN = ("kiosk/screens/touch/", "kiosk/screens/widgets/")

_REVIEWED = re.compile(r"^Reviewed by a native reader: *\S", re.MULTILINE)


@cache
def cldr(language: str) -> Locale:
    """Return what the Common Locale Data Repository knows of a language, else of English.

    *language* is a tag such as ``fr``, ``fr-CA`` or ``sr-Latn``.
    """
    for tag in (_REGIONS.get(language, language), language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="_" if "_" in tag else "-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale.parse(_REGIONS[SOURCE])


@cache
def direction(language: str) -> str:
    """Return ``"rtl"`` or ``"ltr"`` for a language tag; what nobody knows runs left to right."""
    known = cldr(language).language == language.partition("-")[0]
    return "rtl" if known and cldr(language).character_order == "right-to-left" else "ltr"


@cache
def native_name(language: str) -> str:
    """Return a language's own name for itself, as it stands alone: “Français”, “العربية”."""
    said = cldr(language)
    if said.language != language.partition("-")[0]:
        return language
    base = Locale(said.language, script=said.script)
    name = str(base.get_display_name() or language)
    return name[:1].upper() + name[1:]


def by_name(languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return languages by their own names, script after script, accents aside."""
    return tuple(sorted(languages, key=lambda x: normalize("NFKD", native_name(x)).casefold()))


@cache
def is_reviewed(language: str) -> bool:
    """Whether a person whose language it is has read the interface's sentences.

    The catalogue's first lines say so: ``# Reviewed by a native reader: NAME, DATE``.
    """
    path = catalogue(language)
    if language == SOURCE or not path.is_file():
        return language == SOURCE
    with path.open("rb") as file:
        return bool(_REVIEWED.search(_bare(read_po(file, locale=cldr(language)).header_comment)))


@cache
def fixed_sentences(language: str) -> tuple[str, ...]:
    """Return what a touchscreen says in a language whatever it shows: sentences without figures."""
    # No catalogue is English, and any of the others may be half done: all of them name it.
    every = sorted(FOLDER.glob("*.po")) if language == SOURCE else [catalogue(language)]
    at_screen = [message for path in every if path.is_file() for message in _at_screen(path)]
    said = (message.id if language == SOURCE else message.string for message in at_screen)
    return tuple(dict.fromkeys(str(each) for each in said if each))


def _at_screen(path: Path) -> Iterator[Message]:
    with path.open("rb") as file:
        for message in read_po(file, locale=cldr(path.stem)):
            if (
                isinstance(message.id, str)
                and "{" not in message.id
                and any(place.startswith(_AT_SCREEN) for place, _ in message.locations)
            ):
                yield message


def catalogue(language: str) -> Path:
    """Return where a language's sentences are, whether they are there or not."""
    return FOLDER / f"{language}.po"


def _bare(comment: str) -> str:
    return "\n".join(line.lstrip("# ") for line in comment.splitlines())


def _found() -> tuple[str, ...]:
    there = {path.stem for path in FOLDER.glob("*.po")} | {SOURCE}
    return (
        *(x for x in _FIRST if x in there),
        *(x for x in by_name(tuple(there)) if x not in _FIRST),
    )


LANGUAGES = _found()
"""Languages of the interface in the order in which they are offered."""
