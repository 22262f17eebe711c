"""The wall as people in the hall see it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from kiosk.locale.translator import translator
from tests.journeys.processes import Process


class Wall:
    """A projector's browser: nobody touches it."""

    def __init__(self, page: Page, process: Process, language: str = "fr") -> None:
        self.page = page
        self.address = process.address
        self.t = translator(language)

    def open(self, question: str = "") -> None:
        """Show the wall, or the wall of a question."""
        self.page.goto(f"{self.address}/wall" + (f"/{question}" if question else ""))

    @property
    def main(self) -> Locator:
        """All that it shows."""
        return self.page.get_by_role("main")
