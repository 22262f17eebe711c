"""The wall: a question, a question with long answers, a voice between them, and nothing yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Page, expect

from tests.journeys.pages.wall import Wall
from tests.journeys.town import Town
from tests.pictures.album import HALL, LANGUAGES, Album

BENCHES = "vivre-ensemble/core/benches"
PLOT = "vivre-ensemble/core/empty-plot"
FULL = (("question", BENCHES), ("question-rows", PLOT), ("example", "example/core/benches"))

HOLD = """(() => {
    const Real = window.EventSource;
    window.EventSource = class extends Real {
        constructor(...given) { super(...given); window.stream = this; }
    };
    const look = () => {
        if (!document.querySelector("main.voices, main.answer")) return;
        if (window.stream) window.stream.close();
        window.held = true;
    };
    document.addEventListener("DOMContentLoaded", () => {
        look();
        new MutationObserver(look).observe(
            document.body, {subtree: true, childList: true, attributes: true});
    });
})()"""
"""Stops the wall's turns at the first voice."""


@contextmanager
def turning(album: Album, town: Town) -> Iterator[dict[str, Page]]:
    """Walls that turn beside everything else, until each shows a voice."""
    with ExitStack() as open_ones:
        pages = {}
        for language in LANGUAGES:
            page = open_ones.enter_context(album.visitor(language, HALL))
            page.add_init_script(HOLD)
            Wall(page, town.public, language).open()
            pages[language] = page
        yield pages


def voices(album: Album, pages: dict[str, Page]) -> None:
    """The walls that turned, each at its first voice."""
    for language, page in pages.items():
        with album.screen(f"voice {language}"):
            page.wait_for_function("() => window.held", timeout=120_000)
            album.take(page, "voice", language)


def all_full(album: Album, town: Town, language: str) -> None:
    """Questions with their live tallies."""
    for name, question in FULL:
        _question(album, town, language, name, question)


def all_empty(album: Album, town: Town, language: str) -> None:
    """A question on which nobody has voted."""
    for name, question in FULL[:2]:
        _question(album, town, language, name, question)


def nothing_yet(album: Album, town: Town, language: str) -> None:
    """The wall before an edition was published."""
    _question(album, town, language, "nothing-yet", "")


def _question(album: Album, town: Town, language: str, name: str, question: str) -> None:
    with album.screen(f"{name} {language}"), album.visitor(language, HALL) as page:
        wall = Wall(page, town.public, language)
        wall.open(question)
        expect(wall.main).to_be_visible()
        album.take(page, name, language)
