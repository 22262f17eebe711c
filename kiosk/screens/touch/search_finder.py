"""What this screen can find: the texts that hang, and the voices that are public at this moment.

The indexes lie in this process's memory alone. Each search first follows the database, so nothing
that was taken down can be found; :mod:`search_watch` does the same after each commit, so that
words that were erased are not kept for the next search either.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from kiosk.exhibition import search_texts
from kiosk.exhibition.model import Exhibition
from kiosk.exhibition.search_index import Entry, Found, Index, Key
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.voice import voices_store
from kiosk.voice.comment import PublicComment

VOICE = "voice"
"""The kind of an entry that is a resident's comment."""


@dataclass(slots=True)
class _Kept:
    """The index of one edition; *voices* holds moment and language of each voice in it, by id."""

    exhibition: Exhibition
    index: Index = field(default_factory=Index)
    voices: dict[str, tuple[str, str]] = field(default_factory=dict)


class Finder:
    """The indexes of the exhibitions at hand."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, _Kept] = {}

    def find(
        self,
        connection: Connection,
        exhibition: Exhibition,
        query: str,
        languages: tuple[str, ...],
        now: datetime,
    ) -> Found:
        """Return what fits a typed query, as the database says it at this moment."""
        return self.follow(connection, exhibition, now).find(query, languages)

    def follow(self, connection: Connection, exhibition: Exhibition, now: datetime) -> Index:
        """Bring the index of an exhibition up to date and return it."""
        with self._lock:
            kept = self._kept.get(exhibition.id)
            if kept is None or kept.exhibition is not exhibition:
                kept = self._read_anew(exhibition)
            _follow_voices(connection, kept, now)
            return kept.index

    def _read_anew(self, exhibition: Exhibition) -> _Kept:
        before = self._kept.pop(exhibition.id, None)
        if before is not None:
            before.index.close()
        kept = self._kept[exhibition.id] = _Kept(exhibition)
        kept.index.change(search_texts.entries(exhibition))
        return kept


def _follow_voices(connection: Connection, kept: _Kept, now: datetime) -> None:
    """Take in the voices that have become public, and out those that are so no more."""
    standing: dict[str, str] = {}
    if voices_may_show(connection, now):
        standing = voices_store.standing(connection, kept.exhibition.id)
    gone = [id for id, (moment, _) in kept.voices.items() if standing.get(id) != moment]
    less = [_key(id, kept.voices.pop(id)[1]) for id in gone]
    new = [id for id in standing if id not in kept.voices]
    more = voices_store.by_ids(connection, kept.exhibition.id, new) if new else []
    if more or less:
        kept.index.change(_entries(more), less)
        kept.voices |= {voice.id: (standing[voice.id], voice.language) for voice in more}


def _key(comment: str, language: str) -> Key:
    return VOICE, comment, language


def _entries(voices: Iterable[PublicComment]) -> list[Entry]:
    return [Entry(VOICE, voice.id, voice.language, "", voice.text) for voice in voices]
