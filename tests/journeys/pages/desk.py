"""The desk as a member of staff knows it."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from kiosk.locale.translator import translator
from tests.journeys.people import SUMMIT, Colleague
from tests.journeys.waiting import until

PUBLISHED_MS = 180_000
"""Milliseconds that a publication may take, which makes every picture's sizes."""


class Desk:
    """One colleague's window on the desk."""

    def __init__(self, page: Page, address: str, language: str = "en") -> None:
        self.page = page
        self.address = address
        self.language = language
        self.t = translator(language)

    def log_in(self, user: str, password: str) -> None:
        """Fill in the form at the entrance and send it."""
        self.page.goto(f"{self.address}/login?language={self.language}")
        self.page.get_by_label(self.t("User name")).fill(user)
        self.page.get_by_label(self.t("Password")).fill(password)
        self.page.get_by_role("button", name=self.t("Log in")).click()

    def enter(self, colleague: Colleague) -> None:
        """Log in as a colleague and wait until the desk listens."""
        self.log_in(colleague.user, colleague.password)
        self.awake()

    def awake(self) -> None:
        """Wait until the page hears its server."""
        expect(self.page.get_by_role("navigation", name=self.t("Desk"))).to_be_visible()
        self.page.wait_for_function("() => window.socket?.connected")

    def turn_to(self, section: str) -> None:
        """Open a section by its English name, such as "Answers"."""
        navigation = self.page.get_by_role("navigation", name=self.t("Desk"))
        navigation.get_by_role("link", name=self.t(section), exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.t(section))
        self.awake()

    def look_at(self, path: str, exhibition: str = SUMMIT) -> None:
        """Open a page of an exhibition by its address."""
        self.page.goto(f"{self.address}/{self.language}/{exhibition}/{path}")
        self.awake()

    @property
    def main(self) -> Locator:
        """What the desk is about now."""
        return self.page.get_by_role("main").last

    @property
    def card(self) -> Locator:
        """The comment that waits to be judged."""
        return self.page.get_by_role("article")

    @property
    def decided(self) -> Locator:
        """The strip of what was just decided."""
        return self.page.get_by_role("complementary", name=self.t("Just decided"))

    @property
    def decided_with_focus(self) -> Locator:
        """That strip while the keyboard is in it, or on it."""
        return self.page.locator(".decided:focus, .decided:focus-within")

    def button(self, sentence: str, **values: object) -> Locator:
        """A button by its English wording."""
        return self.page.get_by_role("button", name=self.t(sentence, **values), exact=True)

    def says(self, sentence: str, **values: object) -> None:
        """Wait until the desk has said this."""
        expect(self.page.get_by_role("status")).to_contain_text(self.t(sentence, **values))

    def drafts_answer(self, text: str) -> None:
        """Write an answer to the newest question; who drafts has no button to release it."""
        self.answers_voice(0)
        self.page.get_by_label(self.t("Answer"), exact=True).fill(text)
        expect(self.button("Release in my name")).to_have_count(0)
        self.button("Save the draft").click()
        self.reads_draft()

    def reads_draft(self) -> None:
        """Wait for the page of a draft: once a new answer is saved the desk leads there."""
        heading = self.page.get_by_role("heading", level=1)
        expect(heading).to_have_text(self.t("Draft of an answer"))
        self.awake()

    def answers_voice(self, place: int) -> None:
        """Begin an answer to the voice at this place of those that wait for one, newest first."""
        self.turn_to("Answers")
        self.page.get_by_role("checkbox").nth(place).check()
        self.button("Answer what is ticked").click()
        self.page.wait_for_url("**/answers/new?c=*")
        self.awake()

    def opens_draft(self) -> None:
        """Open the draft that waits for its release."""
        self.turn_to("Answers")
        self.page.get_by_role("link", name=self.t("Open the draft")).click()
        self.reads_draft()

    def leafs_to(self, said: str) -> None:
        """Leaf through what waits, the oldest first, until this comment is in view."""
        expect(self.card).to_be_visible()

        def in_view() -> bool:
            if said not in self.card.inner_text():
                self.key("j")  # at the last one it stays: what comes next is seen then
            return said in self.card.inner_text()

        until(in_view, f"“{said}” is in view")

    def key(self, key: str) -> None:
        """Press a key on the desk's keyboard."""
        self.page.keyboard.press(key)


class Conclusions(Desk):
    """The rapporteur's pages: a conclusion is typed in, approved, published, taken back."""

    def types(self, title: str, statements: str, dissent: str, question: str, topic: str) -> None:
        """Fill in the form of a new conclusion, topic by its id."""
        self.look_at("conclusions/new")
        self._field("Title").fill(title)
        self._field("Core statements").fill(statements)
        self._field("Dissent").fill(dissent)
        self._field("A sentence for residents to agree or disagree with").fill(question)
        self._field("Topic").select_option(topic)

    def photograph(self, file: Path, in_words: str) -> None:
        """Send a photograph of the table's cards."""
        chooser = self.page.locator('input[type="file"]')
        chooser.set_input_files(file)
        expect(
            self.page.get_by_role("img", name=self.t("The photograph that was chosen"))
        ).to_be_visible()
        self.page.get_by_text(self.t("It has arrived.")).wait_for()
        self._field("What it shows, in words").fill(in_words)

    def translation(self, language: str) -> Locator:
        """The fields for the translation into a language, unfolded."""
        found = self.page.locator("details.translation").filter(
            has=self.page.locator(f'summary [lang="{language}"]')
        )
        if found.get_attribute("open") is None:
            found.locator("summary").click()
        return found

    def approve(self) -> None:
        """Save and approve, and wait for the page that says so."""
        self.button("Save and approve").click()
        self.page.wait_for_url("**/conclusions/*-*")
        self.awake()

    def publish(self) -> int:
        """Publish what is approved; return the edition's number."""
        self.turn_to("Editions")
        before = self.newest()
        self.button("Publish now").click()
        newest = self.page.get_by_role("row").nth(1).get_by_role("rowheader")
        expect(newest).to_have_text(str(before + 1), timeout=PUBLISHED_MS)
        return before + 1

    def newest(self) -> int:
        """The number of the newest edition."""
        return int(self.page.get_by_role("row").nth(1).get_by_role("rowheader").inner_text())

    def go_back_to(self, edition: int) -> None:
        """Release an older edition again."""
        self.button("Go back to edition {number}", number=edition).click()
        self.page.get_by_role("dialog").get_by_role("button", name=self.t("Publish it")).click()
        row = self.page.get_by_role("row").filter(
            has=self.page.get_by_role("rowheader", name=str(edition), exact=True)
        )
        expect(row).to_contain_text(self.t("now"))

    def _field(self, label: str) -> Locator:
        return self.page.get_by_label(self.t(label), exact=True).first
