"""Real Chromium for the people of the journeys; nothing that they open may call elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Request,
    expect,
    sync_playwright,
)

CHROMIUM = "/usr/bin/chromium"
SHELL = "/usr/bin/chromium-headless-shell"
"""The same Chromium without what draws a browser's window: a fifth less work for each page."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 45_000
"""Milliseconds within which what is expected must be on a page; the machine has other work too."""

LEAVING_MS, LEAVINGS = 3_000, 10
"""Milliseconds for leaving a page whose window is closed at once anyway, and how often it is tried.

One that reloads itself just then forgets that it was to leave.
"""

HALL = {"width": 1920, "height": 1080}
PHONE = {"width": 390, "height": 844}
OFFICE = {"width": 1440, "height": 900}

Opens = Callable[..., Page]


@contextmanager
def chromium(program: str = SHELL) -> Iterator[Browser]:
    """One browser, for as long as the block lasts; CHROMIUM is the one that hangs in halls."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


def leave(context: BrowserContext) -> None:
    """Close a browser window, away from its pages: one that reloads itself just then hangs."""
    for page in context.pages:
        for _ in range(LEAVINGS):
            with suppress(Error):
                page.goto("about:blank", wait_until="commit", timeout=LEAVING_MS)
                break
    context.close()


class Windows:
    """The browsers of a test's people, each with cookies of its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.foreign: list[str] = []
        self.errors: list[str] = []

    def phone(self, language: str = "fr-FR", *, script: bool = False) -> Page:
        """A phone; without JavaScript unless the story needs it."""
        return self._open(
            viewport=PHONE,
            locale=language,
            java_script_enabled=script,
            is_mobile=True,
            has_touch=True,
        )

    def hall(self, language: str = "fr-FR", *, script: bool = True) -> Page:
        """A large screen: touchscreen or wall."""
        return self._open(viewport=HALL, locale=language, java_script_enabled=script)

    def fingers(self, language: str = "fr-FR") -> Page:
        """A large screen that is touched by real fingers."""
        return self._open(viewport=HALL, locale=language, has_touch=True)

    def office(self, language: str = "en-GB") -> Page:
        """A laptop at the town hall."""
        return self._open(viewport=OFFICE, locale=language)

    def _open(self, **options: object) -> Page:
        context = self._browser.new_context(**options)  # type: ignore[arg-type] # as its types say
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", self._asked)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            self.foreign.append(request.url)

    def close(self) -> None:
        """Close every browser window.

        Raises:
            AssertionError: a page asked for something from elsewhere, or its script failed.
        """
        for context in self._contexts:
            leave(context)
        assert not self.foreign, f"asked of third parties: {self.foreign}"
        assert not self.errors, f"scripts failed: {self.errors}"
