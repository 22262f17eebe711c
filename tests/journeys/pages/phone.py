"""A phone as its owner knows it: pages, links, buttons; no JavaScript needed."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, Request, expect

from kiosk.locale.translator import translator
from tests.journeys.processes import Process


class Phone:
    """One resident's phone, in her language."""

    def __init__(self, page: Page, process: Process, language: str = "fr") -> None:
        self.page = page
        self.address = process.address
        self.t = translator(language)
        self.asked: list[str] = []
        page.on("request", self._asks)

    def _asks(self, request: Request) -> None:
        self.asked.append(f"{request.method} {request.url}")

    def open(self, address: str) -> None:
        """Open an address that was scanned, or a path of the public side."""
        self.asked.clear()
        self.page.goto(address if "://" in address else self.address + address)

    @property
    def main(self) -> Locator:
        """The page without its footer."""
        return self.page.get_by_role("main")

    @property
    def headline(self) -> Locator:
        """What the page is about."""
        return self.page.get_by_role("heading", level=1)

    @property
    def trouble(self) -> Locator:
        """What went wrong."""
        return self.page.get_by_role("alert")

    def button(self, sentence: str) -> Locator:
        """A button by its English wording."""
        return self.main.get_by_role("button", name=self.t(sentence), exact=True)

    def link(self, sentence: str) -> Locator:
        """A link by its English wording."""
        return self.page.get_by_role("link", name=self.t(sentence), exact=True)

    def vote(self, answer: str) -> None:
        """Tap an answer and wait for the thanks."""
        self.button(answer).click()
        expect(self.main).to_contain_text(self.t("Counted. Thank you."))

    def writes(self, exhibit: str, text: str, exhibition: str = "vivre-ensemble") -> None:
        """Fill in the form of an exhibit and send it."""
        self.open(f"/say/{exhibition}/{exhibit}")
        self.page.get_by_label(self.t("Your words")).fill(text)
        self.button("Send it for review").click()

    def receipt(self) -> str:
        """Return the code of the receipt that the page shows."""
        expect(self.main).to_contain_text(self.t("Your receipt"))
        code = re.search(r"\b(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}\b", self.main.inner_text())
        assert code is not None
        return code[0]

    def follows(self, receipt: str) -> None:
        """Open what stands behind a receipt."""
        self.open(f"/r/{receipt}")

    def takes_back(self, receipt: str, how: str) -> None:
        """Withdraw or erase, as the page behind the receipt offers it, and confirm."""
        self.follows(receipt)
        self.link(how).click()
        self.main.get_by_role("button").first.click()
        self.page.wait_for_url(lambda url: "do=" not in url or "do=done" in url)
