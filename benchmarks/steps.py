"""From a finger's press to the next screen of the exhibition, on every way, in a real browser.

A visitor goes every way there is, votes, writes, searches; beside her, in turns, somebody presses
the one button of the least page that NiceGUI can make (benchmarks/plain.py): the reference. The
screen has a hundred exhibits, 5,000 voices and 20,000 ballots of its own, and reads what it shows
from them.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import start
from benchmarks.browser import STEP, Press, launch, press, watched
from benchmarks.figure import Figure, percentile
from benchmarks.residents import hundred, settle
from benchmarks.server import Running, free_port, python, running
from benchmarks.stage import CONTENT, build

VOICES, BALLOTS = 5_000, 20_000
ROUNDS = 8
PLAIN = 12
"""Presses of the least page in each round."""
WAKES = 6

GOAL_STEP_MS, GOAL_PRESS_MS, GOAL_LETTER_MS, GOAL_WAKE_MS = 120, 50, 100, 1000

_WAY = ".great-way >> nth={n}"
_HOME = ("home", "[data-home]", STEP)
_BACK = ("back", "[data-back]", STEP)
_WORD = "bench"
_KEY = ".keyboard :is([data-skbtn='{}'], [data-skbtn='{}'])"
_SAID = "A bench under the lime tree, and one more by the school."
_BOX = ".ballot-box"
WALK = (
    ("topic", "[data-topic] >> nth=0", STEP),
    ("more cards", "[aria-label='More cards']", ".cards"),
    ("exhibit", ".card.kind-statement >> nth=0", STEP),
    ("vote", ".answer >> nth=0", _BOX),
    ("withdraw", "[data-withdraw]", _BOX),
    ("voices of it", ".said-way button", STEP),
    ("more voices", "[data-more]", ".voice-list"),
    _BACK,
    ("comment", "[data-say]", STEP),
    ("receipt", "[data-send]", STEP),
    ("onward", ".receipt .knob.strong", STEP),
    _HOME,
    ("map", _WAY.format(n=0), STEP),
    ("closer", ".map-group >> nth=0", STEP),
    ("city", ".map-name >> nth=0", STEP),
    ("closer again", "[data-back]", STEP),
    _HOME,
    ("timeline", _WAY.format(n=1), STEP),
    ("moment", ".rail-knob >> nth=0", ".told-words"),
    _HOME,
    ("programme", _WAY.format(n=2), STEP),
    ("session", ".session >> nth=0", STEP),
    _HOME,
    ("declaration", _WAY.format(n=3), STEP),
    _HOME,
    ("voices", _WAY.format(n=4), STEP),
    ("answered", ".filter >> nth=2", ".voice-list"),
    ("newest", ".filter >> nth=0", ".voice-list"),
    _HOME,
    ("search", _WAY.format(n=5), STEP),
    *(("letter", _KEY.format(letter, letter.upper()), ".search-results") for letter in _WORD),
    ("clear", ".search-line .round", ".search-results"),
    _HOME,
)
"""A visit: what each press is called, what is pressed, and where the document changes by it."""

_AWAKE = """() => new Promise((told) => {
  function look() {
    if (!document.querySelector("#app .stage h1")) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => told(performance.now()), 0));
  }
  look();
})"""


@dataclass(slots=True)
class Took:
    """What one kind of press took each time, and the server's processor time in milliseconds."""

    region: str
    presses: list[Press] = field(default_factory=list)
    server: list[float] = field(default_factory=list)

    def documents(self) -> list[float]:
        """Milliseconds from the finger to the changed document, of each time."""
        return [press.document for press in self.presses]


