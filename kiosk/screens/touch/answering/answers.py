"""The answers to a question as controls that look equally inviting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Question, QuestionKind
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, icon, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

Answered = Callable[[tuple[str, ...], str], Awaitable[None]]
"""Takes the choices and the id made on the first tap."""

SIGNS = {"agree": "agree", "disagree": "disagree", "pass": "pass"}


def offer(visit: Visit, question: Question, answered: Answered, labelled_by: str) -> None:
    """Put the answers on the screen; one tap answers, several choices are sent together."""
    css = "answers agree" if question.kind is QuestionKind.AGREE else "answers"
    ids = words.choice_ids(question)
    css = f"{css} n{len(ids)}"
    with Tag("div", None, css, role="group", aria_labelledby=labelled_by, data_asks=question.id):
        if question.kind is QuestionKind.MULTIPLE:
            _several(visit, question, answered)
            return
        for choice in ids:
            _one(visit, question, choice, answered)


def _one(visit: Visit, question: Question, choice: str, answered: Answered) -> None:
    async def tapped(event: object) -> None:
        await answered((choice,), str(getattr(event, "args", "")))

    made = button("", tapped, "answer", data_choice=choice)
    with made:
        if choice in SIGNS:  # a ring before the others would look like a form that is sent later
            icon(SIGNS[choice])
        shown("span", visit.answer(question, choice))


def _several(visit: Visit, question: Question, answered: Answered) -> None:
    chosen = visit.session.ticked.setdefault(question.id, set())  # they stay where it is drawn anew
    boxes: dict[str, tuple[Tag, Tag]] = {}

    def fit() -> None:
        full = len(chosen) >= question.max_choices
        for choice, (made, sign) in boxes.items():
            on = choice in chosen
            made.props.update(
                {"aria-pressed": str(on).lower(), "aria-disabled": str(full and not on).lower()}
            )
            sign.style(f"--icon:url(/assets/icons/{'boxed' if on else 'box'}.svg)")
            made.update()
        send.props.update({"aria-disabled": str(not chosen).lower()})
        send.update()

    def toggle(choice: str) -> Callable[[], None]:
        def toggled() -> None:
            chosen.symmetric_difference_update({choice})
            fit()

        return toggled

    for choice in question.choice_ids():
        made = button("", toggle(choice), "answer", data_often="", aria_pressed="false")
        with made:
            sign = icon("box")
            shown("span", visit.answer(question, choice))
        boxes[choice] = (made, sign)

    async def sent(event: object) -> None:
        choices = tuple(c for c in question.choice_ids() if c in chosen)
        if choices:
            await answered(choices, str(getattr(event, "args", "")))

    send = button(visit.t("Count my answer"), sent, "answer send", "forward", turns=True)
    fit()
