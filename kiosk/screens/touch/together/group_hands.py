"""Raised hands entered as numbers: by steps or digits, looked at once more, then recorded."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.exhibition.localized import Shown
from kiosk.exhibition.model import Question
from kiosk.exhibition.voting_period import is_open
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.group_party import Party
from kiosk.screens.touch.refusal import sentence
from kiosk.screens.touch.texts import shut
from kiosk.screens.touch.together import group_keeping, group_pad, group_picture
from kiosk.screens.touch.visit import trouble
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, icon, shown
from kiosk.voice import group
from kiosk.voice.group import Raised

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

TITLE = "question-title"
"""Id of the element that holds the sentence voted on."""

Recorded = Callable[[], Awaitable[None]]


class HandsPanel:
    """First the numbers, then the same in a sentence each, to be recorded or put right."""

    def __init__(
        self,
        visit: Visit,
        party: Party,
        question: Question,
        screen: Tag,
        recorded: Recorded,
        entered: HandsPanel | None = None,
    ) -> None:
        """Ask anew or, reworded, go on with what was *entered*."""
        self.visit = visit
        self.party = party
        self.question = question
        self._recorded = recorded
        before = dict(party.hands.get(question.id, (0, ()))[1])
        self.numbers = {choice: before.get(choice, 0) for choice in words.choice_ids(question)}
        self.active = next(iter(self.numbers))
        self._fresh, self._looks, self._problem = True, False, ""
        if entered is not None:
            self.numbers, self.active = entered.numbers, entered.active
            self._fresh, self._problem = entered._fresh, entered._problem
        self._rows: dict[str, tuple[Tag, Tag, Tag, Tag]] = {}
        group_pad.listen(screen, self._typed)
        self.box = Tag("section", None, "hands", aria_labelledby=TITLE)
        if entered is not None and entered._looks:
            self._look()
        else:
            self.enter(self._problem)

    def enter(self, problem: str = "") -> None:
        """Draw the rows and the keys."""
        t, self._looks, self._problem = self.visit.t, False, problem
        self.box.clear()
        self._rows.clear()
        many = "many" if len(self.numbers) > 4 else ""
        with self.box:
            if problem:
                trouble(problem)
            with Tag("div", None, "hands-entry"):
                with Tag("div", None, f"hand-rows {many}"):
                    for choice in self.numbers:
                        self._row(choice)
                group_pad.pad(self.visit, self._typed)
            with Tag("div", None, "hands-foot"):
                self._sum = Tag("p", "", "hands-sum", role="status")
                button(t("Look at the numbers"), self._look, "knob strong", "forward", turns=True,
                       sign_after=True, data_look_hands="")  # fmt: skip
        self._say()

    def _row(self, choice: str) -> None:
        t = self.visit.t
        label = self._label(choice)
        row = Tag("div", None, "hand-row", data_choice=choice)
        with row:
            made = button("", lambda: self._choose(choice), "hand-choice", data_often="")
            with made:
                shown("span", label, "hand-word")
                number = Tag("output", "", "hand-number", aria_live="off")
            less = self._stepper(t("One hand less: {answer}", answer=label.text), "less", choice)
            more = self._stepper(t("One hand more: {answer}", answer=label.text), "more", choice)
        self._rows[choice] = (made, number, less, more)

    def _stepper(self, name: str, sign: str, choice: str) -> Tag:
        by = 1 if sign == "more" else -1

        def stepped() -> None:
            self._choose(choice)
            self._set(choice, self.numbers[choice] + by)

        return button("", stepped, "knob round stepper", sign, aria_label=name, data_often="")

    def _choose(self, choice: str) -> None:
        self.active, self._fresh = choice, True
        self._say()

    def _typed(self, key: str) -> None:
        """Take a digit for the chosen answer; the first one begins its number anew.

        Not while the numbers are looked at once more: nobody would see what it changes.
        """
        if self._looks:
            return
        before = "" if self._fresh and key != group_pad.ERASE else str(self.numbers[self.active])
        typed = group_pad.after(before, key, len(str(group.MOST)))
        self._set(self.active, int(typed or "0"))
        self._fresh = False

    def _set(self, choice: str, number: int) -> None:
        """Write a number, as far as there are people left to raise a hand."""
        self.numbers[choice] = max(0, min(number, self._left_for(choice)))
        self._say(full=number > self.numbers[choice])

    def _left_for(self, choice: str) -> int:
        others = sum(n for other, n in self.numbers.items() if other != choice)
        most = group.hands_at_most(self.party.size, self.question.max_choices)
        return min(self.party.size, most - others)

    def _say(self, *, full: bool = False) -> None:
        t, number = self.visit.t, self.visit.t.number
        for choice, (made, shown_number, less, more) in self._rows.items():
            shown_number.say(number(self.numbers[choice]))
            on = choice == self.active
            _mark(made, "aria-pressed", on=on)
            _mark(less, "aria-disabled", on=not self.numbers[choice])
            _mark(more, "aria-disabled", on=self.numbers[choice] >= self._left_for(choice))
        raised = sum(self.numbers.values())
        said = [t("Hands raised: {n}", n=number(raised))]
        none = group.abstained(self.party.size, self.raised(), self.question.max_choices)
        if none is not None:
            said.append(t("No hand: {n}", n=number(none)))
        if full:
            said.append(t("You are {n}: there are no more hands.", n=number(self.party.size)))
        self._sum.say(" · ".join(said))

    def raised(self) -> Raised:
        """The numbers as they are recorded."""
        return tuple(self.numbers.items())

    def _look(self) -> None:
        """Say the numbers once more before they are recorded."""
        t, self._looks = self.visit.t, True
        self.box.clear()
        self._rows.clear()
        with self.box:
            Tag("h2", t("Is this what you see?"), "hands-asked", data_first_focus="")
            group_picture.draw(self.visit, self.question, self.party.size, self.raised())
            with Tag("div", None, "row"):
                button(t("Record the hands"), self._record, "knob strong", "hand",
                       data_record_hands="")  # fmt: skip
                button(t("Change the numbers"), self._change, "knob", "change")

    def _change(self) -> None:
        self.enter()

    async def _record(self, event: object) -> None:
        tap = str(getattr(event, "args", ""))
        async with self.visit.in_turn():  # what is reworded meanwhile has another panel
            if not await self._is_kept(tap):
                return
        await self._recorded()

    async def _is_kept(self, tap: str) -> bool:
        """Record the hands; where that is refused, say why, unless the vote's own page says it."""
        try:
            await group_keeping.record(self.visit, self.party, self.question, self.raised(), tap)
        except KioskError as error:
            if not shut.knows(self.visit, self.question, error):
                self.enter(sentence(self.visit.t, error))
                return False
        return True

    def _label(self, choice: str) -> Shown:
        return self.visit.answer(self.question, choice)


def _mark(control: Tag, name: str, *, on: bool) -> None:
    said = str(on).lower()
    if control.props.get(name) != said:
        control.props[name] = said
        control.update()


def may_ask(visit: Visit, question: Question) -> bool:
    """Whether a group is here that may raise its hands on this, or has done so.

    Of a vote that has not begun, or is over, it hears before it talks and counts.
    """
    party = visit.party
    return party is not None and (
        question.id in party.hands or is_open(question, visit.context.clock())
    )


def ask(visit: Visit, question: Question) -> None:
    """In group mode an exhibit's question leads to the raising of hands; nobody votes alone."""
    party = visit.party
    if party is None:
        return
    t = visit.t
    exhibit = next(e for e in visit.exhibition.exhibits.values() if e.question is question)

    to = visit.way(steps.ASK, exhibit.id)
    with Tag("div", None, "group-asks"):
        icon("group")
        Tag("p", t("Your group answers together."), "lead")
    if question.id in party.hands:
        size, raised = party.hands[question.id]
        Tag("p", group_picture.leading(visit, question, size, raised), "said")
        button(t("See your result"), to, "knob strong", "forward", turns=True, sign_after=True)
    else:
        button(t("Raise hands"), to, "knob strong", "hand", data_raise="")
