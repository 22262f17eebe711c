"""The report control of a published voice: a ground, one tap, and a person looks at it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.locale.translator import Translator
from kiosk.screens.touch.refusal import sentence
from kiosk.screens.touch.visit import trouble
from kiosk.screens.widgets.exchange import quoted
from kiosk.screens.widgets.markup import Tag, button, icon
from kiosk.sync import submit
from kiosk.voice.comment import PublicComment
from kiosk.voice.comment_actions import published_comment
from kiosk.voice.report_store import Report

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

OPEN = "(event) => { kiosk.open(event); kiosk.press(event, emit); }"


def grounds(t: Translator) -> dict[str, str]:
    """Why a visitor may report a voice, in words."""
    return {
        "insult": t("It insults somebody"),
        "discrimination": t("It discriminates"),
        "private-data": t("It tells private things"),
        "unlawful": t("It breaks the law"),
        "advertising": t("It advertises"),
        "other": t("Something else"),
    }


class ReportDialog:
    """The dialog of a page; it is filled for the voice whose flag was tapped.

    The grounds are drawn once: what is pressed while the server hangs arrives in its turn, between
    the flag of its own voice and that of another.
    """

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.comment: PublicComment | None = None
        self._sending: PublicComment | None = None
        """The voice whose report is on its way: who hears nothing presses again."""
        box = Tag("dialog", None, "sheet report", data_name="report", aria_labelledby="report")
        with box:
            Tag("h2", visit.t("Report this voice"), id="report")
            with Tag("div", None, "inside"):
                self._asked = Tag("div", None, "asked-about")
                self._choices = Tag("div", None, "choices")
            with self._choices:
                for ground, words in grounds(visit.t).items():
                    button(words, self._choose(ground), "knob", data_ground=ground)
            close = button(visit.t("Close"), css="knob quiet", sign="close")
            close.on("click", js_handler="(event) => kiosk.close(event)")
        box.on("close", self._forget)
        self._ask()

    def about(self, comment: PublicComment) -> None:
        """Ask for the ground, with the voice's own words: on a page stand several."""
        self.comment = comment
        self._ask()

    async def changed(self) -> None:
        """Take the words away with the voice, where they leave every other screen."""
        asked = self.comment
        if asked is None:
            return
        found = await self.visit.context.database.read(lambda c: published_comment(c, asked.id))
        if found is None and self.comment is asked:
            with self._ends():
                Tag("p", self.visit.t("This voice is not on show any more."), "lead", role="status")

    def _forget(self) -> None:
        """Keep no voice on the page whose dialog is closed."""
        self.comment = None
        self._ask()

    def _ask(self, problem: str = "") -> None:
        t = self.visit.t
        self._asked.clear()
        with self._asked:
            if problem:
                trouble(problem)
            if self.comment is not None:
                with Tag("div", None, "reported-voice"):
                    quoted(self.comment)
            Tag("p", t("What is wrong with it? A person looks at every report."), "lead")
        self._choices.set_visibility(True)

    def _ends(self) -> Tag:
        """Ask no more; return the place of what is said instead."""
        self.comment = None
        self._asked.clear()
        self._choices.set_visibility(False)
        return self._asked

    def _choose(self, ground: str) -> Callable[[object], object]:
        def chosen(event: object) -> Awaitable[None] | None:
            # Now, not when it is sent: by then another voice may be asked about.
            asked = self.comment
            if asked is None or asked is self._sending:
                return None
            self._sending = asked
            return self._send(asked, ground, str(getattr(event, "args", "")))

        return chosen

    async def _send(self, asked: PublicComment, ground: str, tap: str) -> None:
        visit, now = self.visit, self.visit.context.clock()
        notice = Report(
            id=tap,
            comment=asked.id,
            place=visit.context.where(visit.exhibition.id),
            ground=ground,
            text="",
            made_at=now,
            state="open",
            example=visit.exhibition.example,
        )
        try:
            await visit.context.database.write(lambda c: submit.report_comment(c, notice, now))
        except KioskError as error:
            if self.comment is asked:
                self._ask(sentence(visit.t, error))
            return
        finally:
            self._sending = None
        if self.comment is asked:
            with self._ends(), Tag("p", None, "lead thanked", role="status"):
                icon("agree")
                Tag("span", visit.t("Thank you. A moderator looks at it."))


def dialog(visit: Visit) -> None:
    """Put the dialog into the page."""
    visit.report = ReportDialog(visit)


def tool(visit: Visit) -> Callable[[PublicComment], None]:
    """Return what draws the flag under a voice."""

    def draw(comment: PublicComment) -> None:
        flag = button(
            visit.t("Report"),
            css="flag",
            data_opens="report",
            aria_haspopup="dialog",
        )
        flag.on("click", lambda: visit.report.about(comment), js_handler=OPEN)

    return draw
