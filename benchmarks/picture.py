"""How fast a photograph of 24 megapixels opens on the touchscreen, and what is made of it.

The photograph is generated: grain over rows of small writing, the worst that a wall of cards can
be. From the moment that the browser gives the touch to the moment that every tile of the whole
picture is drawn, in a real Chromium without a GPU, 1920 × 1080; each time with an empty cache.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import start
from benchmarks.browser import launch
from benchmarks.figure import Figure, percentile
from benchmarks.stage import CONTENT, build
from kiosk import clock
from kiosk.apps import publication
from kiosk.apps.administration import ready_hub
from kiosk.exhibition.library import Library
from kiosk.exhibition.sizes import MADE

WIDE, HIGH = 6000, 4000
OPENINGS = 12
GOAL_MS = 1000
PATIENCE_MS = 20_000
FOLDER = "exhibits/wall"
WALL = f"{FOLDER}/media/wall.webp"
QUALITY = 60

_EXHIBIT = """[[exhibit]]
id = "the-wall"
kind = "media"
standing = "put"
sources = ["exhibition"]
[[exhibit.media]]
id = "wall"
path = "media/wall.webp"
type = "image"
"""
_WRITING = "a bench in the shade, every 200 metres; " * 26
_TEXT = "# the-wall\n## title\nThe wall\n## alt wall\nRows of small writing.\n"

_WATCH = """() => new Promise((done) => {
  let touched = null;
  const dialog = document.querySelector("dialog.viewer");
  addEventListener("pointerdown", (event) => { touched ??= event.timeStamp; }, true);
  new MutationObserver(() => {
    if (dialog.dataset.opened !== "whole") return;
    requestAnimationFrame(() => { window.took = performance.now() - touched; });
  }).observe(dialog, { attributes: true, attributeFilter: ["data-opened"] });
  done();
})"""


def measure() -> Iterator[Figure]:
    """Yield seconds of publication, files made, and milliseconds of opening."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        content = Path(folder) / CONTENT.name
        shutil.copytree(CONTENT, content)
        _hang(content)
        stage = build(Path(folder) / "stage")
        begun = time.monotonic()
        with ready_hub(stage.settings) as database:
            library = Library(stage.settings.data)
            edition = publication.publish_folder(database, library, content, "bench", clock.now())
        took = round(time.monotonic() - begun, 1)
        made = sum(path.startswith(f"{MADE}{WALL}") for path in edition.manifest)
        yield Figure(
            "picture.published", took, took, took, "s", "the exhibition with that photograph"
        )
        yield Figure("picture.files", made, made, made, "files", "sizes and tiles of it")
        start.fetch(stage)
        with (
            start.touch(stage) as kiosk,
            sync_playwright() as playwright,
            launch(playwright) as browser,
        ):
            took_ms = [_opened(browser, kiosk.address) for _ in range(OPENINGS)]
        for percent in (50, 95):
            value = round(percentile(took_ms, percent))
            low, high = round(min(took_ms)), round(max(took_ms))
            goal = f"at most {GOAL_MS} ms at p95; {OPENINGS} openings, 24 megapixels"
            yield Figure(f"picture.open.p{percent}", value, low, high, "ms", goal)


def _hang(content: Path) -> None:
    """Add an exhibit with the photograph to a copy of the exhibition."""
    (content / WALL).parent.mkdir(parents=True)
    (content / FOLDER / "exhibits.toml").write_text(_EXHIBIT)
    (content / FOLDER / "text.en.md").write_text(_TEXT)
    photograph(content / WALL)


def photograph(path: Path) -> None:
    """Write the photograph: grain, and writing that fills it."""
    image = Image.effect_noise((WIDE, HIGH), 24).convert("RGB")
    pen = ImageDraw.Draw(image)
    for row in range(0, HIGH, 40):
        pen.text((20, row), _WRITING, fill="#1b1916", font_size=28)
    image.save(path, quality=QUALITY)


def _opened(browser: Browser, address: str) -> float:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, has_touch=True)
    try:
        return _open(context.new_page(), address)
    finally:
        context.close()


def _open(page: Page, address: str) -> float:
    page.goto(f"{address}/en/{CONTENT.name}/exhibit/the-wall")
    page.locator(".picture .enlarge img").wait_for()
    page.wait_for_function("() => window.socket?.connected && window.OpenSeadragon")
    page.evaluate(_WATCH)
    page.locator(".picture .enlarge").tap()
    page.wait_for_function("() => window.took !== undefined", timeout=PATIENCE_MS)
    return float(page.evaluate("() => window.took"))
