"""The texts of a folder in one language: sections under the ids that they belong to.

A file is a list of ``# id`` headings; under each, ``## field`` headings, each followed by its
text. Front matter between two ``+++`` lines says who wrote what follows: at the beginning for the
whole file, after a ``# id`` for that id alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.exhibition.faults import Faults, nearest
from kiosk.exhibition.localized import Localized, Written
from kiosk.exhibition.plain_text import html_in, markup_in
from kiosk.exhibition.toml_table import parse

ORIGINAL = "original"
MACHINE = "machine, unreviewed"
REVIEWED = "reviewed"
STATUSES = (ORIGINAL, MACHINE, REVIEWED)
_FENCE = "+++"


@dataclass(frozen=True, slots=True)
class Entry:
    """One text with its place in the file."""

    section: str
    field: str
    written: Written
    line: int


@dataclass(slots=True)
class _Authorship:
    status: str = ORIGINAL
    translated_from: str = ""


def entries(
    text: str, path: str, language: str, faults: Faults, *, source_language: str
) -> Iterator[Entry]:
    """Yield the texts of a file; its faults are noted as they are met."""
    lines = text.split("\n")
    number = 0
    whole = _Authorship()
    if lines[0].strip() == _FENCE:
        number, whole = _front_matter(lines, 0, path, language, source_language, faults)
    elif language != source_language:
        cure = f'Begin with +++, status = "{MACHINE}", translated_from = "{source_language}", +++.'
        message = "The file does not say who translated it."
        faults.warning("status-unsaid", path, 1, message, cure)
    section = ""
    mine = whole
    while number < len(lines):
        line = lines[number]
        if line.startswith("# "):
            section, mine = line[2:].strip(), whole
            if not section:
                faults.error("bad-heading", path, number + 1, "The heading is empty.", "Name it.")
            number += 1
            if number < len(lines) and lines[number].strip() == _FENCE:
                number, mine = _front_matter(lines, number, path, language, source_language, faults)
        elif line.startswith("## "):
            end = _end_of_text(lines, number + 1)
            body = "\n".join(lines[number + 1 : end]).strip()
            entry = _entry(section, line, body, mine, number + 1, path, faults)
            if entry:
                yield entry
            number = end
        else:
            if line.strip():
                cure = "Put it below “# id” and “## field”."
                message = "This text stands under no field."
                faults.error("text-outside", path, number + 1, message, cure)
            number += 1


def _end_of_text(lines: list[str], start: int) -> int:
    for number in range(start, len(lines)):
        if lines[number].startswith(("# ", "## ")):
            return number
    return len(lines)


def _entry(
    section: str,
    heading: str,
    body: str,
    who: _Authorship,
    line: int,
    path: str,
    faults: Faults,
) -> Entry | None:
    name = " ".join(heading[3:].split())
    if not section or not name:
        cure = "Write “# id” first, then “## field”."
        faults.error("bad-heading", path, line, "This heading belongs to no id.", cure)
        return None
    if not body:
        cure = "Write the text, or delete the heading: then another language is shown."
        faults.error("empty-text", path, line, f"“{name}” of “{section}” is empty.", cure)
        return None
    return Entry(section, name, Written(body, who.status, who.translated_from), line)


def _front_matter(
    lines: list[str], start: int, path: str, language: str, source_language: str, faults: Faults
) -> tuple[int, _Authorship]:
    """Return the number of the line after the front matter, and what it says."""
    for end in range(start + 1, len(lines)):
        if lines[end].strip() == _FENCE:
            break
    else:
        cure = "End it with a line +++."
        faults.error("front-matter", path, start + 1, "The front matter does not end.", cure)
        return start + 1, _Authorship()
    # Empty lines before it keep the line numbers of its faults true.
    table = parse("\n" * (start + 1) + "\n".join(lines[start + 1 : end]), path, faults)
    if table is None:
        return end + 1, _Authorship()
    status = table.one_of("status", STATUSES, "unknown-status", ORIGINAL)
    origin = table.text("translated_from")
    table.finish()
    translated = origin not in ("", language)
    right = not origin if status == ORIGINAL or language == source_language else translated
    if not right:
        message = f"A text that is “{status}” cannot be translated from “{origin}”."
        cure = "An original has no translated_from; a translation names another language."
        table.error("status-unbalanced", "status", message, cure)
    return end + 1, _Authorship(status, origin)


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
        known = self.source_language
        for entry in entries(text, path, language, self.faults, source_language=known):
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
        return Localized({code: found[code] for code in self.languages if code in found})

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
