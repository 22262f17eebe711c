"""In which language a visitor is spoken to: chosen by link, kept by cookie, or the phone's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kiosk.exhibition.localized import direction

COOKIE = "lang"


def offered(exhibition_languages: Sequence[str], spoken: Sequence[str]) -> tuple[str, ...]:
    """Return the interface's languages: those that the exhibition is written in come first.

    In another one the controls are said; the texts stand in the nearest language there is, marked.
    """
    both = tuple(language for language in exhibition_languages if language in spoken)
    return (*both, *(language for language in spoken if language not in both))


def chosen(
    query: str, cookies: Mapping[str, str], accepted: str, languages: tuple[str, ...]
) -> str:
    """Return one of *languages*: by ``?lang=``, else by cookie, else by Accept-Language."""
    for wish in (query, cookies.get(COOKIE, "")):
        if wish in languages:
            return wish
    return _accepted(accepted, languages)


def written_in(text: str, spoken: str, accepted: str, languages: tuple[str, ...]) -> str:
    """Return the language that a text is most likely in, by its script alone.

    A page is in the language that its reader chose; who writes Latin letters on an Arabic page, or
    the other way round, writes another: the best accepted one of that script.
    """
    letters = [c for c in text if c.isalpha()]
    foreign = sum("\u0590" <= c <= "\u08ff" for c in letters)
    leftward = 2 * foreign > len(letters)
    if leftward == (direction(spoken) == "rtl"):
        return spoken
    fitting = tuple(x for x in languages if (direction(x) == "rtl") == leftward)
    return _accepted(accepted, fitting) if fitting else spoken


@lru_cache(maxsize=1024)
def _accepted(header: str, languages: tuple[str, ...]) -> str:
    """Return the best of *languages* by RFC 9110, 12.5.4; a dialect counts as its language."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")[:20]):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        wishes.append((-quality, place, tag.strip().lower().split("-")[0]))
    for quality, _, language in sorted(wishes):
        if language in languages and quality < 0:
            return language
    return "en" if "en" in languages else languages[0]
