"""The wall: questions, each of its scenes as keys bring them, and nothing yet."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.pages.wall import Wall
from tests.journeys.town import Town
from tests.pictures.album import HALL, UPRIGHT, Album

BENCHES = "vivre-ensemble/core/benches"
PLOT = "vivre-ensemble/core/empty-plot"
FULL = (("question", BENCHES), ("question-rows", PLOT), ("example", "example/core/benches"))
SCENES = (("t", "tally"), ("v", "voice"), ("a", "answer"), ("m", "map"), ("?", "keys"))
"""Keys at the wall, and the scenes that they bring; the question itself stands there first."""


def all_full(album: Album, town: Town, language: str) -> None:
    """Questions with their live tallies, then each scene, lying and upright."""
    for name, question in FULL:
        _question(album, town, language, name, question)
    for size in (HALL, UPRIGHT):
        _scenes(album, town, language, size)


def _scenes(album: Album, town: Town, language: str, size: tuple[int, int]) -> None:
    with album.screen(f"scenes {language} {size[0]}"), album.visitor(language, size) as page:
        wall = Wall(page, town.public, language)
        wall.open()
        wall.press("q")
        album.take(page, "scene-question", language)
        for key, name in SCENES:
            wall.press(key)
            album.take(page, f"scene-{name}", language)
        wall.page.keyboard.press("?")
        page.locator(".told").evaluate("told => { told.textContent = told.dataset.away; }")
        album.take(page, "lost", language)


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
