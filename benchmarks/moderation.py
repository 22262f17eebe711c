"""From the desk to every screen: a hold that ends, and a voice that is taken down.

Real processes (public side, desk, touchscreen) and three pages in Chromium: a touchscreen's list of
voices, its exhibit with a voice's card open for reading, a wall. Comments are approved one after
another; the desk's process publishes each as its hold ends. Then each is taken down, by the call
that the desk's button makes, on the same database in a process of its own as the desk is. Measured
inside the pages, from the end of the hold or the desk's call to the changed document.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import Connection

from benchmarks import start
from benchmarks.browser import launch
from benchmarks.figure import Figure, percentile
from benchmarks.server import python, running
from benchmarks.stage import CONTENT, Stage, build
from kiosk import clock, ids
from kiosk.database.connection import Database
from kiosk.exhibition.reader import read
from kiosk.moderation import actions
from kiosk.people import appointments, staff_store
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.voice.comment import Comment, NewComment
from kiosk.voice.place import Channel, Place

VOICES = 60
APART_S = 0.2
PATIENCE_MS = 20_000

_WATCH = """() => {
  window.came = {}; window.went = {};
  const look = () => {
    const text = document.body.textContent, now = Date.now();
    const seen = new Set(text.match(/Bench number \\d+/g) || []);
    for (const one of seen) window.came[one] ??= now;
    for (const one of Object.keys(window.came)) {
      if (seen.has(one)) delete window.went[one]; else window.went[one] ??= now;
    }
  };
  look();
  new MutationObserver(look).observe(
    document.body, { childList: true, subtree: true, characterData: true });
}"""


class NotSeen(Exception):
    """A voice did not come to a screen, or did not go from one, within the time."""


def measure(voices: int = VOICES) -> Iterator[Figure]:
    """Yield p50 and p95 in milliseconds, for each kind of screen and for the last of them."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        stage = build(Path(folder))
        start.fetch(stage)
        with _screens(stage) as pages:
            database = Database.open(stage.settings.hub_database)
            try:
                meera = database.write_now(appoint)
                published = list(_publish(database, stage, meera, voices))
                shown = {name: _came(page, published) for name, page in pages.items()}
                gone = [_take_down(database, meera, c.id, pages) for c in reversed(published)]
            finally:
                database.close()
    for name in ("touch", "wall"):
        yield from _figures(f"moderation.publish.{name}", shown[name], "after the end of the hold")
    for name in pages:
        took = [each[name] for each in gone]
        yield from _figures(f"moderation.takedown.{name}", took, "after the desk's call")
    last = [max(each.values()) for each in gone]
    yield from _figures("moderation.takedown.every", last, "the last of the three screens")


@contextmanager
def _screens(stage: Stage) -> Iterator[dict[str, Page]]:
    """Run hub, desk and touchscreen, and open the three pages."""
    settings, logs = stage.settings, stage.settings.data
    exhibit = _exhibit(stage.question.id)
    with (
        running(
            python("kiosk", "public"), settings.hub_port, logs / "public.log", stage.environment
        ) as public,
        running(python("kiosk", "desk"), settings.desk_port, logs / "desk.log", stage.environment),
        start.touch(stage) as kiosk,
        sync_playwright() as playwright,
        launch(playwright) as browser,
    ):
        addresses = {
            "touch": f"{kiosk.address}/en/{CONTENT.name}/voices",
            "card": f"{kiosk.address}/en/{CONTENT.name}/exhibit/{exhibit}",
            "wall": f"{public.address}/wall/{stage.question.id}?lang=en",
        }
        pages = {}
        for name, address in addresses.items():
            page = browser.new_page(viewport={"width": 1920, "height": 1080}, has_touch=True)
            page.goto(address)
            page.locator("h1").first.wait_for()
            page.evaluate(_WATCH)
            pages[name] = page
        yield pages


def _publish(database: Database, stage: Stage, meera: Actor, voices: int) -> Iterator[Comment]:
    """Let residents' comments in, approve each, and wait until the last hold is over."""
    held = []
    for n in range(voices):
        came = database.write_now(partial(write, stage=stage, number=n))
        approve = partial(
            actions.approve, comment=came.id, revision=came.revision, staff=meera, now=clock.now()
        )
        held.append(database.write_now(approve))
        time.sleep(APART_S)
    ends = held[-1].hold_until
    assert ends is not None
    time.sleep(max((ends - clock.now()).total_seconds(), 0))
    yield from held


def _came(page: Page, published: Sequence[Comment]) -> list[float]:
    """Return for each voice the milliseconds from the end of its hold to its place on the page."""
    _until(page, f"() => {_mark(published[-1])} in window.came")
    came: dict[str, float] = page.evaluate("() => window.came")
    took = []
    for comment in published:
        assert comment.hold_until is not None
        seen = came.get(_words(comment))
        if seen is None:
            raise NotSeen(comment.text)
        took.append(seen - comment.hold_until.timestamp() * 1000)
    return took


def _take_down(
    database: Database, meera: Actor, comment: str, pages: dict[str, Page]
) -> dict[str, float]:
    """Take a voice down; return for each page the milliseconds until it was gone from it."""
    kept = database.read_now(partial(actions.seen_by, comment=comment, staff=meera))
    for page in pages.values():
        _until(page, f"() => document.body.textContent.includes({_mark(kept)})")
    begun = clock.now().timestamp() * 1000
    database.write_now(
        lambda c: actions.unpublish(c, kept.id, kept.revision, meera, clock.now(), ground="insult")
    )
    took = {}
    for name, page in pages.items():
        _until(page, f"() => {_mark(kept)} in window.went")
        went: dict[str, float] = page.evaluate("() => window.went")
        took[name] = went[_words(kept)] - begun
    return took


def _until(page: Page, holds: str) -> None:
    page.wait_for_function(holds, timeout=PATIENCE_MS, polling=10)


def _words(comment: Comment) -> str:
    return comment.text.split(":")[0]


def _mark(comment: Comment) -> str:
    return f'"{_words(comment)}"'


@cache
def _exhibit(question: str) -> str:
    return next(
        e.id for e in read(CONTENT).exhibits.values() if e.question and e.question.id == question
    )


def appoint(connection: Connection) -> Actor:
    """Make the account of a moderator and return her."""
    grant = Grant(Role.MODERATOR, CONTENT.name)
    staff = appointments.appoint(
        connection, "meera", "Meera Nair", "correct-horse-battery", [grant], clock.now()
    )
    found = staff_store.actor(connection, staff)
    assert found is not None
    return found


def write(connection: Connection, stage: Stage, number: int) -> Comment:
    """Let a resident's comment arrive in the queue."""
    id = ids.new_id()
    kept = actions.receive(
        connection,
        NewComment(
            id=id,
            exhibit=_exhibit(stage.question.id),
            text=f"Bench number {number}: one seat more.",
            language="en",
            participant=ids.digest(id),
            receipt_hash=ids.digest("receipt" + id),
            voice_number=f"7-{number}",
            place=Place(CONTENT.name, "", "Hall 1", Channel.PHONE),
            written_at=clock.now(),
        ),
        clock.now(),
    )
    assert kept is not None
    return kept


def _figures(name: str, took: Sequence[float], since: str) -> Iterator[Figure]:
    said = f"at most 1000 ms at p95, {since}; {len(took)} voices"
    for percent in (50, 95):
        value = round(percentile(took, percent), 1)
        yield Figure(f"{name}.p{percent}", value, round(min(took)), round(max(took)), "ms", said)
