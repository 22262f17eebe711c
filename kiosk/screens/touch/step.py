"""The addresses of the touchscreen's steps: language, exhibition, screen and what it is about."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from kiosk.exhibition.guiding import exhibit_of

ATTRACT = "attract"
HOME = "home"
TOPIC = "topic"
EXHIBIT = "exhibit"
LIST = "list"
MAP = "map"
SEARCH = "search"
VOICES = "voices"
VOICE = "voice"
COMMENT = "comment"
RECEIPT = "receipt"
LEGAL = "legal"
GROUP = "group"
ASK = "ask"
"""An exhibit's question alone, in large type: in group mode, and on the guided tour."""
TOUR = "tour"

SCREENS = frozenset(
    {
        *(ATTRACT, HOME, TOPIC, EXHIBIT, LIST, MAP, SEARCH, VOICES, VOICE, COMMENT, RECEIPT, LEGAL),
        *(GROUP, ASK, TOUR),
    }
)
_PART = re.compile(r"[a-zA-Z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a visit; *subject* is an exhibit's id, a kind, a page's name or a view."""

    language: str
    exhibition: str
    screen: str = HOME
    subject: str = ""

    @property
    def path(self) -> str:
        """``/fr/vivre-ensemble/exhibit/benches``; the home screen ends with the exhibition."""
        parts = [self.language, self.exhibition]
        if self.screen != HOME:
            parts += [self.screen, self.subject] if self.subject else [self.screen]
        return "/" + "/".join(parts)

    @property
    def exhibit(self) -> str:
        """The id of the exhibit that the subject names, without that of a part of it."""
        return exhibit_of(self.subject)

    def to(self, screen: str, subject: str = "") -> Step:
        """Another step in the same language and exhibition."""
        return replace(self, screen=screen, subject=subject)


def parse(path: str, languages: Collection[str], exhibitions: Collection[str]) -> Step | None:
    """Read an address; None where no such step exists. An unknown exhibition is the first one."""
    parts = [part for part in path.split("/") if part]
    if not parts or parts[0] not in languages or len(parts) > 4:
        return None
    if not all(_PART.fullmatch(part) for part in parts):
        return None
    language, *rest = parts
    if not rest:
        return Step(language, next(iter(exhibitions), ""), HOME)
    exhibition, *rest = rest
    screen, subject = (rest[0] if rest else HOME), (rest[1] if len(rest) > 1 else "")
    if exhibition not in exhibitions or screen not in SCREENS:
        return None
    return Step(language, exhibition, screen, subject)
