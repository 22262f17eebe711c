"""The wall as people in the hall see it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from kiosk.locale.translator import translator
from tests.journeys.processes import Process


class Wall:
    """A projector's browser: nobody touches it."""

    def __init__(self, page: Page, process: Process, language: str = "fr") -> None:
        self.page = page
        self.address = process.address
        self.t = translator(language)

    def open(self, question: str = "", name: str = "") -> None:
        """Show the wall, or the wall of a question, or the one that has this name at the desk."""
        at = f"{self.address}/wall" + (f"/{question}" if question else "")
        self.page.goto(at + (f"?wall={name}" if name else ""))

    def press(self, key: str) -> None:
        """Somebody at the wall's keyboard presses a key, and waits for what it brings."""
        if key == "?":
            self.page.keyboard.press(key)
            expect(self.page.get_by_role("dialog")).to_be_visible()
            return
        with self.page.expect_response(lambda answer: "after=" in answer.url):
            self.page.keyboard.press(key)
        self.page.wait_for_function("() => !document.querySelector('main').getAnimations().length")

    @property
    def main(self) -> Locator:
        """All that it shows."""
        return self.page.get_by_role("main")
