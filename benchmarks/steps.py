"""From a finger's press to the next screen of the exhibition, on every way, in a real browser.

Measured inside the page: from the time stamp of the press to the moment that the next step stands
in the document, and to the end of the frame that shows it. Beside it the processor time that the
server spent, which other work on the machine does not touch.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean

from playwright.sync_api import Page, sync_playwright

from benchmarks import start
from benchmarks.browser import launch
from benchmarks.figure import Figure, middle, percentile
from benchmarks.server import Running
from benchmarks.stage import CONTENT, build
from benchmarks.touch import PATIENCE_MS, TapLost, fill

VOICES = 5_000
ROUNDS = 15
WARM_UP = 2
GOAL_MS = 120

_WAY = ".great-way >> nth={n}"
_HOME = ("home", "[data-home]")
_BACK = ("back", "[data-back]")
WALK = (
    ("topic", "[data-topic] >> nth=0"),
    ("exhibit", ".card >> nth=0"),
    _BACK,
    _HOME,
    ("map", _WAY.format(n=0)),
    ("closer", ".map-group >> nth=0"),
    ("city", ".map-name >> nth=0"),
    ("closer again", "[data-back]"),
    _HOME,
    ("timeline", _WAY.format(n=1)),
    _HOME,
    ("programme", _WAY.format(n=2)),
    ("session", ".session >> nth=0"),
    _HOME,
    ("declaration", _WAY.format(n=3)),
    _HOME,
    ("voices", _WAY.format(n=4)),
    _HOME,
    ("search", _WAY.format(n=5)),
    _HOME,
)
"""A visitor's way: what each step is called, and what is pressed to come to it."""

_WATCH = """() => {
  const stage = document.querySelector(".stage");
  let pressed = null, done = null;
  addEventListener("pointerdown", (event) => {
    pressed = event.timeStamp;
    window.lastPress = { at: pressed, x: event.clientX, y: event.clientY };
  }, true);
  new MutationObserver(() => {
    if (pressed === null) return;
    const began = pressed, changed = performance.now() - began;
    pressed = null;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        window.stepTook = [changed, performance.now() - began];
        done?.();
      };
      channel.port2.postMessage(null);
    });
  }).observe(stage, { attributes: true, attributeFilter: ["data-step"] });
  window.stepSeen = (patience) => new Promise((told) => {
    done = () => {
      if (!window.stepTook) return;
      told(window.stepTook);
      window.stepTook = done = null;
    };
    done();
    setTimeout(() => told(null), patience);
  });
}"""
_CALM = """at => {
  const near = Math.hypot(window.lastPress?.x - at.x, window.lastPress?.y - at.y) < 60;
  const soon = performance.now() - window.lastPress?.at < 750;
  return !(near && soon) && !document.querySelector(".pressed");
}"""
"""A second press at one place is taken for a double tap, and nothing: touch.js. Nor would a visitor
press so soon.
"""


@dataclass(slots=True)
class Took:
    """What one kind of step took each time, in milliseconds."""

    document: list[float] = field(default_factory=list)
    frame: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)


def measure(rounds: int = ROUNDS) -> Iterator[Figure]:
    """Yield p50 and p95 of each step in milliseconds, and the server's processor time for it."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        stage = build(Path(folder))
        start.fetch(stage)
        fill(stage, VOICES)
        with start.touch(stage) as kiosk, _home(kiosk.address) as page:
            walk(page, kiosk, WARM_UP)
            took = walk(page, kiosk, rounds)
    every = [ms for each in took.values() for ms in each.document]
    for name, each in took.items():
        yield from _figures(f"steps.{name.replace(' ', '_')}", each)
    yield from _percentiles("steps.all", every)


def walk(page: Page, kiosk: Running, rounds: int) -> dict[str, Took]:
    """Go the way so often; return what each step took, by its name.

    Raises:
        TapLost: a press brought no step within the time.
    """
    took: dict[str, Took] = {}
    for _ in range(rounds):
        for name, target in WALK:
            control = page.locator(target)
            box = control.bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
            middle_of = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
            page.wait_for_function(_CALM, arg=middle_of)
            before = _processor_ms(kiosk)
            control.tap()
            seen = page.evaluate("patience => window.stepSeen(patience)", PATIENCE_MS)
            if seen is None:
                raise TapLost(f"{name}: {page.locator('body').aria_snapshot()[:800]}")
            each = took.setdefault(name, Took())
            each.document.append(float(seen[0]))
            each.frame.append(float(seen[1]))
            each.server.append(_processor_ms(kiosk) - before)
    return took


@contextlib.contextmanager
def _home(address: str) -> Iterator[Page]:
    """Stand before the beginning of the exhibition, on a touchscreen of 1920 × 1080."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, has_touch=True)
        page.goto(f"{address}/en/{CONTENT.name}")
        page.wait_for_function("() => window.did_handshake === true")
        page.locator(".great-way").first.wait_for()
        page.evaluate("() => document.fonts.ready.then(() => true)")
        page.evaluate(_WATCH)
        yield page


def _processor_ms(kiosk: Running) -> float:
    """Return the processor time of the server's threads, to the microsecond, in milliseconds."""
    tasks = Path(f"/proc/{kiosk.process.pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6


def _figures(name: str, took: Took) -> Iterator[Figure]:
    yield from _percentiles(name, took.document)
    yield middle(f"{name}.frame", took.frame, "ms", "to the end of the frame that shows it")
    about = f"processor time of the server; mean {mean(took.server):.1f}"
    yield middle(f"{name}.cpu", took.server, "ms", about)


def _percentiles(name: str, took: list[float]) -> Iterator[Figure]:
    low, high = round(min(took), 1), round(max(took), 1)
    goal = f"at most {GOAL_MS} ms at p95; {len(took)} steps, {VOICES} comments"
    for percent in (50, 95):
        yield Figure(
            f"{name}.p{percent}", round(percentile(took, percent), 1), low, high, "ms", goal
        )
