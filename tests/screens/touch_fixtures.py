"""A touchscreen as a process of its own, played to by the test, and a visitor's browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsers import HALL, PATIENCE_MS, chromium, leave
from tests.journeys.processes import free_port
from tests.journeys.waiting import until
from tests.screens.forked import Forked

SUMMIT = "vivre-ensemble"

DRAWN = "() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))"

LATER = """seconds => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + seconds * 1000;
}"""


class Stage:
    """The running touchscreen."""

    def __init__(self, folder: Path, options: tuple[str, ...]) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._arguments = (str(self.port), str(folder), *options)
        self.start()

    def start(self) -> None:
        """Start it; :meth:`answers` tells when it serves."""
        self._running = Forked(self._arguments)

    @contextmanager
    def away(self) -> Iterator[None]:
        """Let it hang for as long as the block lasts: it takes connections and answers nothing."""
        with self._running.hangs():
            yield

    def answers(self) -> bool:
        """Whether its health page says that it is ready."""
        try:
            health = httpx.get(f"{self.address}/healthz", trust_env=False, timeout=20)
            return health.status_code == 200
        except httpx.HTTPError:
            return False

    def pages(self) -> int:
        """How many pages its health page tells of."""
        health = httpx.get(f"{self.address}/healthz", trust_env=False, timeout=20)
        told: int = health.json()["pages"]
        return told

    def do(self, command: str, **values: object) -> Any:
        """Play the hub, and return what came of it."""
        return self._running.do(command, **values)

    def end(self) -> None:
        """Stop it."""
        self._running.kill()


class Visitor:
    """Somebody before the screen."""

    def __init__(self, stage: Stage, page: Page) -> None:
        self.stage = stage
        self.page = page

    def goes_to(self, path: str) -> None:
        """Open an address and wait until the page hears its server."""
        self.page.goto(self.stage.address + path)
        expect(self.page.locator(".stage .screen")).to_be_visible()
        self.page.wait_for_function("() => window.did_handshake === true")
        self.page.evaluate("() => document.fonts.ready")

    def takes_size(self, wide: int, high: int) -> None:
        """Have a screen of another size, and wait until it is drawn so."""
        self.page.set_viewport_size({"width": wide, "height": high})
        self.page.evaluate(DRAWN)

    def lets_pass(self, seconds: float) -> None:
        """Touch nothing for so long, by the time in which the page counts how long that is.

        The browser's whole clock is not wound on: the line to the server would find its pings late
        too and connect again, and a page that is still connecting while more time passes at once
        loads itself. No minute of real life does that.
        """
        self.page.evaluate(LATER, seconds)

    def sees(self, words: str) -> None:
        """Expect words on the stage."""
        expect(self.page.locator(".stage")).to_contain_text(words)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file; closed with it, since its loop would be in other tests' way."""
    with chromium() as started:
        yield started


@pytest.fixture
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """A touchscreen; its options are the parameter of an indirect ``stage``."""
    running = Stage(tmp_path, getattr(request, "param", ()))
    until(running.answers, "the touchscreen answers")
    yield running
    running.end()


def stage_for_file(*options: str) -> object:
    """Return a fixture named ``stage`` for a file whose stories share one touchscreen."""

    @pytest.fixture(scope="module")
    def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
        running = Stage(tmp_path_factory.mktemp("stage"), options)
        until(running.answers, "the touchscreen answers")
        yield running
        running.end()

    return stage


@pytest.fixture
def visitor(stage: Stage, browser: Browser) -> Iterator[Visitor]:
    """A visitor with a browser of her own."""
    context = browser.new_context(viewport=HALL, reduced_motion="reduce", bypass_csp=True)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    yield Visitor(stage, context.new_page())
    leave(context)


@pytest.fixture
def fingers(stage: Stage, browser: Browser) -> Iterator[Visitor]:
    """Somebody who has fingers alone: no mouse, no keyboard."""
    context = browser.new_context(
        viewport=HALL,  # type: ignore[arg-type]
        has_touch=True,
        reduced_motion="reduce",
        bypass_csp=True,
    )
    context.set_default_timeout(PATIENCE_MS)
    yield Visitor(stage, context.new_page())
    leave(context)
