"""The texts of one folder in all languages, handed out field by field to what they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.exhibition.faults import Faults, nearest
from kiosk.exhibition.localized import EASY, Localized, Written
from kiosk.exhibition.plain_text import html_in, markup_in
from kiosk.exhibition.text_file import TextFile


@dataclass(slots=True)
class _Place:
    path: str
    line: int


@dataclass(slots=True)
class Texts:
    """The texts of one folder in all languages, handed out field by field."""

    folder: str
    languages: tuple[str, ...]
    source_language: str
    faults: Faults
    found: dict[tuple[str, str], dict[str, Written]] = field(default_factory=dict)
    places: dict[tuple[str, str, str], _Place] = field(default_factory=dict)
    asked: dict[str, set[str]] = field(default_factory=dict)
    absent: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, text: str, path: str, language: str) -> None:
        """Take in one file."""
        file = TextFile(path, language, self.source_language, self.faults)
        for entry in file.entries(text):
            key = (entry.section, entry.field)
            place = self.places.get((*key, language))
            if place is not None:
                message = f"“{entry.field}” of “{entry.section}” is written twice."
                cure = f"Keep one; the other is {place.path}, line {place.line}."
                self.faults.error("duplicate-text", path, entry.line, message, cure)
                continue
            self.places[(*key, language)] = _Place(path, entry.line)
            self.found.setdefault(key, {})[language] = entry.written

    def take(
        self, section: str, name: str, *, required: bool = False, markdown: bool = False
    ) -> Localized:
        """Return a text in all its languages, and note what is missing or marked up in it."""
        self.asked.setdefault(section, set()).add(name)
        found = self.found.get((section, name), {})
        if (required or found) and self.source_language not in found:
            self._missing(section, name)
        for language in self.languages:
            if found and language not in found and language != self.source_language:
                self.absent.setdefault((section, language), []).append(name)
        for language, written in found.items():
            self._check_marks(section, name, language, written.text, markdown=markdown)
        codes = (*self.languages, *(f"{code}{EASY}" for code in self.languages))
        return Localized({code: found[code] for code in codes if code in found})

    def line(self, section: str, name: str, language: str) -> tuple[str, int]:
        """Return file and line of a text, or where it would be written."""
        place = self.places.get((section, name, language))
        if place:
            return place.path, place.line
        path = f"{self.folder}/text.{language}.md" if self.folder else f"text.{language}.md"
        lines = [
            each.line
            for (of, _, code), each in self.places.items()
            if of == section and code == language
        ]
        return path, min(lines, default=1)

    def _missing(self, section: str, name: str) -> None:
        path, line = self.line(section, name, self.source_language)
        rule = "missing-alternative" if name.startswith(("alt ", "transcript ")) else "missing-text"
        message = f"“{section}” has no “{name}” in its source language “{self.source_language}”."
        cure = f"Write “# {section}”, “## {name}” and the text in {path}."
        self.faults.error(rule, path, line, message, cure)

    def _check_marks(
        self, section: str, name: str, language: str, text: str, *, markdown: bool
    ) -> None:
        path, line = self.line(section, name, language)
        html = html_in(text)
        if markdown and html:
            message = f"“{name}” holds {html[:40]!r}, which would be shown as such."
            cure = "Write Markdown without HTML."
            self.faults.error("html-in-markdown", path, line, message, cure)
        elif markdown and "![" in text:
            message = f"“{name}” holds a picture in its text."
            cure = "Add it as [[exhibit.media]], with its text alternative."
            self.faults.error("picture-in-text", path, line, message, cure)
        elif not markdown and markup_in(text):
            message = f"“{name}” is plain text, but holds {markup_in(text)[:40]!r}."
            self.faults.error("markup-in-plain-text", path, line, message, "Write words only.")

    def finish(self) -> None:
        """Note texts that belong to nothing, and one warning per id and missing language."""
        for section, name, language in self.places:
            path, line = self.line(section, name, language)
            if section not in self.asked:
                cure = nearest(section, self.asked, "Delete it, or add the exhibit here.")
                message = f"Nothing here has the id “{section[:80]}”."
                self.faults.error("unknown-id", path, line, message, cure)
            elif name not in self.asked[section]:
                known = ", ".join(sorted(self.asked[section]))
                cure = nearest(name, self.asked[section], f"Known here: {known}.")
                message = f"“{section}” has no field “{name[:80]}”."
                self.faults.error("unknown-field", path, line, message, cure)
        for (section, language), names in self.absent.items():
            path, line = self.line(section, "", language)
            message = f"“{section}” lacks in “{language}”: {', '.join(names)}."
            cure = "Translate it; until then visitors are shown another language, marked as such."
            self.faults.warning("missing-language", path, line, message, cure)
