"""Words as a search compares them: without case, accents, vowel marks or a script's variants."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

LONGEST = 40
"""Letters of a word that are compared; what is longer is no word that anybody looks for."""

_MARKS = "".join(c for c in map(chr, range(0x300, 0x3000)) if unicodedata.category(c)[0] == "M")
_HIDDEN = "\u00ad\u200b-\u200d\u2060"
"""Soft hyphen and joiners: within a word, and nobody types them."""

_WORD = re.compile(f"[^\\W_](?:[^\\W_]|[{_MARKS}{_HIDDEN}])*")

_SINGLE = str.maketrans("øđðłıґєёђћٱىیةک", "oddliгеедчاييهك")
_DOUBLE = {ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th"}
_UNSEEN = dict.fromkeys(map(ord, "ـ\u00ad\u200b\u200c\u200d\u2060"))
_LETTERS = {**_SINGLE, **_DOUBLE, **_UNSEEN}
"""Letters that Unicode does not take apart but that people exchange: German ß, the Turkish dotless
i, a final ya without dots, ta marbuta; and the stroke that only stretches Arabic words."""

_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
"""“The”, with the particles that are written onto it."""

_UMLAUTS = re.compile("([aou])e")
_LEAST_OF_ARABIC = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in a text: from *start* to *end*, and as it is compared."""

    start: int
    end: int
    folded: str


def fold(word: str) -> str:
    """Return a word as it is compared; only vowel signs that are letters stay (Indic scripts)."""
    lowered = word.casefold()
    if lowered.isascii():
        return lowered[:LONGEST]
    apart = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
    kept = "".join(_digit(c) for c in apart if unicodedata.combining(c) in _KEPT_CLASSES)
    # Once more: a letter drawn for formulas, as 𝓐, is a capital only now.
    return kept.casefold().translate(_LETTERS)[:LONGEST]


_KEPT_CLASSES = frozenset({0, 9})
"""Unicode's combining classes of letters, and of the sign that joins Indic consonants."""


def _digit(character: str) -> str:
    """Return the figure 0…9 for one of any script, every other character as it is."""
    if character.isascii() or not character.isdigit():
        return character
    return str(unicodedata.digit(character))


def words_in(text: str) -> list[Word]:
    """Return the words of a text in their order."""
    found = (Word(m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(text))
    return [word for word in found if word.folded]


def words_as_written(text: str) -> Iterator[str]:
    """Yield the words of a text as they stand there."""
    return (found[0] for found in _WORD.finditer(text))


def written_in(text: str, term: str) -> str:
    """Return a word (folded) as a text writes it, empty where it does not have it."""
    found = next((word for word in words_in(text) if term in forms(word.folded)), None)
    return text[found.start : found.end] if found else ""


def forms(folded: str) -> tuple[str, ...]:
    """Return a word and, in Arabic, the word without its article: one finds the other."""
    for article in _ARTICLES:
        if folded.startswith(article) and len(folded) - len(article) >= _LEAST_OF_ARABIC:
            return folded, folded[len(article) :]
    return (folded,)


def spellings(folded: str) -> tuple[str, ...]:
    """Return how a typed word may be meant: as it is, or with ``ae oe ue`` for umlauts."""
    meant = [*forms(folded)]
    if _UMLAUTS.search(folded):
        meant.append(_UMLAUTS.sub(r"\1", folded))
    return tuple(dict.fromkeys(meant))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text; *hit* where it is a word that was looked for."""

    text: str
    hit: bool


def marked(text: str, terms: Iterable[str]) -> list[Part]:
    """Return the text in parts, the words of *terms* (folded) apart from the others."""
    wanted, parts, at = frozenset(terms), list[Part](), 0
    for word in words_in(text):
        if wanted.isdisjoint(forms(word.folded)):
            continue
        if word.start > at:
            parts.append(Part(text[at : word.start], hit=False))
        parts.append(Part(text[word.start : word.end], hit=True))
        at = word.end
    if at < len(text):
        parts.append(Part(text[at:], hit=False))
    return parts


def excerpt(text: str, terms: Iterable[str], longest: int = 150) -> str:
    """Return at most about *longest* characters of a text, around the first word of *terms*."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    wanted, found = frozenset(terms), words_in(text)
    first = next((w for w in found if not wanted.isdisjoint(forms(w.folded))), None)
    begin = _beginning(found, first.start - longest // 3) if first else 0
    end = max((w.end for w in found if w.end <= begin + longest), default=longest)
    if not words_in(text[end:]):
        end = len(text)
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    return f"{before}{text[begin:end]}{after}"


def _beginning(found: Sequence[Word], near: int) -> int:
    """Return where the first word behind *near* begins; the text's beginning where that is near."""
    if near <= 0:
        return 0
    return next((word.start for word in found if word.start >= near), 0)
