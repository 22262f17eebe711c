"""A question on an exhibit: its answers, and after the vote the tally with a way to change it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from kiosk.errors import KioskError, QuestionClosed
from kiosk.exhibition.model import Exhibit, Question, QuestionKind, Standing
from kiosk.exhibition.voting_period import has_ended, is_open, open_question
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.answering import answers, bars, voting
from kiosk.screens.touch.refusal import sentence
from kiosk.screens.touch.texts import shut
from kiosk.screens.touch.texts.labels import standing_line
from kiosk.screens.touch.together import group_hands
from kiosk.screens.touch.visit import trouble
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, shown
from kiosk.voice.tally import Tally

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

LONG, LONGER = 105, 150
"""Characters from which a sentence is set smaller, and smaller still."""

TITLE = "question-title"
"""Id of the element that holds the sentence voted on."""


class QuestionPanel:
    """The panel swaps its own content: answers, tally, answers again to change the vote."""

    def __init__(
        self,
        visit: Visit,
        exhibit: Exhibit,
        question: Question,
        tally: Tally,
        around: Tag,
        voted: Callable[[], Awaitable[None]],
        before: QuestionPanel | None = None,
    ) -> None:
        self.visit = visit
        self.exhibit = exhibit
        self.question = question
        self.tally = tally
        self._around = around
        self._voted = voted
        self._changing: bool = before is not None and before._changing
        self._bars: bars.Bars | None = None
        self._was_open = False
        self.box = Tag("section", None, "ballot-box", aria_labelledby=TITLE)
        self.draw()
        visit.on_tick(self._tick)

    @property
    def mine(self) -> tuple[str, ...]:
        """This visit's choices, none before the vote."""
        return self.visit.session.ballots.get(self.question.id, ())

    def draw(self, problem: str = "") -> None:
        """Fill the panel for its present state."""
        self.box.clear()
        self._bars = None
        self._was_open = self._is_open()
        voted = bool(self.mine) and not self._changing
        ended = has_ended(self.question, self.visit.context.clock())
        layouts = {"voted": voted or ended, "ended": ended}  # "voted" makes room for the figures
        self._around.classes(
            remove=" ".join(layouts), add=" ".join(n for n in layouts if layouts[n])
        )
        with self.box:
            if problem:
                trouble(problem)
            if group_hands.may_ask(self.visit, self.question):
                group_hands.ask(self.visit, self.question)
            elif voted:
                self._draw_tally()
            elif not self._was_open:
                self._bars = bars.of_shut(self.visit, self.question, self.tally)
            else:
                self._draw_answers()

    def update(self, tally: Tally) -> None:
        """Take newer figures; nothing moves while the visitor has still to answer."""
        if tally != self.tally:
            self.tally = tally
            if self._bars is not None:
                self._bars.update(tally)

    async def _tick(self) -> None:
        """Ask whoever waits as the vote opens; at its end nothing goes from under a finger."""
        if self._is_open() and not self._was_open:
            self.draw()

    def _is_open(self) -> bool:
        return is_open(self.question, self.visit.context.clock())

    def _draw_answers(self) -> None:
        t = self.visit.t
        if self.question.kind is QuestionKind.MULTIPLE:
            most = self.question.max_choices
            Tag("p", t.plural("Choose {n} answer.", "Choose up to {n} answers.", most), "hint")
        answers.offer(self.visit, self.question, self._answered, TITLE)
        with Tag("p", None, "label-line promise"):
            Tag("span", t("No name, no account. You see the result after your vote."))
            button(t("What we keep"), self.visit.way(steps.LEGAL, "privacy"), "word-link")

    def _draw_tally(self) -> None:
        t = self.visit.t
        with Tag("div", None, "counted"):
            Tag("p", t("Counted. Thank you."), "thanks", role="status", data_first_focus="")
        shut.tell(self.visit, self.question)
        self._bars = bars.Bars(self.visit, self.question, self.tally, self.mine)
        with Tag("div", None, "row"):
            if self._is_open():
                button(t("Change my vote"), self._change, "knob", "change")
                button(t("Withdraw my vote"), self._withdraw, "knob quiet", data_withdraw="")
            following = self._next()
            if following is not None:
                button(
                    t("Next question"),
                    self.visit.way(steps.EXHIBIT, following.id),
                    "knob strong",
                    "forward",
                    turns=True,
                    sign_after=True,
                )

    async def _answered(self, choices: tuple[str, ...], tap: str) -> None:
        async with self.visit.in_turn():
            await self._cast(choices, tap)

    async def _cast(self, choices: tuple[str, ...], tap: str) -> None:
        try:
            self.tally = await voting.cast(self.visit, self.question, choices, tap)
        except KioskError as error:
            self._refused(error)
            return
        self._changing = False
        await self._stands()

    def _refused(self, error: KioskError) -> None:
        if isinstance(error, QuestionClosed):
            self._changing = False
        known = shut.knows(self.visit, self.question, error)
        self.draw("" if known else sentence(self.visit.t, error))

    async def _stands(self) -> None:
        """Show what holds now; the answer goes out before the poster is drawn anew."""
        self.draw()
        await self._voted()

    def _change(self) -> None:
        self._changing = True
        self.draw()

    async def _withdraw(self, event: object) -> None:
        async with self.visit.in_turn():
            await self._take_back(str(getattr(event, "args", "")))

    async def _take_back(self, tap: str) -> None:
        try:
            self.tally = await voting.withdraw(self.visit, self.question, tap)
        except KioskError as error:
            self._refused(error)
            return
        await self._stands()

    def _next(self) -> Exhibit | None:
        """The next open question not answered yet: of this topic first, then of the others."""
        exhibition, now = self.visit.exhibition, self.visit.context.clock()
        asked = [e for e in exhibition.exhibits.values() if e.question is not None]
        here = asked.index(self.exhibit) if self.exhibit in asked else 0
        ring = asked[here + 1 :] + asked[:here]
        ring.sort(key=lambda e: e.topic != self.exhibit.topic)
        for exhibit in ring:
            question = open_question(exhibit, now)
            if question is not None and question.id not in self.visit.session.ballots:
                return exhibit
        return None


def length_class(sentence: str) -> str:
    """Return the style class by which a long sentence is set smaller, so that it is seen whole."""
    if len(sentence) > LONGER:
        return "longer"
    return "long" if len(sentence) > LONG else ""


def headline(visit: Visit, exhibit: Exhibit, question: Question, name: str = "h1") -> None:
    """The sentence voted on, and that it is the exhibition that puts it."""
    if name != "h1":
        Tag("p", words.standing_label(visit.t, Standing.PUT), "put")
    text = visit.text(question.text)
    shown(name, text, f"asked {length_class(text.text)}", id=TITLE)
    if name == "h1":
        standing_line(visit, exhibit.standing, exhibit.sources)
