"""Which words of an index a typed word stands for: itself, its continuation, or one near it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kiosk.exhibition.search_words import spellings

EXACT, MEANT, BEGUN, CLOSE = 1.0, 0.95, 0.8, 0.6
"""How much a word counts that is the typed one, another spelling, its continuation, or near it."""

_MOST_BEGUN = 24
_MOST_CLOSE = 8
_LOOKED_THROUGH = 400
_LEAST_BEGUN = 2
"""Letters from which a word is taken for the beginning of longer ones."""


@dataclass(slots=True)
class Typed:
    """A typed word and the words of the index that stand for it, with how much each counts."""

    folded: str
    terms: dict[str, float] = field(default_factory=dict)

    @property
    def stands_somewhere(self) -> bool:
        """Whether it was found as it was typed, or as the beginning of a word."""
        return any(quality > CLOSE for quality in self.terms.values())

    def by_quality(self) -> list[str]:
        """Its words, the likeliest first."""
        return sorted(self.terms, key=lambda term: -self.terms[term])


def forgiven(word: str) -> int:
    """Return how many letters of a word may be wrong, missing, too many or exchanged."""
    if any(character.isdigit() for character in word):
        return 0  # 2015 is not 2019
    length = len(word)
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 9 else 3


class Vocabulary:
    """The words of an index, folded (:func:`kiosk.exhibition.search_words.fold`)."""

    def __init__(self, terms: Iterable[str] = ()) -> None:
        self._terms = sorted(terms)

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, term: str) -> bool:
        at = bisect_left(self._terms, term)
        return at < len(self._terms) and self._terms[at] == term

    def understood(self, word: str, *, last: bool) -> Typed:
        """Return what a typed word stands for; the *last* one may be half typed."""
        typed = Typed(word)
        for n, spelling in enumerate(spellings(word)):
            quality = MEANT if n else EXACT
            if spelling in self:
                typed.terms.setdefault(spelling, quality)
            if last or len(spelling) > _LEAST_BEGUN:
                for term in self._begun(spelling):
                    typed.terms.setdefault(term, quality * BEGUN)
        exact = any(quality >= MEANT for quality in typed.terms.values())
        for term, quality in self._close(word, at_most=1 if exact else 3):
            typed.terms.setdefault(term, quality)
        if last and not typed.stands_somewhere:
            for term, quality in self._begun_otherwise(word):
                typed.terms.setdefault(term, quality)
        return typed

    def near(self, words: Sequence[str], most: int) -> list[str]:
        """Return words at hand that look like those that were typed, the likest first."""
        likest: dict[str, float] = {}
        for word in words:
            for term, likeness, _ in process.extract(
                word, self._terms, scorer=OSA.normalized_similarity, score_cutoff=0.5, limit=12
            ):
                if len(term) > _LEAST_BEGUN:
                    likest[term] = max(likest.get(term, 0.0), likeness)
        return sorted(likest, key=lambda term: -likest[term])[:most]

    def _begun(self, word: str) -> list[str]:
        """Return words that begin with this one, the shortest first."""
        if len(word) < _LEAST_BEGUN:
            return []
        at = bisect_left(self._terms, word)
        same = takewhile(lambda term: term.startswith(word), islice(self._terms, at, None))
        return sorted(islice(same, _LOOKED_THROUGH), key=len)[:_MOST_BEGUN]

    def _close(self, word: str, at_most: int) -> Iterator[tuple[str, float]]:
        edits = min(forgiven(word), at_most)
        if not edits:
            return
        near = process.extract(
            word, self._terms, scorer=OSA.distance, score_cutoff=edits, limit=_MOST_CLOSE
        )
        for term, distance, _ in near:
            if distance:
                begins_alike = 1.0 if term[0] == word[0] else 0.9
                yield term, CLOSE * (1 - distance / len(word)) * begins_alike

    def _begun_otherwise(self, word: str) -> Iterator[tuple[str, float]]:
        """Yield words whose beginning is near this half typed, misspelt word."""
        edits = min(forgiven(word), 2)
        if not edits:
            return
        begins = [term[: len(word)] for term in self._terms]
        near = process.extract(
            word, begins, scorer=OSA.distance, score_cutoff=edits, limit=_MOST_CLOSE
        )
        for _, distance, at in near:
            yield self._terms[at], 0.8 * CLOSE * (1 - distance / len(word))
