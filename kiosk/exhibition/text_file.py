"""The texts of a folder in one language: sections under the ids that they belong to.

A file is a list of ``# id`` headings; under each, ``## field`` headings, each followed by its
text. Front matter between two ``+++`` lines says who wrote what follows: at the beginning for the
whole file, after a ``# id`` for that id alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.exhibition.faults import Faults
from kiosk.exhibition.localized import Written
from kiosk.exhibition.toml_table import Table, parse

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


@dataclass(frozen=True, slots=True)
class _Authorship:
    status: str = ORIGINAL
    translated_from: str = ""


@dataclass(frozen=True, slots=True)
class TextFile:
    """One ``text.<language>.md``; its faults are noted as they are met."""

    path: str
    language: str
    source_language: str
    faults: Faults

    def entries(self, text: str) -> Iterator[Entry]:
        """Yield the texts of the file."""
        lines = text.split("\n")
        number, whole = self._beginning(lines)
        section, mine = "", whole
        while number < len(lines):
            line = lines[number]
            if line.startswith("# "):
                section, mine = self._section(line, number + 1), whole
                number += 1
                if number < len(lines) and lines[number].strip() == _FENCE:
                    number, mine = self._front_matter(lines, number)
            elif line.startswith("## "):
                end = _end_of_text(lines, number + 1)
                body = "\n".join(lines[number + 1 : end]).strip()
                name = " ".join(line[3:].split())
                if self._is_text(section, name, body, number + 1):
                    written = Written(body, mine.status, mine.translated_from)
                    yield Entry(section, name, written, number + 1)
                number = end
            else:
                self._nothing_outside(line, number + 1)
                number += 1

    def _beginning(self, lines: list[str]) -> tuple[int, _Authorship]:
        if lines[0].strip() == _FENCE:
            return self._front_matter(lines, 0)
        if self.language != self.source_language:
            cure = (
                f'Begin with +++, status = "{MACHINE}",'
                f' translated_from = "{self.source_language}", +++.'
            )
            message = "The file does not say who translated it."
            self.faults.warning("status-unsaid", self.path, 1, message, cure)
        return 0, _Authorship()

    def _section(self, line: str, number: int) -> str:
        section = line[2:].strip()
        if not section:
            cure = "Write the id behind “# ”."
            self.faults.error("bad-heading", self.path, number, "The heading is empty.", cure)
        return section

    def _is_text(self, section: str, name: str, body: str, line: int) -> bool:
        if not section or not name:
            cure = "Write “# id” first, then “## field”."
            message = "This heading belongs to no id."
            self.faults.error("bad-heading", self.path, line, message, cure)
        elif not body:
            cure = "Write the text, or delete the heading: then another language is shown."
            message = f"“{name}” of “{section}” is empty."
            self.faults.error("empty-text", self.path, line, message, cure)
        else:
            return True
        return False

    def _nothing_outside(self, line: str, number: int) -> None:
        if line.strip():
            cure = "Put it below “# id” and “## field”."
            message = "This text stands under no field."
            self.faults.error("text-outside", self.path, number, message, cure)

    def _front_matter(self, lines: list[str], start: int) -> tuple[int, _Authorship]:
        """Return the index of the line after the front matter, and what it says."""
        end = start + 1
        while end < len(lines) and lines[end].strip() != _FENCE:
            end += 1
        if end == len(lines):
            message = "The front matter does not end."
            self.faults.error("front-matter", self.path, start + 1, message, "End it with +++.")
            return start + 1, _Authorship()
        # Empty lines before it keep the line numbers of its faults true.
        text = "\n" * (start + 1) + "\n".join(lines[start + 1 : end])
        table = parse(text, self.path, self.faults)
        return end + 1, self._authorship(table) if table else _Authorship()

    def _authorship(self, table: Table) -> _Authorship:
        """Read who wrote it: only a text in the source language may come from nowhere."""
        status = table.one_of("status", STATUSES, "unknown-status", ORIGINAL)
        origin = table.text("translated_from")
        table.finish()
        if status == ORIGINAL or self.language == self.source_language:
            right = not origin
        else:
            right = origin not in ("", self.language)
        if not right:
            message = f"A text that is “{status}” cannot be translated from “{origin}”."
            cure = "An original has no translated_from; a translation names another language."
            table.error("status-unbalanced", "status", message, cure)
        return _Authorship(status, origin)


def _end_of_text(lines: list[str], start: int) -> int:
    for number in range(start, len(lines)):
        if lines[number].startswith(("# ", "## ")):
            return number
    return len(lines)
