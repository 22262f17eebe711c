"""Which texts of an exhibition are spoken, and under which path an edition keeps each clip."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from kiosk.exhibition import markdown
from kiosk.exhibition.localized import EASY, texts_within
from kiosk.exhibition.model import Exhibition

FOLDER = "made/speech"
"""Below the folder of an edition that publication alone writes in."""
ENDING = ".mp3"

LONGEST = 1500
"""Characters that are spoken in one clip; a longer block is not read."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8}){0,2}")
_BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "blockquote", "td", "th", "dt", "dd"})


def tidy(text: str) -> str:
    """Return a text as the page reads it from itself: every run of blanks is one blank."""
    return " ".join(text.split())


def is_language(tag: str) -> bool:
    """Whether a tag may stand in a path."""
    return _LANGUAGE.fullmatch(tag) is not None


def folder(language: str) -> str:
    """Return the folder of a language's clips within an edition."""
    return f"{FOLDER}/{language}"


def path(language: str, text: str) -> str:
    """Return the path of a text's clip: the same words have the same clip in every edition."""
    key = hashlib.sha256(tidy(text).encode()).hexdigest()[:24]
    return f"{folder(language)}/{key}{ENDING}"


def paths(tag: str, text: str) -> list[str]:
    """Return where a text's clip may lie that a page knows by *tag*, the likeliest first.

    A page may name a language together with a country, and easy language by its language alone.
    """
    language = tag.partition("-")[0]
    return [path(each, text) for each in dict.fromkeys((tag, language, language + EASY))]


def spoken(exhibition: Exhibition) -> Iterator[tuple[str, str]]:
    """Yield (language, text) of every block that exhibits, title and invitation are shown in."""
    seen: set[tuple[str, str]] = set()
    shown = (exhibition.title, exhibition.motto, exhibition.invitation, exhibition.exhibits)
    for localized in texts_within(shown):
        for language, written in localized.by_language.items():
            for block in blocks(written.text):
                if (language, block) not in seen and len(block) <= LONGEST:
                    seen.add((language, block))
                    yield language, block


def blocks(text: str) -> list[str]:
    """Return a text's blocks as the page reads them: Markdown's paragraphs and entries."""
    reader = _Blocks()
    reader.feed(markdown.to_html(text))
    reader.close()
    found = [tidy(text), *(tidy(block) for block in reader.found)]
    return [block for block in dict.fromkeys(found) if any(c.isalnum() for c in block)]


class _Blocks(HTMLParser):
    """Gathers the text of the innermost blocks of clean HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block."""
        del attrs
        if tag in _BLOCKS:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        """What follows a block belongs to another."""
        if tag in _BLOCKS:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        """Add to the present block."""
        self.found[-1] += data
