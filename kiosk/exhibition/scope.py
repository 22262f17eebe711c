"""What the exhibits of one folder share while they are read, and the references they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.exhibition.faults import Faults
from kiosk.exhibition.folder import FoundFile
from kiosk.exhibition.localized import Localized
from kiosk.exhibition.model import Kind, Passage, Standing
from kiosk.exhibition.texts import Texts
from kiosk.exhibition.toml_table import Table

STANDINGS = tuple(str(standing) for standing in Standing)


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that an exhibit says exists elsewhere: checked once everything is read.

    *space* is ``exhibit``, ``source``, or that of a part, ``subtopic`` or ``guiding question``
    (then *target* is ``exhibit/part``); *kinds* are the kinds that an exhibit may have there,
    none meaning any.
    """

    path: str
    line: int
    key: str
    target: str
    space: str = "exhibit"
    kinds: tuple[Kind, ...] = ()


@dataclass(slots=True)
class Scope:
    """One folder of exhibits: *owner* is ``core`` or a city, *topic* what its exhibits are about.

    *thorough* opens every picture completely; a kiosk reading a verified edition need not.
    """

    folder: str
    exhibition: str
    owner: str
    texts: Texts
    faults: Faults
    files: Mapping[str, FoundFile]
    references: list[Reference]
    used_files: set[str]
    topic: str = ""
    example: bool = False
    thorough: bool = False

    def refer(self, table: Table, key: str, *kinds: Kind, required: bool = False) -> str:
        """Read the id of another exhibit."""
        target = table.slug(key, required=required)
        if target:
            self._note(table, key, target, kinds)
        return target

    def refer_to_all(self, table: Table, key: str, *kinds: Kind) -> tuple[str, ...]:
        """Read a list of ids of other exhibits."""
        targets = table.slugs(key)
        for target in targets:
            self._note(table, key, target, kinds)
        return targets

    def refer_to_part(self, table: Table, key: str, target: str, space: str) -> None:
        """Note that ``exhibit/part`` must exist; *space* says what kind of part it is."""
        self.references.append(Reference(table.path, table.line(key), key, target, space))

    def _note(self, table: Table, key: str, target: str, kinds: tuple[Kind, ...]) -> None:
        reference = Reference(table.path, table.line(key), key, target, kinds=kinds)
        self.references.append(reference)

    def sources(self, table: Table, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Read the ids of sources; *otherwise* where none are given (none: required)."""
        found = table.slugs("sources")
        if not found and not otherwise:
            cure = 'Write sources = ["…"] with an id of sources.toml; “exhibition” is our own word.'
            table.error("missing-source", "sources", "No source is named.", cure)
        for target in found:
            line = table.line("sources")
            self.references.append(Reference(table.path, line, "sources", target, "source"))
        return found or otherwise

    def standing(self, table: Table, otherwise: Standing | None = None) -> Standing:
        """Read how firmly something stands; *otherwise* where it is not said (None: required)."""
        found = table.one_of("standing", STANDINGS, "unknown-standing", otherwise or "")
        return Standing(found)


@dataclass(slots=True)
class Row:
    """One exhibit while it is read: its table, id, standing and sources."""

    scope: Scope
    table: Table
    id: str
    standing: Standing
    sources: tuple[str, ...]
    ids: dict[str, set[str]] = field(default_factory=dict)

    def text(self, name: str, *, required: bool = False, markdown: bool = False) -> Localized:
        """Return one of its texts."""
        return self.scope.texts.take(self.id, name, required=required, markdown=markdown)

    def part_id(self, table: Table, what: str) -> str:
        """Return the id of one of its parts, unique among the parts of that name."""
        found = table.slug("id", required=True)
        if found and found in self.ids.setdefault(what, set()):
            message = f"The {what} “{found}” is there twice."
            table.error("duplicate-id", "id", message, "Give one of them another id.")
        if found:
            self.ids[what].add(found)
        return found

    def passage(self, table: Table, what: str, *, required: bool = True) -> Passage:
        """Return a part with a text, and standing and sources of its own where it gives them."""
        part = self.part_id(table, what)
        standing = self.scope.standing(table, self.standing)
        sources = self.scope.sources(table, self.sources)
        text = self.text(f"{what} {part}", required=required, markdown=True) if part else None
        return Passage(part, standing, sources, text or Localized())

    def passages(self, table: Table, key: str, what: str) -> tuple[Passage, ...]:
        """Return the parts that stand under *key*, their texts under ``## what id``."""
        found = []
        for each in table.tables(key):
            found.append(self.passage(each, what))
            each.finish()
        return tuple(found)