def measure(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Yield p50 and p95 of steps, of presses in place, of each by itself, and of waking."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        content = hundred(Path(folder))
        stage = build(Path(folder) / "stage", content=content)
        start.fetch(stage)
        settle(stage, content, VOICES, BALLOTS)
        with start.touch(stage) as kiosk, _plain(Path(folder)) as plain, _browser() as browser:
            yield from _wake(browser, kiosk.address)
            page, beside = _home(browser, kiosk.address), _pressed(browser, plain.address)
            walk(page, kiosk)
            took: dict[str, Took] = {}
            for _ in range(rounds):
                walk(page, kiosk, took)
                _press_plain(beside, plain, took)
    yield from _all(took)
    for name, each in took.items():
        yield _one(name, each)


def walk(page: Page, kiosk: Running, took: dict[str, Took] | None = None) -> None:
    """Go the way once, and add what each press took.

    Raises:
        TapLost: a press brought nothing within the time.
    """
    page.bring_to_front()
    for name, target, region in WALK:
        if name == "receipt":
            _write(page)
        before = _processor_ms(kiosk)
        seen = press(page, page.locator(target), region)
        if name == "comment" and page.locator("[data-agree]").count():
            press(page, page.locator("[data-agree]"))
        if took is not None:
            each = took.setdefault(name, Took(region))
            each.presses.append(seen)
            each.server.append(_processor_ms(kiosk) - before)
    page.locator("[data-topic]").first.wait_for()


def _write(page: Page) -> None:
    page.locator("textarea").fill(_SAID)
    page.locator(f"#comment-count:has-text('{len(_SAID)}')").wait_for()


def _press_plain(page: Page, plain: Running, took: dict[str, Took]) -> None:
    page.bring_to_front()
    each = took.setdefault("least page", Took(""))
    for _ in range(PLAIN):
        before = _processor_ms(plain)
        each.presses.append(press(page, page.locator("button.touch")))
        each.server.append(_processor_ms(plain) - before)
        page.evaluate("() => { seen.pressed = 0; }")


@contextlib.contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


def _plain(folder: Path) -> contextlib.AbstractContextManager[Running]:
    port = free_port()
    return running(python("benchmarks.plain", str(port)), port, folder / "plain.log")


def _home(browser: Browser, address: str) -> Page:
    """Stand before the beginning of the exhibition."""
    page = watched(browser)
    page.goto(f"{address}/en/{CONTENT.name}")
    page.wait_for_function("() => window.did_handshake === true")
    page.locator(".great-way").first.wait_for()
    page.evaluate("() => document.fonts.ready.then(() => true)")
    return page


def _pressed(browser: Browser, address: str) -> Page:
    page = watched(browser)
    page.goto(address)
    page.wait_for_function("() => window.did_handshake === true")
    return page


def _wake(browser: Browser, address: str) -> Iterator[Figure]:
    """Open the screen as after a night, in a browser that has kept nothing, and once more each."""
    fresh, again = [], []
    for _ in range(WAKES):
        page = watched(browser)
        page.goto(address, wait_until="commit")
        fresh.append(float(page.evaluate(_AWAKE)))
        page.reload(wait_until="commit")
        again.append(float(page.evaluate(_AWAKE)))
        page.context.close()
    said = f"at most {GOAL_WAKE_MS} ms at p95; {WAKES} times, to the frame with the headline"
    yield _percentile("steps.wake.fresh", fresh, 95, f"{said}, the browser has kept nothing")
    yield _percentile("steps.wake.again", again, 95, said)


def _processor_ms(kiosk: Running) -> float:
    """Return the processor time of the server's threads, to the microsecond, in milliseconds."""
    tasks = Path(f"/proc/{kiosk.process.pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6


def _all(took: dict[str, Took]) -> Iterator[Figure]:
    load = round(os.getloadavg()[0] / (os.cpu_count() or 1), 2)
    yield Figure("steps.load", load, load, load, "a core", "of this machine in the last minute")
    kinds: dict[str, list[float]] = defaultdict(list)
    for name, each in took.items():
        kinds[_kind(name, each)] += each.documents()
    for kind, goal in (
        ("steps", GOAL_STEP_MS),
        ("presses", GOAL_PRESS_MS),
        ("letters", GOAL_LETTER_MS),
    ):
        every = kinds[kind]
        said = f"at most {goal} ms at p95; {len(every)}, {VOICES} voices, {BALLOTS} own ballots"
        yield _percentile(f"steps.all_{kind}", every, 50, said)
        yield _percentile(f"steps.all_{kind}", every, 95, said)


def _kind(name: str, took: Took) -> str:
    if name == "letter":
        return "letters"
    return {STEP: "steps", "": "reference"}.get(took.region, "presses")


def _one(name: str, took: Took) -> Figure:
    """Return the p95 of one kind of press, and in words where the time went."""
    parts = ", ".join(
        f"{part} {median(getattr(press, part) for press in took.presses):.0f}"
        for part in ("sent", "answer", "drawn", "frame")
    )
    size = median(press.size for press in took.presses) / 1000
    said = f"p50 {median(took.documents()):.0f}: {parts}; {size:.0f} kB,"
    said += f" server {median(took.server):.1f}"
    return _percentile(f"steps.{name.replace(' ', '_')}", took.documents(), 95, said)


def _percentile(name: str, took: list[float], percent: int, said: str) -> Figure:
    value = round(percentile(took, percent), 1)
    return Figure(f"{name}.p{percent}", value, round(min(took), 1), round(max(took), 1), "ms", said)
