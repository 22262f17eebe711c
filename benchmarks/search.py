"""What a search takes: with 100 exhibits in four languages and 5,000 published voices.

Twice: in the process, each word as it stands after each letter, a third of them misspelt, with the
look at the database that comes before; and from a finger on a key of the glass to the results in
the document, in a real browser.
"""

from __future__ import annotations

import contextlib
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import Connection

from benchmarks import start
from benchmarks.browser import launch
from benchmarks.figure import Figure, percentile
from benchmarks.stage import CONTENT, Stage, build
from kiosk import clock, ids
from kiosk.database.connection import Database
from kiosk.exhibition.model import Exhibition
from kiosk.exhibition.reader import read
from kiosk.exhibition.search_texts import entries
from kiosk.exhibition.search_words import words_as_written
from kiosk.screens.touch.search_finder import Finder
from kiosk.voice import comment_store
from kiosk.voice.comment import PublicComment

EXHIBITS = 100
VOICES = 5_000
WORDS = 30
"""Words of a voice."""
SEARCHES = 400
GOAL_MS = 100
PATIENCE_MS = 15_000
LANGUAGES = ("fr", "en", "de", "ar")
TYPED = ("terrasse", "logement", "participation", "enfants")
"""Typed in the browser, letter by letter, each with two letters exchanged."""

_WATCH = """() => {
  let touched = null, waiting = null;
  window.took = [];
  addEventListener("pointerdown", (event) => {
    if (event.target.closest(".keyboard")) touched = event.timeStamp;
  }, true);
  new MutationObserver((changes) => {
    const results = changes.some((each) => each.target.closest?.(".search-results"));
    if (touched === null || !results) return;
    window.took.push(performance.now() - touched);
    touched = null; waiting?.();
  }).observe(document.body, { childList: true, subtree: true });
  window.keysSeen = (count, patience) => new Promise((done) => {
    waiting = () => { if (window.took.length >= count) done(true); };
    waiting();
    setTimeout(() => done(false), patience);
  });
}"""


def measure() -> Iterator[Figure]:
    """Yield how long the first reading takes, then p50 and p95 of a search, in both ways."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        yield from _in_the_process(Path(folder))
        yield from _at_the_glass(Path(folder) / "glass")


def _in_the_process(folder: Path) -> Iterator[Figure]:
    exhibition = hundred(read(CONTENT))
    chance = random.Random(1)
    database = Database.open(f"sqlite:///{folder / 'kiosk.db'}")
    database.migrate()
    database.write_now(partial(fill, exhibition=exhibition, chance=chance))
    finder, now = Finder(), clock.now()

    def find(query: str, language: str) -> float:
        begun = time.perf_counter()
        languages = (language, *exhibition.fallbacks())
        database.read_now(lambda c: finder.find(c, exhibition, query, languages, now))
        return (time.perf_counter() - begun) * 1000

    first = round(find("place", "fr"))
    yield Figure("search.first", first, first, first, "ms", "the index is made, in the background")
    took = [find(*asked) for asked in typed(exhibition, chance, SEARCHES)]
    database.close()
    yield from _figures("search.find", took)


def hundred(exhibition: Exhibition) -> Exhibition:
    """Return the exhibition with a hundred exhibits: its own, and some of them once more."""
    exhibits = dict(exhibition.exhibits)
    for n, exhibit in enumerate(list(exhibits.values())):
        if len(exhibits) < EXHIBITS:
            exhibits[f"{exhibit.id}-{n}"] = replace(exhibit, id=f"{exhibit.id}-{n}", question=None)
    return replace(exhibition, exhibits=exhibits)


def _words(exhibition: Exhibition) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for entry in entries(exhibition):
        if entry.language in words:
            words[entry.language] += words_as_written(f"{entry.title} {entry.text}")
    return words


def fill(connection: Connection, exhibition: Exhibition, chance: random.Random) -> None:
    """Write published voices made of the words of the exhibition's texts."""
    words, now = _words(exhibition), clock.now()
    asked = [exhibit.id for exhibit in exhibition.exhibits.values() if exhibit.question]
    for n in range(VOICES):
        language = LANGUAGES[n % len(LANGUAGES)]
        voice = PublicComment(
            id=ids.new_id(),
            exhibition=exhibition.id,
            exhibit=asked[n % len(asked)],
            question="",
            city="",
            place=f"Hall {n % 60}",
            channel="phone",
            language=language,
            text=" ".join(chance.choices(words[language], k=WORDS)),
            published_at=now - timedelta(seconds=30 * n),
            voice_number=f"0-{n}",
            example=False,
        )
        comment_store.mirror(connection, voice)


def typed(exhibition: Exhibition, chance: random.Random, count: int) -> list[tuple[str, str]]:
    """Return what visitors type, and in which language: one to three words, the last unfinished."""
    words = {k: [w for w in v if len(w) > 3] for k, v in _words(exhibition).items()}
    asked = []
    for n in range(count):
        language = LANGUAGES[n % len(LANGUAGES)]
        query = " ".join(chance.choices(words[language], k=chance.choice((1, 1, 2, 3))))
        query = query[: max(2, len(query) - chance.randrange(4))]
        asked.append((_misspelt(query, chance) if n % 3 == 0 else query, language))
    return asked


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(max(1, len(word) - 1))
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


def _at_the_glass(folder: Path) -> Iterator[Figure]:
    folder.mkdir()
    stage = build(folder)
    start.fetch(stage)
    _fill_screen(stage)
    with start.touch(stage) as kiosk, _search(kiosk.address) as page:
        took: list[float] = []
        for word in TYPED:
            took += _type(page, _misspelt(word, random.Random(len(word))))
    yield from _figures("search.touch", took)


def _fill_screen(stage: Stage) -> None:
    database = Database.open(stage.settings.touch_database)
    database.write_now(partial(fill, exhibition=read(CONTENT), chance=random.Random(2)))
    database.close()


@contextlib.contextmanager
def _search(address: str) -> Iterator[Page]:
    """Open the search on a touchscreen of 1920 × 1080."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, has_touch=True)
        page.goto(f"{address}/fr/{CONTENT.name}/search")
        page.locator(".keyboard .hg-button").first.wait_for()
        page.locator("textarea.search-field").tap()
        page.evaluate(_WATCH)
        yield page


def _type(page: Page, word: str) -> list[float]:
    """Type a word on the glass; return the milliseconds from each touch to its results.

    Raises:
        RuntimeError: a letter brought nothing.
    """
    page.evaluate("() => { window.took.length = 0; }")
    for n, letter in enumerate(word, 1):
        upper = f'.keyboard [data-skbtn="{letter.upper()}"]'
        page.locator(f'.keyboard [data-skbtn="{letter}"], {upper}').first.tap()
        if not page.evaluate("seen => window.keysSeen(...seen)", [n, PATIENCE_MS]):
            raise RuntimeError(f"nothing came of {word[:n]!r}")
    took = [float(each) for each in page.evaluate("() => window.took")]
    page.locator(".search-line .round").tap()
    page.locator(".search-results .topic-ways").wait_for()
    return took


def _figures(name: str, took: Sequence[float]) -> Iterator[Figure]:
    goal = (
        f"at most {GOAL_MS} ms at p95; {len(took)} searches, {EXHIBITS} exhibits, {VOICES} voices"
    )
    low, high = round(min(took), 1), round(max(took), 1)
    for percent in (50, 95):
        value = round(percentile(took, percent), 1)
        yield Figure(f"{name}.p{percent}", value, low, high, "ms", goal)
