"""From a finger on the touchscreen to other voices read from the database, in a real browser.

The screen that lists comments, with 10,000 published in the kiosk's database; each tap on "More
voices" reads the next eight. Measured inside the page: from the moment that the browser gives the
touch to the moment that the new voices stand in the document. Alone, and beside 200 phones a second
that open pages of the hub on the same machine.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import start
from benchmarks.browser import TapLost, launch
from benchmarks.figure import Figure, percentile
from benchmarks.residents import settle
from benchmarks.server import cpu_seconds, free_port, python, running
from benchmarks.stage import CONTENT, Stage, build
from kiosk.people.tokens import Kind

VOICES, BALLOTS = 10_000, 20_000
TAPS = 200
WARM_UP = 20
PHONES_A_SECOND = 200
GOAL_MS = 50
PATIENCE_MS = 15_000

_WATCH = """() => {
  const first = () => document.querySelector("[data-comment]")?.dataset.comment;
  let shown = first(), touched = null, waiting = null;
  window.took = [];
  addEventListener("pointerdown", (event) => { touched = event.timeStamp; }, true);
  new MutationObserver(() => {
    const now = first();
    if (touched === null || !now || now === shown) return;
    window.took.push(performance.now() - touched);
    shown = now; touched = null; waiting?.();
  }).observe(document.body, { childList: true, subtree: true });
  window.tapsSeen = (count, patience) => new Promise((done) => {
    waiting = () => { if (window.took.length >= count) done(true); };
    waiting();
    setTimeout(() => done(false), patience);
  });
}"""


def measure(taps: int = TAPS) -> Iterator[Figure]:
    """Yield p50 and p95 in milliseconds, alone and beside phones."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        stage = build(Path(folder))
        start.fetch(stage)
        settle(stage, CONTENT, VOICES, BALLOTS)
        # Not where the screen looks for it: the hub knows none of these voices, and would say so.
        port = free_port()
        hub = running(
            python("kiosk", "public"),
            port,
            stage.settings.data / "public.log",
            {**stage.environment, "KIOSK_HUB_PORT": str(port)},
        )
        with hub as public, start.touch(stage) as kiosk, _voices(kiosk.address) as page:
            tap(page, WARM_UP)
            before = cpu_seconds(kiosk.process)
            yield from _figures("touch.alone", tap(page, taps))
            each = round((cpu_seconds(kiosk.process) - before) / taps * 1000, 1)
            yield Figure("touch.alone.cpu", each, each, each, "ms", "processor time of the server")
            told: dict[str, float] = {}
            with phones(stage, public.address, told):
                took = tap(page, taps)
            yield from _figures("touch.beside_phones", took)
            yield _phones(told)


def tap(page: Page, times: int) -> list[float]:
    """Tap "More voices" so often; return the milliseconds that each tap took.

    Raises:
        TapLost: one of them brought nothing.
    """
    page.evaluate("() => { window.took.length = 0; }")
    more = page.locator("[data-more]")
    for n in range(times):
        more.tap()
        if not page.evaluate("seen => window.tapsSeen(...seen)", [n + 1, PATIENCE_MS]):
            raise TapLost(f"tap {n + 1}: {page.locator('body').aria_snapshot()[:800]}")
    return [float(each) for each in page.evaluate("() => window.took")]


@contextlib.contextmanager
def phones(stage: Stage, address: str, told: dict[str, float]) -> Iterator[None]:
    """Have phones open pages of the hub while the block runs; *told* then holds their figures."""
    codes = stage.settings.data / "posters.txt"
    codes.write_text("\n".join(stage.codes(6_000, Kind.POSTER)))
    words = (address, str(codes), str(PHONES_A_SECOND))
    process = subprocess.Popen(
        python("benchmarks.phones", *words), stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )
    try:
        yield
        printed, _ = process.communicate(b"\n", timeout=60)
    finally:
        process.kill()
        process.wait()
    told.update(json.loads(printed))


@contextlib.contextmanager
def _voices(address: str) -> Iterator[Page]:
    """Open the list of all voices on a touchscreen of 1920 × 1080."""
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(viewport={"width": 1920, "height": 1080}, has_touch=True)
        page.goto(f"{address}/en/{CONTENT.name}/voices")
        page.locator("[data-comment]").first.wait_for()
        page.evaluate(_WATCH)
        yield page


def _phones(told: dict[str, float]) -> Figure:
    rate = round(told["per_second"], 1)
    wanted = f"{PHONES_A_SECOND} a second asked; {told['answered']:g} of {told['asked']:g} answered"
    return Figure("touch.beside_phones.pages", rate, rate, rate, "pages/s", wanted)


def _figures(name: str, took: list[float]) -> Iterator[Figure]:
    goal = f"at most {GOAL_MS} ms at p95; {len(took)} taps, {VOICES} comments"
    low, high = round(min(took), 1), round(max(took), 1)
    for percent in (50, 95):
        value = round(percentile(took, percent), 1)
        yield Figure(f"{name}.p{percent}", value, low, high, "ms", goal)
