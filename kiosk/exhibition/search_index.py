"""An index of texts in memory: what is found by words, also by words that were spelt otherwise.

It lies in no file and in no backup. What is taken out is gone from it, also from its list of words
(FTS5's secure-delete).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pysqlite3

from kiosk.exhibition.search_spelling import Typed, Vocabulary
from kiosk.exhibition.search_words import fold, forms, words_as_written, words_in, written_in

MOST_WORDS = 8
"""Typed words that are looked for; a sentence needs no more to be found."""

FEW = 5
"""Below this number of texts with all words, texts with some of them are added."""

MOST_INSTEAD = 4
"""Words that are offered where nothing was found."""

_WORDS = (
    "CREATE VIRTUAL TABLE words USING fts5 (title, body,"
    " tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'\")"
)
_TABLES = (
    _WORDS,
    "INSERT INTO words (words, rank) VALUES ('secure-delete', 1)",
    "CREATE VIRTUAL TABLE term USING fts5vocab (words, 'row')",
)
_ADD = "INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)"
_REMOVE = "DELETE FROM words WHERE rowid = ?"
_TERMS = "SELECT term FROM term"
_FIND = (
    "SELECT rowid, bm25(words, 6.0, 1.0), title, body FROM words WHERE words MATCH ?"
    " ORDER BY bm25(words, 6.0, 1.0) LIMIT 150"
)

Key = tuple[str, str, str]
"""Kind, id and language of an entry."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text that can be found: *id* of what it belongs to, *kind* as ``city`` or ``voice``.

    *leads_to* is the id of what shows it, where that is another.
    """

    kind: str
    id: str
    language: str
    title: str
    text: str
    leads_to: str = ""

    @property
    def key(self) -> Key:
        """What tells it from every other."""
        return self.kind, self.id, self.language


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, how well it fits, and by which words (folded)."""

    entry: Entry
    score: float
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first.

    *meant* is what was looked for in place of a word that stands nowhere, as its text writes it;
    *instead* are words that are at hand, where nothing was found.
    """

    hits: tuple[Hit, ...] = ()
    meant: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()


class Index:
    """Entries by key; every method may be called on any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = pysqlite3.connect(
            ":memory:", check_same_thread=False, isolation_level=None
        )
        for statement in _TABLES:
            self._connection.execute(statement)
        self._entries: dict[int, Entry] = {}
        self._rows: dict[Key, int] = {}
        self._last = 0
        self._vocabulary: Vocabulary | None = None

    def close(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._connection.close()
            self._entries.clear()
            self._rows.clear()
            self._vocabulary = None

    def __len__(self) -> int:
        """How many entries it holds."""
        return len(self._entries)

    def change(self, more: Iterable[Entry] = (), less: Iterable[Key] = ()) -> None:
        """Take entries in, in the place of those with the same key, and others out; in one go."""
        memory: dict[str, str] = {}
        made = [(e, _compared(e.title, memory), _compared(e.text, memory)) for e in more]
        with self._lock:
            self._connection.execute("BEGIN")
            for key in less:
                self._remove(key)
            for entry, title, body in made:
                self._remove(entry.key)
                self._last += 1
                self._connection.execute(_ADD, (self._last, title, body))
                self._entries[self._last] = entry
                self._rows[entry.key] = self._last
            self._connection.execute("COMMIT")
            self._vocabulary = None

    def _remove(self, key: Key) -> None:
        row = self._rows.pop(key, None)
        if row is not None:
            del self._entries[row]
            self._connection.execute(_REMOVE, (row,))

    def find(self, query: str, languages: Sequence[str] = ()) -> Found:
        """Return what fits a typed query; texts in the first of *languages* before all others.

        The last word may be half typed. Words may be misspelt (:func:`search_spelling.forgiven`).
        Where few texts have all words, those with some of them follow.
        """
        asked = list(dict.fromkeys(w.folded for w in words_in(query)))[:MOST_WORDS]
        if not asked:
            return Found()
        with self._lock:
            words = self._words()
            typed = [words.understood(word, last=word == asked[-1]) for word in asked]
            hits = self._hits(typed, languages)
            if not hits:
                near = words.near(asked, MOST_INSTEAD)
                return Found(instead=tuple(dict.fromkeys(map(self._written, near))))
        return Found(hits, _meant(typed, hits[0].entry))

    def _words(self) -> Vocabulary:
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(row[0] for row in self._connection.execute(_TERMS))
        return self._vocabulary

    def _hits(self, typed: Sequence[Typed], languages: Sequence[str]) -> tuple[Hit, ...]:
        groups = [_any(word.terms) for word in typed if word.terms]
        if not groups:
            return ()
        best: dict[tuple[str, str], Hit] = {}
        if len(groups) == len(typed):
            best = self._looked_at(" AND ".join(groups), typed, languages)
        if len(best) < FEW and len(typed) > 1:
            best = {**self._looked_at(" OR ".join(groups), typed, languages), **best}
        return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.entry.key)))

    def _looked_at(
        self, match: str, typed: Sequence[Typed], languages: Sequence[str]
    ) -> dict[tuple[str, str], Hit]:
        """Return the best entry of each thing that was found."""
        best: dict[tuple[str, str], Hit] = {}
        for row, rank, title, body in self._connection.execute(_FIND, (match,)):
            entry, there = self._entries[row], {*title.split(), *body.split()}
            quality = sum(_quality(word.terms, there) for word in typed) / len(typed)
            score = -rank * quality**3 * _preference(entry.language, languages)
            terms = frozenset(term for word in typed for term in word.terms if term in there)
            known = best.get((entry.kind, entry.id))
            if known is None or known.score < score:
                best[entry.kind, entry.id] = Hit(entry, score, terms)
        return best

    def _written(self, term: str) -> str:
        """Return a word as a text writes it."""
        rows = self._connection.execute(_FIND, (_any({term: 1.0}),))
        entries = (self._entries[row[0]] for row in rows)
        written = (written_in(f"{entry.title} {entry.text}", term) for entry in entries)
        return next((each for each in written if each), term)


def _compared(text: str, memory: dict[str, str]) -> str:
    """Return the words of a text as they are compared, blanks between them."""
    words: list[str] = []
    for word in words_as_written(text):
        known = memory.get(word)
        if known is None:
            known = memory[word] = " ".join(forms(fold(word)))
        words.append(known)
    return " ".join(words)


def _any(terms: Iterable[str]) -> str:
    return "(" + " OR ".join(f'"{term}"' for term in terms) + ")"


def _quality(terms: Mapping[str, float], there: set[str]) -> float:
    return max((quality for term, quality in terms.items() if term in there), default=0.0)


def _preference(language: str, languages: Sequence[str]) -> float:
    if not languages or language == languages[0]:
        return 1.0
    return 0.7 if language in languages else 0.5


def _meant(typed: Sequence[Typed], best: Entry) -> tuple[str, ...]:
    """Return, where a typed word stands nowhere, the words of the best text that stood for all."""
    if all(word.stands_somewhere for word in typed):
        return ()
    text = f"{best.title} {best.text}"
    meant = []
    for word in typed:
        written = (written_in(text, term) for term in word.by_quality())
        found = next((each for each in written if each), "")
        if found:
            meant.append(found)
    return tuple(meant)
