"""The state of one reading: the folder's files, what was noted, and what was made of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kiosk.exhibition.exhibit_reader import read_exhibit, read_topic
from kiosk.exhibition.faults import Faults
from kiosk.exhibition.folder import FoundFile
from kiosk.exhibition.localized import EASY
from kiosk.exhibition.model import Exhibit, Source
from kiosk.exhibition.plain_text import decode
from kiosk.exhibition.scope import Reference, Scope
from kiosk.exhibition.texts import Texts
from kiosk.exhibition.toml_table import Table, parse

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_TEXT_FILE = re.compile(r"text\.([A-Za-z-]+)\.md")


@dataclass(frozen=True, slots=True)
class Voice:
    """In whose name a part of the folder speaks, and in which languages."""

    owner: str
    languages: tuple[str, ...]
    source_language: str


@dataclass(frozen=True, slots=True)
class Placed:
    """An exhibit and the table that it was read from."""

    exhibit: Exhibit
    table: Table


Shelf = dict[str, Placed]
"""Exhibits by id in the order in which visitors meet them."""


@dataclass(slots=True)
class Reading:
    """One reading of one folder; *thorough* opens every picture completely."""

    files: Mapping[str, FoundFile]
    faults: Faults
    thorough: bool = False
    exhibition: str = ""
    example: bool = False
    references: list[Reference] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    is_torn: bool = False
    """Whether a file could not be read: what it would have said is missing everywhere else."""

    def text(self, path: str) -> str | None:
        """Return the text of a file, or None where there is none or it is no text."""
        file = self.files.get(path)
        if file is None:
            return None
        self.used.add(path)
        try:
            data = file.on_disk.read_bytes()
        except OSError as error:
            self.faults.unreadable(path, error)
            return None
        return decode(data, path, self.faults)

    def table(self, path: str) -> Table | None:
        """Return the outermost table of a TOML file, or None."""
        text = self.text(path)
        table = None if text is None else parse(text, path, self.faults)
        self.is_torn |= table is None and path in self.files
        return table

    def names_below(self, prefix: str) -> tuple[str, ...]:
        """Return the names of the folders directly below *prefix* (which ends in ``/``)."""
        rests = (path[len(prefix) :] for path in self.files if path.startswith(prefix))
        return tuple(dict.fromkeys(rest.split("/")[0] for rest in rests if "/" in rest))

    def texts(self, folder: str, voice: Voice) -> Texts:
        """Return the texts of a folder in the languages of *voice*."""
        texts = Texts(folder, voice.languages, voice.source_language, self.faults)
        for path in self.files:
            within, _, name = path.rpartition("/")
            match = _TEXT_FILE.fullmatch(name) if within == folder else None
            if not match:
                continue
            content = self.text(path)
            if match[1].removesuffix(EASY) not in voice.languages:
                cure = f"Add it to “languages” ({', '.join(voice.languages)}), or delete the file."
                message = f"“{match[1]}” is not one of the languages."
                self.faults.error("unknown-language", path, 1, message, cure)
            elif content is not None:
                texts.add(content, path, match[1])
        return texts

    def shelve(self, shelf: Shelf, folder: str, voice: Voice, *, is_topic: bool = False) -> None:
        """Read all exhibits of one folder onto *shelf*."""
        outer = self.table(f"{folder}/exhibits.toml")
        if outer is not None:
            voice = self._own_source_language(outer, voice)
        texts = self.texts(folder, voice)
        scope = Scope(
            folder=folder,
            exhibition=self.exhibition,
            owner=voice.owner,
            texts=texts,
            faults=self.faults,
            files=self.files,
            references=self.references,
            used_files=self.used,
            example=self.example,
            thorough=self.thorough,
        )
        if is_topic:
            self._shelve_topic(shelf, scope)
        path = f"{folder}/exhibits.toml"
        if path not in self.files and not is_topic:
            cure = "Write exhibits.toml into it, or delete the folder."
            self.faults.error("missing-file", path, 1, "This folder has no exhibits.", cure)
        if outer is not None:
            for table in outer.tables("exhibit"):
                self._put(shelf, read_exhibit(scope, table), table)
            outer.finish()
        texts.finish()

    def _own_source_language(self, outer: Table, voice: Voice) -> Voice:
        """A folder may be written in another of the languages: a workshop's own, for instance."""
        own = outer.text("source_language")
        if own and own not in voice.languages:
            cure = f"Write one of: {', '.join(voice.languages)}."
            message = f"The source language {own[:20]!r} is not among the languages."
            outer.error("bad-language", "source_language", message, cure)
        return replace(voice, source_language=own) if own in voice.languages else voice

    def _shelve_topic(self, shelf: Shelf, scope: Scope) -> None:
        path = f"{scope.folder}/topic.toml"
        table = self.table(path)
        if table is None:
            if path not in self.files:
                cure = "Write topic.toml, or move the folder to exhibits/."
                self.faults.error("missing-file", path, 1, "This topic has no topic.toml.", cure)
            return
        topic = read_topic(scope, table)
        self._put(shelf, topic, table)
        scope.topic = topic.id if topic else ""

    def _put(self, shelf: Shelf, exhibit: Exhibit | None, table: Table) -> None:
        if exhibit is None:
            return
        other = shelf.get(exhibit.id)
        if other is None:
            shelf[exhibit.id] = Placed(exhibit, table)
            return
        cure = f"Rename one; the other is {other.table.path}, line {other.table.line('id')}."
        message = f"The id “{exhibit.id}” is there twice."
        table.error("duplicate-id", "id", message, cure)

    def languages(self, table: Table) -> tuple[tuple[str, ...], str]:
        """Read ``languages`` and ``source_language``."""
        languages = table.strings("languages", required=True)
        for language in languages:
            if not LANGUAGE.fullmatch(language):
                cure = "Write the two letters of ISO 639-1, such as fr."
                message = f"{language[:20]!r} is not the code of a language."
                table.error("bad-language", "languages", message, cure)
        source = table.text("source_language", required=True)
        if source and source not in languages:
            cure = f"Write one of: {', '.join(languages)}."
            message = f"The source language {source[:20]!r} is not among the languages."
            table.error("bad-language", "source_language", message, cure)
        if not languages:
            message = "There are no languages."
            table.error("missing-field", "languages", message, 'Write languages = ["en"].')
        return languages, source

    def sources(self, path: str, known: Iterable[str] = ()) -> dict[str, Source]:
        """Read a ``sources.toml``; ids must differ from those already *known*."""
        outer = self.table(path)
        found: dict[str, Source] = {}
        if outer is None:
            return found
        taken = set(known)
        for table in outer.tables("source"):
            source = _source(table)
            table.finish()
            if source.id in taken:
                message = f"The source “{source.id}” is there twice."
                table.error("duplicate-id", "id", message, "Give one of them another id.")
            elif source.id:
                taken.add(source.id)
                found[source.id] = source
        outer.finish()
        return found


def _source(table: Table) -> Source:
    language = table.text("language", required=True)
    if language and not LANGUAGE.fullmatch(language):
        cure = "Write the two letters of ISO 639-1, such as fr."
        message = f"{language[:20]!r} is not the code of a language."
        table.error("bad-language", "language", message, cure)
    return Source(
        id=table.slug("id", required=True),
        title=table.text("title", required=True),
        language=language,
        publisher=table.text("publisher"),
        published=table.day("published"),
        names=_names(table),
    )


def _names(source: Table) -> dict[str, tuple[str, str]]:
    """Read ``[source.in.fr]``: title and publisher of our own papers in another language."""
    languages = source.table("in")
    names: dict[str, tuple[str, str]] = {}
    if languages is None:
        return names
    for language in languages.data:
        table = languages.table(language)
        if table is None:
            continue
        names[language] = table.text("title", required=True), table.text("publisher")
        table.finish()
        if not LANGUAGE.fullmatch(language):
            cure = "Write the two letters of ISO 639-1, such as [source.in.fr]."
            message = f"{language[:20]!r} is not the code of a language."
            languages.error("bad-language", language, message, cure)
    return names
