"""The pairwise choice: every screen, language, layout and mode beside every other, once.

The touchscreen alone is started, with the stories' own votes and voices: it is there in seconds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from kiosk.screens.touch import modes
from tests.journeys.pages.touchscreen import Touchscreen
from tests.journeys.waiting import until
from tests.pictures import covering, opened, rare, sheets, ways
from tests.pictures.album import HALL, LANGUAGES, SMALL, UPRIGHT, Album, Size
from tests.screens.touch_fixtures import Stage

WAYS = {**ways.WAYS, **rare.WAYS, **opened.WAYS}
SCREENS = (
    "attract", "home", "topic", "question", "tally", "conclusion", "voices", "comment", "map",
    "timeline", "search",
)  # fmt: skip
LAYOUTS: dict[str, Size] = {
    "landscape": HALL,
    "portrait": UPRIGHT,
    "tablet": SMALL,
    "small": (1024, 600),
    "4k": (3840, 2160),
}
PAIRED = ("landscape", "portrait", "tablet")
DEFAULT = "default"
MODES = (DEFAULT, modes.LARGE, modes.CONTRAST, modes.LOW)
COLUMNS, QUALITY = 8, 66
"""Pictures side by side on the contact sheet, and how much of them is kept."""
ALL = ("fr", "en", "de", "ar", "tr", "es", "it", "nl", "pl", "uk")
"""Languages of the interface."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: ``home.de.portrait.large``."""

    screen: str
    language: str = "fr"
    layout: str = "landscape"
    mode: str = DEFAULT

    @property
    def name(self) -> str:
        """Screen and mode, as the file is called."""
        return self.screen if self.mode == DEFAULT else f"{self.screen}-{self.mode}"

    @property
    def file(self) -> str:
        """The picture's file, as the album calls it."""
        wide, high = LAYOUTS[self.layout]
        return f"{self.name}.{self.language}.{wide}x{high}.png"


def choice() -> list[Shot]:
    """Return the shots of the pairwise choice, sorted by language."""
    kinds = {"screen": SCREENS, "language": LANGUAGES, "layout": PAIRED, "mode": MODES}
    rows = [Shot(*row) for row in covering.choice(kinds)]
    return sorted(rows, key=lambda shot: LANGUAGES.index(shot.language))


def parse(words: Iterable[str]) -> list[Shot]:
    """Read shots as ``screen.language.layout.mode``; what is left out is French, lying, default.

    Raises:
        ValueError: a word is none of these.
    """
    return [_parse(word) for word in words]


def _parse(word: str) -> Shot:
    screen, *rest = word.split(".")
    if screen not in WAYS:
        raise ValueError(f"No screen is called {screen}: {', '.join(WAYS)}.")
    values = {"language": ALL, "layout": tuple(LAYOUTS), "mode": (DEFAULT, *modes.NAMES)}
    said: dict[str, str] = {}
    for one in rest:
        kind = next((kind for kind, known in values.items() if one in known), None)
        if kind is None:
            raise ValueError(f"{one} in {word} is no language, layout or mode.")
        said[kind] = one
    return Shot(screen, **said)


def take(album: Album, shots: Iterable[Shot]) -> None:
    """Take the pictures, on one stage for each language: the attract screen speaks its own."""
    for (language, by_night), alike in groupby(sorted(shots, key=_house), _house):
        with _stage(language, by_night=by_night) as stage:
            for shot in alike:
                with album.screen(f"{shot.name} {language} {shot.layout}"):
                    _take(album, stage, shot)


def _house(shot: Shot) -> tuple[str, bool]:
    """What one stage has for all its pictures: its language, and whether it is closed."""
    return shot.language, shot.screen in rare.NIGHTLY


def _take(album: Album, stage: Stage, shot: Shot) -> None:
    with album.visitor(shot.language, LAYOUTS[shot.layout]) as page:
        screen = Touchscreen(page, stage, shot.language)
        if shot.mode != DEFAULT and shot.screen != "attract":
            WAYS["home"](screen)
            wear(page, shot.mode)
        WAYS[shot.screen](screen)
        if shot.mode != DEFAULT and shot.screen == "attract":  # a visit ends there, with its modes
            wear(page, shot.mode)
        album.take(page, shot.name, shot.language)


def wear(page: Page, mode: str) -> None:
    """Choose a mode as a visitor does."""
    page.locator(".access-knob").click()
    dialog = page.locator('dialog[open][data-name="access"]')
    dialog.locator(f'[data-mode="{mode}"]').click()
    dialog.locator("[data-close]").click()
    expect(dialog).to_be_hidden()


@contextmanager
def _stage(language: str, *, by_night: bool) -> Iterator[Stage]:
    order = ",".join([language, *(one for one in ALL if one != language)])
    with tempfile.TemporaryDirectory() as scratch:
        options = ["full", "speaks=1", f"corner={ways.CORNER}", f"languages={order}", "turn=2"]
        options += [f"groupcode={rare.GROUP_CODE}", *([f"hours={rare.CLOSED}"] if by_night else [])]
        stage = Stage(Path(scratch), tuple(options))
        try:
            until(stage.answers, "the touchscreen answers")
            yield stage
        finally:
            stage.end()


def shoot(browser: Browser, folder: Path, shots: Iterable[Shot]) -> Album:
    """Take *shots* into *folder*; return the album, which tells what was taken and missed."""
    album = Album(folder, browser)
    take(album, shots)
    return album


def sheet(taken: Iterable[Path], target: Path) -> None:
    """Write the contact sheet of the pairwise choice, small enough for the repository."""
    paths = sorted(taken, key=lambda path: (SCREENS.index(_screen(path)), path.name))
    sheets.contact(paths, COLUMNS).save(target, quality=QUALITY, method=6)


def _screen(path: Path) -> str:
    return path.name.partition(".")[0].partition("-")[0]
