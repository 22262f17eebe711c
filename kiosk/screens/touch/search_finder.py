"""What this screen can find: the texts that hang, the voices and answers public at this moment.

The indexes lie in this process's memory alone. Each search first follows the database, so nothing
that was taken down can be found; :mod:`search_watch` does the same after each commit, so that
words that were erased are not kept for the next search either.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from kiosk.exhibition import search_texts
from kiosk.exhibition.model import Exhibition
from kiosk.exhibition.search_index import Entry, Found, Index, Key
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.voice import answer_store, voices_store
from kiosk.voice.comment import PublicAnswer, PublicComment

VOICE = "voice"
"""The kind of an entry that is a resident's comment."""

ANSWER = "answer"
"""The kind of an entry that is an official answer; it leads to a voice that it answers."""

Known = dict[str, tuple[str, str]]


@dataclass(slots=True)
class _Kept:
    """The index of one edition; *voices* and *answers*: state and language of each in it, by id.

    *mark* is what the database said of all voices when they were last taken in; None: not yet.
    """

    exhibition: Exhibition
    mark: str | None = None
    index: Index = field(default_factory=Index)
    voices: Known = field(default_factory=dict)
    answers: Known = field(default_factory=dict)


class Finder:
    """The indexes of the editions on show: what hangs, and what an open page shows still."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[int, _Kept] = {}

    def find(
        self,
        connection: Connection,
        exhibition: Exhibition,
        query: str,
        languages: tuple[str, ...],
        now: datetime,
    ) -> Found:
        """Return what fits a typed query, as the database says it at this moment."""
        with self._lock:  # else this index might be closed before it is asked
            return self._followed(connection, exhibition, now).find(query, languages)

    def follow(self, connection: Connection, on_show: Iterable[Exhibition], now: datetime) -> None:
        """Bring the indexes of these editions up to date, and let go of every other one."""
        with self._lock:
            here = {id(exhibition): exhibition for exhibition in on_show}
            for exhibition in here.values():
                self._followed(connection, exhibition, now)
            for gone in self._kept.keys() - here.keys():
                self._kept.pop(gone).index.close()

    def _followed(self, connection: Connection, exhibition: Exhibition, now: datetime) -> Index:
        kept = self._kept.get(id(exhibition))
        if kept is None:
            kept = self._kept[id(exhibition)] = _Kept(exhibition)
            kept.index.change(search_texts.entries(exhibition))
        _follow_voices(connection, kept, now)
        return kept.index


def _follow_voices(connection: Connection, kept: _Kept, now: datetime) -> None:
    """Take in the voices and answers that have become public, and out those that are so no more."""
    exhibition, may_show = kept.exhibition.id, voices_may_show(connection, now)
    mark = voices_store.mark(connection, exhibition) if may_show else ""
    standing: dict[str, str] = {}
    less: list[Key] = []
    new: list[str] = []
    if mark != kept.mark:  # a vote's commit changes no voice, and its answer waits to be drawn
        kept.mark = None
        standing = voices_store.standing(connection, exhibition) if may_show else {}
        less, new = _differences(VOICE, kept.voices, standing)
    voices = voices_store.by_ids(connection, exhibition, new) if new else []
    answered = answer_store.standing(connection, exhibition) if may_show else {}
    fewer, newer = _differences(ANSWER, kept.answers, answered)
    answers = answer_store.by_ids(connection, exhibition, newer) if newer else []
    more = [*map(_voice, voices), *(_answer(*each) for each in answers)]
    if more or less or fewer:
        kept.index.change(more, less + fewer)
        kept.voices |= {v.id: (standing[v.id], v.language) for v in voices}
        kept.answers |= {a.id: (answered[a.id], a.language) for a, _ in answers}
    kept.mark = mark


def _differences(
    kind: str, known: Known, standing: Mapping[str, str]
) -> tuple[list[Key], list[str]]:
    """Forget what stands no more, or otherwise; return its keys, and the ids to be read."""
    gone = [id for id, (state, _) in known.items() if standing.get(id) != state]
    less = [(kind, id, known.pop(id)[1]) for id in gone]
    return less, [id for id in standing if id not in known]


def _voice(voice: PublicComment) -> Entry:
    return Entry(VOICE, voice.id, voice.language, "", voice.text)


def _answer(answer: PublicAnswer, voice: str) -> Entry:
    signed = ", ".join(part for part in (answer.author, answer.office) if part)
    return Entry(ANSWER, answer.id, answer.language, signed, answer.text, voice)
