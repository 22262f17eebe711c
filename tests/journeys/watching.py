"""When something new stood on a page, by the page's own clock: to a frame, not to a look."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

_WATCH = """(text) => {
    window.stoodAt = null;
    const look = () => {
        if (window.stoodAt === null && document.body.innerText.includes(text)) {
            window.stoodAt = Date.now();
        }
    };
    window.watching?.disconnect();  // it would find its own text, which still stands
    window.watching = new MutationObserver(look);
    window.watching.observe(
        document.body, {subtree: true, childList: true, characterData: true, attributes: true});
    look();
}"""


class Watch:
    """Watches an open page for a text; it must be there without a reload."""

    def __init__(self, page: Page, text: str) -> None:
        self._page = page
        self._began = 0.0
        page.evaluate(_WATCH, text)
        assert page.evaluate("() => window.stoodAt") is None, f"{text!r} is there already"

    def begins(self) -> None:
        """Count from now."""
        self._began = time.time()  # noqa: TID251 - compared with the browser's clock

    def seconds(self) -> float:
        """Wait until it stands on the page and return the seconds since the beginning."""
        self._page.wait_for_function("() => window.stoodAt", polling=50, timeout=30_000)
        return float(self._page.evaluate("() => window.stoodAt")) / 1000 - self._began


TRIES = 4
"""How often, unless a story is so short that it can be lived through more often."""


def once_in_time(story: Callable[[int], bool], tries: int = TRIES) -> int:
    """Live through a story again until once all of it came as soon as promised; return how often.

    A promise in seconds is one of the product alone on its machine. Beside other work the machine
    may hold any one try up; a product that is too slow is too slow in each of them.

    Raises:
        AssertionError: it never did.
    """
    for number in range(1, tries + 1):
        if story(number):
            return number
    raise AssertionError(f"not in time in {tries} tries")
