"""The desk as a member of staff knows it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.journeys.people import Colleague


class Desk:
    """One colleague's window on the desk."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    def log_in(self, user: str, password: str) -> None:
        """Fill in the form at the entrance and send it."""
        self.page.goto(self.address)
        self.page.get_by_label("User name").fill(user)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Log in").click()

    def enter(self, colleague: Colleague) -> None:
        """Log in as a colleague and wait until the desk listens."""
        self.log_in(colleague.user, colleague.password)
        self.awake()

    def awake(self) -> None:
        """Wait until the page hears its server."""
        expect(self.main).to_be_visible()
        self.page.wait_for_function("() => window.socket?.connected")

    @property
    def main(self) -> Locator:
        """What the desk is about now."""
        return self.page.get_by_role("main").last
