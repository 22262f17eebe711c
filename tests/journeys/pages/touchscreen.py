"""The touchscreen as a visitor knows it: what it says and what can be tapped."""

from __future__ import annotations

import re
from typing import Protocol

from playwright.sync_api import Error, Locator, Page, expect

from kiosk.locale.translator import translator
from tests.journeys.people import SUMMIT
from tests.journeys.scanner import scan

_OTHER_BOARD = {"default": "{shift}", "shift": "{shift}", "digits": "{letters}"}


def go(page: Page, address: str) -> None:
    """Open an address, once more where the attract screen opened itself again just then."""
    try:
        page.goto(address)
    except Error:
        page.goto(address)


class Served(Protocol):
    """What serves a touchscreen: a whole process, or the stage of a test."""

    @property
    def address(self) -> str:
        """Where it is reached."""


class Touchscreen:
    """One screen in the hall, in the visitor's language."""

    def __init__(self, page: Page, process: Served, language: str = "fr") -> None:
        self.page = page
        self.address = process.address
        self.language = language
        self.t = translator(language)

    def open(self, exhibit: str = "", exhibition: str = SUMMIT) -> None:
        """Stand before the home screen, or before an exhibit."""
        path = f"/{self.language}/{exhibition}" + (f"/exhibit/{exhibit}" if exhibit else "")
        go(self.page, self.address + path)
        self.awake()

    def open_topic(self, topic: str, exhibition: str = SUMMIT) -> None:
        """Stand before a topic's conclusions."""
        go(self.page, f"{self.address}/{self.language}/{exhibition}/topic/{topic}")
        self.awake()

    def awake(self) -> None:
        """Wait until the page hears its server."""
        expect(self.main).to_be_visible()
        self.page.wait_for_function("() => window.socket?.connected")

    def arrives(self, headline: str = "") -> None:
        """Wait until a new step has the focus: before, a key would still be the old one's."""
        first = self.main.get_by_role("heading", level=1)
        expect(first).to_be_focused()
        expect(first).to_contain_text(headline)

    @property
    def main(self) -> Locator:
        """The stage, without bar and dock."""
        return self.page.get_by_role("main").last

    def button(self, sentence: str, *, exact: bool = True, **values: object) -> Locator:
        """The button of this English wording, in the visitor's language."""
        return self.page.get_by_role("button", name=self.t(sentence, **values), exact=exact)

    def stays(self) -> None:
        """Show that somebody is still there, by a key that means nothing."""
        self.page.keyboard.press("Control")

    def vote(self, answer: str) -> None:
        """Tap an answer by its English name and wait until it is counted."""
        self.main.get_by_role("button", name=self.t(answer), exact=True).click()
        expect(self.button("Change my vote")).to_be_visible()

    def tally(self, answer: str) -> Locator:
        """The bar of an answer."""
        return self.main.get_by_role("listitem").filter(has_text=self.t(answer)).first

    def begin_to_write(self) -> None:
        """Go from the exhibit to the text field, past the privacy notice."""
        self.button("Say something").click()
        self.button("I have read this: write").click()
        expect(self.field).to_be_visible()
        expect(self.board.get_by_role("button").first).to_be_visible()

    @property
    def field(self) -> Locator:
        """The field in which a comment is written."""
        return self.page.get_by_role("textbox", name=self.t("What do you say?"))

    @property
    def board(self) -> Locator:
        """The on-screen keyboard."""
        return self.page.get_by_role("group", name=self.t("On-screen keyboard"))

    def types(self, text: str) -> None:
        """Tap the keys of the on-screen keyboard one by one."""
        for letter in text:
            self._tap(letter)

    def _tap(self, letter: str) -> None:
        names = {" ": self.t("Space"), "\n": self.t("New line")}
        key = self.board.get_by_role("button", name=names.get(letter, letter), exact=True)
        for other in ("Capital letters", "Figures and signs", "Letters"):
            if key.count():
                break
            board = self.board.get_by_role("button", name=self.t(other), exact=True)
            if board.count():
                board.click()
        if letter not in names:
            # exact names differ in case only: the board shown is the one with this letter
            key = self.board.locator(f'[data-skbtn="{letter}"]')
        key.click()

    def send(self) -> None:
        """Send the comment for review; a tap that follows at once would be taken for a second."""
        sends = self.button("Send for review")
        expect(sends).not_to_have_class(re.compile("pressed"))
        sends.click()

    def receipt(self) -> tuple[str, str]:
        """Wait for the receipt; return its code and the voice's number."""
        expect(self.main.get_by_role("heading", level=1)).to_have_text(
            self.t("Received. Waiting for review.")
        )
        words = self.main.inner_text()
        code = re.search(r"\b(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}\b", words)
        number = re.search(r"\d+-\d+", words.replace(code[0], "") if code else words)
        assert code is not None, words
        assert number is not None, words
        return code[0], number[0]

    def scan(self, label: str = "Code for your phone") -> str:
        """Return what a phone's camera reads from the code at the side."""
        drawn = self.page.get_by_role("img", name=self.t(label))
        expect(drawn).to_be_visible()
        dark = drawn.locator("path").nth(1).get_attribute("d") or ""
        side = (drawn.get_attribute("viewBox") or "").split()[-1]
        return scan(dark, int(side))

    @property
    def said(self) -> Locator:
        """What residents say, beside the exhibit."""
        return self.page.get_by_role("region", name=self.t("What residents say"))
