"""What a wall can be told to show: five scenes, each by a name that fits into an address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EVERY_WALL = "*"
"""In the place of a wall's id: all of them, also those that have no name."""

ALL = "all"
"""The subject of a map of the whole exhibition."""

MOST_VOICES = 3
"""Voices that are read side by side from ten metres."""


class SceneKind(StrEnum):
    """The scenes of a public debate."""

    QUESTION = "question"
    """Asked, with its code and without its tally."""
    TALLY = "tally"
    VOICES = "voices"
    ANSWER = "answer"
    """A voice and its official answer."""
    MAP = "map"
    """Where votes and voices come from."""


@dataclass(frozen=True, slots=True)
class SceneName:
    """A scene and what it is about: a question's id, comments' ids, or :data:`ALL`."""

    kind: SceneKind
    subject: str

    @classmethod
    def parse(cls, text: str) -> SceneName | None:
        """Read what :meth:`__str__` writes; None where it names no scene."""
        kind, _, subject = text.partition(" ")
        known = kind in {str(each) for each in SceneKind} and subject and " " not in subject
        return cls(SceneKind(kind), subject) if known else None

    @classmethod
    def of_voices(cls, comments: tuple[str, ...]) -> SceneName:
        """Name the scene of these voices, in this order."""
        return cls(SceneKind.VOICES, ",".join(comments[:MOST_VOICES]))

    @property
    def comments(self) -> tuple[str, ...]:
        """The voices that it shows."""
        if self.kind not in {SceneKind.VOICES, SceneKind.ANSWER}:
            return ()
        return tuple(part for part in self.subject.split(",") if part)[:MOST_VOICES]

    @property
    def question(self) -> str:
        """The question that it is about, as far as its name tells."""
        return "" if self.comments or self.subject == ALL else self.subject

    def __str__(self) -> str:
        """``tally harbour/core/benches``: as the feed and a wall's address have it."""
        return f"{self.kind} {self.subject}"


@dataclass(frozen=True, slots=True)
class Wall:
    """A wall that has a name of its own at the desk; *id* stands in its address."""

    id: str
    name: str
    exhibition: str
    city: str
    scene: str
    """What it was told last, empty for by itself; it may have been told more with all others."""


@dataclass(frozen=True, slots=True)
class Led:
    """What a wall is told now: a scene's name, empty for by itself; *position* grows with each."""

    scene: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Showing:
    """What a wall showed when it was last heard of; *at* in seconds since 1970."""

    scene: str
    by: str
    """``desk``, ``keys`` or ``itself``."""
    at: float
