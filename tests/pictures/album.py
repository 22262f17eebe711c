"""Where pictures go, and when a page is still enough to be photographed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.journeys.browsers import PATIENCE_MS

LANGUAGES = ("fr", "de", "ar")
"""In which every screen is looked at."""

REGIONS = {"fr": "fr-FR", "de": "de-DE", "ar": "ar-EG"}
"""What the browser of a speaker asks for; of another language, the language alone."""

Size = tuple[int, int]
HALL: Size = (1920, 1080)
UPRIGHT: Size = (1080, 1920)
SMALL: Size = (1280, 800)
PHONE: Size = (390, 844)
DESK: Size = (1280, 800)

_STILL = """() => document.fonts.status === "loaded"
    && [...document.images].every((image) => image.complete || !image.checkVisibility())
    && !document.querySelector(".pressed")
    && document.getAnimations().every((moving) => moving.playState !== "running"
        || moving.effect.getComputedTiming().progress === null
        || moving.effect.getComputedTiming().endTime > 1500)"""
"""Fonts and images are there and nothing short moves; what drifts for long is stopped by itself."""

_SIGNS = """() => {
    const needed = new Set();
    for (const [where, part] of [[".icon", null], [".keyboard .hg-button", "::before"]]) {
        for (const sign of document.querySelectorAll(where)) {
            const mask = getComputedStyle(sign, part).maskImage.match(/url\\("(http[^"]+)"\\)/);
            if (mask && sign.checkVisibility()) needed.add(mask[1]);
        }
    }
    return Promise.all([...needed].map((address) => {
        const drawn = new Image();
        drawn.src = address;
        return drawn.decode().then(() => address, () => "");
    }));
}"""
"""Waits for the drawn signs, which are masks that no event tells of."""

_LAID_OUT = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass
class Album:
    """The pictures of one audience in one state of the town."""

    folder: Path
    browser: Browser
    taken: list[Path] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @contextmanager
    def visitor(self, language: str, size: Size, *, script: bool = True) -> Iterator[Page]:
        """A browser window of its own, without motion."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=REGIONS.get(language, language),
            reduced_motion="reduce",
            java_script_enabled=script,
            bypass_csp=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        try:
            yield context.new_page()
        finally:
            _close(context)

    @contextmanager
    def screen(self, name: str) -> Iterator[None]:
        """One screen that cannot be reached is told at the end and keeps no other from its turn."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told
            self.missed.append(f"{self.folder.name} {name}: {str(error).splitlines()[0]}")

    def take(self, page: Page, screen: str, language: str, *, whole: bool = False) -> None:
        """Wait until the page stands still and photograph what is seen, or the *whole* page."""
        try:
            page.wait_for_function(_STILL)
        except Error:
            self.missed.append(f"{self.folder.name} {screen} {language} did not come to rest")
        page.evaluate(_SIGNS)
        page.evaluate(_LAID_OUT)
        seen = page.viewport_size
        assert seen is not None
        long = "whole" if whole else str(seen["height"])
        path = self.folder / f"{screen}.{language}.{seen['width']}x{long}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=whole, animations="disabled")
        self.taken.append(path)


def _close(context: BrowserContext) -> None:
    context.close()
