"""A comment by a resident: its text's rules, its states, and what the public sees of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.errors import InvalidText
from kiosk.voice.place import Place

LONGEST = 500
"""Characters of a comment, after tidying."""

KEPT_FOR = timedelta(days=730)
"""How long the text of a comment is kept after it was written; then it is deleted."""

# Marks that turn the reading direction for what follows, outside the comment as well; a text in
# two scripts reads right without them, since every comment stands in an element with dir="auto".
_DIRECTION_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
_CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb]")
_BLANK_LINES = re.compile(r"\n{3,}")


class Status(StrEnum):
    """Where a comment stands; one at a time."""

    WAITING = "waiting"
    """Received, not yet read by a moderator."""
    HELD = "held"
    """Approved; becomes public when the hold is over."""
    PUBLISHED = "published"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """Taken back by its author."""
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class NewComment:
    """What a resident sends; *receipt_hash* is the SHA-256 of the receipt's bytes."""

    id: str
    exhibit: str
    text: str
    language: str
    participant: str
    receipt_hash: str
    voice_number: str
    place: Place
    written_at: datetime
    question: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as staff and its author see it."""

    id: str
    exhibit: str
    question: str
    place: Place
    participant: str
    language: str
    text: str
    status: Status
    revision: int
    voice_number: str
    written_at: datetime
    received_at: datetime
    hold_until: datetime | None
    published_at: datetime | None
    ground: str
    ground_note: str
    example: bool


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """An official answer as it is shown, with the office held when it was released."""

    id: str
    text: str
    language: str
    author: str
    office: str
    city: str
    released_at: datetime
    corrected_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicComment:
    """A published comment with its answers: the only view for screens, exports and reports."""

    id: str
    exhibition: str
    exhibit: str
    question: str
    city: str
    place: str
    channel: str
    language: str
    text: str
    published_at: datetime
    voice_number: str
    example: bool
    answers: tuple[PublicAnswer, ...] = ()
    supported: int = 0
    """How often others agreed with it: touches, not people."""


def tidy(text: str, longest: int = LONGEST) -> str:
    """Return what is kept of a typed text: one form of each letter, no invisible controls.

    Raises:
        InvalidText: nothing is left, or more than *longest* characters.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _CONTROLS.sub(" ", _DIRECTION_MARKS.sub("", text))
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    text = _BLANK_LINES.sub("\n\n", text).strip()
    if not any(character.isalnum() for character in text):
        raise InvalidText("There is nothing to read yet.", "Write a few words, then send them.")
    if len(text) > longest:
        raise InvalidText(
            "This is too long: {length} characters.",
            "Shorten it to {most} characters. Nothing of it is lost.",
            length=len(text),
            most=longest,
        )
    return text
