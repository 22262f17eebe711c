"""A conclusion as a rapporteur writes it down, before it is part of any edition."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kiosk.errors import InvalidText
from kiosk.exhibition.lengths import LONGEST_TITLE
from kiosk.exhibition.plain_text import markup_in, without_hidden_characters
from kiosk.exhibition.text_file import ORIGINAL

MOST_STATEMENTS = 12
LONGEST_STATEMENT = 600
"""Characters: two cards' worth; longer ones are read by nobody who stands."""
_SLUG_LENGTH = 40
_HEADING = re.compile(r"^(?:#{1,2}(?: |$))+")


class State(StrEnum):
    """How far a draft has come."""

    DRAFT = "draft"
    """Being written; what of it was published before stays on the screens meanwhile."""
    APPROVED = "approved"
    """Waits for the next publication."""
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    """Given up; leaves the screens with the next publication."""


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft in one language; in other than its source language lists follow the source's.

    An empty entry is one that is not translated. *question* is the sentence that residents are
    asked to agree to; empty asks nothing. *earlier* are the translations of passages that were
    reworded since, each by how its passage reads now: no screen shows them.
    """

    title: str = ""
    lead: str = ""
    statements: tuple[str, ...] = ()
    dissent: tuple[str, ...] = ()
    question: str = ""
    photo_alternative: str = ""
    status: str = ORIGINAL
    translated_from: str = ""
    earlier: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """What a rapporteur fills in; *photo* is the hash of a kept photograph, or empty.

    *wanted* are the languages that it is marked to be translated into.
    """

    topic: str
    source_language: str
    texts: Mapping[str, DraftText] = field(default_factory=dict)
    session: str = ""
    guiding_question: str = ""
    wanted: tuple[str, ...] = ()
    photo: str = ""

    def source(self) -> DraftText:
        """The text in its source language."""
        return self.texts.get(self.source_language, DraftText())

    def to_translate(self) -> tuple[str, ...]:
        """The wanted languages that have no title yet."""
        return tuple(code for code in self.wanted if not self.texts.get(code, DraftText()).title)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its history; its *id* is also that of the exhibit it becomes.

    *revision* grows with every change: who saves an older one is told so instead of overwriting.
    """

    id: str
    exhibition: str
    city: str
    content: Content
    state: State
    revision: int
    created_by: str
    created_at: datetime
    updated_at: datetime
    approved_by: str = ""
    approved_at: datetime | None = None
    published_edition: str = ""
    example: bool = False

    def folder(self) -> str:
        """Where its files lie in an edition, ending in ``/``."""
        return f"{captured_folder(self.city)}{self.id}/"


def captured_folder(city: str) -> str:
    """Return where the captured conclusions of a city (empty: of the core) lie."""
    return f"cities/{city}/captured/" if city else "captured/"


def is_captured(path: str) -> bool:
    """Tell whether a file of an edition was written by publication from a draft."""
    parts = path.split("/")
    return parts[0] == "captured" or (parts[0] == "cities" and parts[2:3] == ["captured"])


def city_file(city: str) -> str:
    """Return the path of the file that makes a folder a city's overlay."""
    return f"cities/{city}/city.toml"


def captured_with(paths: Collection[str]) -> set[str]:
    """Return which files of an edition a folder published anew must not lose.

    The captured conclusions, and of the cities that have some the file that names the city:
    a city may have captured before anyone wrote an overlay for it.
    """
    captured = {path for path in paths if is_captured(path)}
    cities = {path.split("/")[1] for path in captured if path.startswith("cities/")}
    return captured | {city_file(city) for city in cities if city_file(city) in paths}


def new_draft_id(title: str) -> str:
    """Return an id that says what it is about and that no other draft has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH].strip("-")
    return f"{slug or 'conclusion'}-{secrets.token_hex(3)}"


def tidy(content: Content) -> Content:
    """Return the content without stray blanks, empty lines at the end and hidden characters."""
    texts = {language: _tidy_text(text) for language, text in content.texts.items()}
    return replace(content, texts=texts, wanted=tuple(dict.fromkeys(content.wanted)))


def _tidy_text(text: DraftText) -> DraftText:
    return replace(
        text,
        title=_heading(text.title),
        lead=_line(text.lead),
        statements=_lines(text.statements),
        dissent=_lines(text.dissent),
        question=_heading(text.question),
        photo_alternative=_heading(text.photo_alternative),
    )


def _heading(text: str) -> str:
    """One line that is no Markdown: “# ” at its beginning would be a heading of the file."""
    return _HEADING.sub("", _line(text))


def _line(text: str) -> str:
    """One line of plain text; a line broken within a slide's paragraph comes as U+000B."""
    return " ".join(without_hidden_characters(" ".join(text.split())).split())


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    found = [_line(text) for text in texts]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def problems(content: Content) -> tuple[InvalidText, ...]:
    """Return what keeps a tidy content from being approved, each as a refusal with its cure."""
    source = content.source()
    found = []
    if not content.topic:
        found.append(InvalidText("It belongs to no topic.", "Choose one."))
    if not source.title:
        found.append(InvalidText("It has no title.", "Give it one."))
    if not any(source.statements):
        found.append(InvalidText("It has no core statement.", "Write one at least."))
    elif not all((*source.statements, *source.dissent)):
        found.append(InvalidText("One of the statements is empty.", "Fill or remove it."))
    if content.photo and not source.photo_alternative:
        found.append(
            InvalidText(
                "The photograph has no description.",
                "Say in words what it shows, for those who cannot see it.",
            )
        )
    for text in content.texts.values():
        found.extend(_too_much(text))
    return tuple({str(each): each for each in found}.values())


def _too_much(text: DraftText) -> Iterator[InvalidText]:
    statements = (*text.statements, *text.dissent, text.lead, text.question)
    if len(text.title) > LONGEST_TITLE:
        yield InvalidText(
            "The title is longer than {most} characters.", "Shorten it.", most=LONGEST_TITLE
        )
    if any(len(each) > LONGEST_STATEMENT for each in statements):
        yield InvalidText(
            "A statement is longer than {most} characters.",
            "Shorten it, or make two of it.",
            most=LONGEST_STATEMENT,
        )
    if max(len(text.statements), len(text.dissent)) > MOST_STATEMENTS:
        yield InvalidText(
            "There are more than {most} statements.",
            "Make two conclusions of them.",
            most=MOST_STATEMENTS,
        )
    if any(markup_in(each) for each in (text.title, text.question, text.photo_alternative)):
        yield InvalidText(
            "Title, question and description hold markup such as ** or <b>.", "Write words only."
        )
