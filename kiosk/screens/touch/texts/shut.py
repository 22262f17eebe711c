"""A vote that has not begun, or is over: why, and since or until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.errors import KioskError, QuestionClosed
from kiosk.exhibition.model import Question
from kiosk.exhibition.voting_period import is_open
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def tell(visit: Visit, question: Question) -> None:
    """Say why nobody can answer; nothing while the vote is open."""
    why = words.shut(visit.t, question, visit.context.clock())
    if why:
        with Tag("div", None, "shut", role="status"):
            Tag("p", why[0], "lead")
            Tag("p", " ".join(why[1:]), "hint")


def knows(visit: Visit, question: Question, error: KioskError) -> bool:
    """Whether the screen drawn anew says of itself why this was refused.

    It does of a vote that is not open, unless the edition on show has not heard of it yet.
    """
    return isinstance(error, QuestionClosed) and not is_open(question, visit.context.clock())


def await_opening(visit: Visit, question: Question) -> None:
    """Show the step anew as soon as its vote opens: somebody may wait for it."""
    step = visit.step

    async def ticked() -> None:
        if is_open(question, visit.context.clock()):
            async with visit.in_turn():
                if visit.step == step:
                    await visit.show()

    visit.on_tick(ticked)
