"""A vote that has not begun, or is over: why, since or until when, and what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import Question
from kiosk.exhibition.voting_period import has_ended
from kiosk.screens.touch.answering.bars import Bars
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag
from kiosk.voice.tally import Tally

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def draw(visit: Visit, question: Question, tally: Tally) -> Bars | None:
    """Say it in the place of the answers; figures are told of a vote that is over alone."""
    now = visit.context.clock()
    tell(visit, question)
    return Bars(visit, question, tally, ()) if has_ended(question, now) else None


def tell(visit: Visit, question: Question) -> None:
    """Say why nobody can answer; nothing while the vote is open."""
    why = words.shut(visit.t, question, visit.context.clock())
    if why:
        with Tag("div", None, "shut", role="status"):
            Tag("p", why[0], "lead")
            Tag("p", " ".join(why[1:]), "hint")
