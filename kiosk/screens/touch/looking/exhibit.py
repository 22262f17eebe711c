"""An exhibit: what it says, by whom, what residents say to it, and one thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit, Kind
from kiosk.screens.touch import fill
from kiosk.screens.touch.answering import question as questions
from kiosk.screens.touch.answering.question import QuestionPanel
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.screens.touch.listening import said
from kiosk.screens.touch.texts import facts, labels, reading
from kiosk.screens.widgets.markup import Tag, shown
from kiosk.voice import actions, comment_actions
from kiosk.voice.comment import PublicComment
from kiosk.voice.tally import Tally

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

ASKED_FIRST = frozenset({Kind.STATEMENT, Kind.QUESTION})
"""Kinds whose question is the headline itself."""

UNSAID = frozenset({Kind.TIMELINE})
"""Kinds that need the whole width: residents speak on what their moments lead to."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says about an exhibit."""

    tally: Tally | None
    voices: tuple[PublicComment, ...]
    filled: int


async def show(visit: Visit, before: QuestionPanel | None = None) -> None:
    """Show the exhibit; what changes while it is read is brought in without a jump.

    Reworded, a vote that was being changed *before* is still being changed.
    """
    exhibit = visit.subject()
    assert exhibit is not None
    known = await visit.context.database.read(lambda c: look(c, visit, exhibit))
    topic = visit.topic_of(exhibit)
    sentence = exhibit.question.text if exhibit.question else exhibit.title
    with visit.swap(visit.text(sentence).text, f"exhibit kind-{exhibit.kind}", topic):
        with Tag("div", None, "middle") as middle:
            panel = _middle(visit, exhibit, known, middle, before)
        voices = None if exhibit.kind in UNSAID else said.Said(visit, exhibit, known.voices)
    _poster(visit, exhibit, known.filled)

    async def changed() -> None:
        newer = await visit.context.database.read(lambda c: look(c, visit, exhibit))
        if voices is not None:
            voices.update(newer.voices)
        if panel is not None and newer.tally is not None:
            panel.update(newer.tally)
        _poster(visit, exhibit, newer.filled)

    visit.on_change(changed)
    visit.on_reword(partial(show, visit, panel))


def look(connection: Connection, visit: Visit, exhibit: Exhibit) -> Known:
    """Read tally, newest voices and the pattern's filling in one snapshot."""
    tally = actions.tally_of(connection, exhibit.question.id) if exhibit.question else None
    voices: tuple[PublicComment, ...] = ()
    if voices_may_show(connection, visit.context.clock()):
        voices = tuple(
            comment_actions.published_comments(
                connection, visit.exhibition.id, exhibit.id, most=said.MOST
            )
        )
    return Known(tally, voices, fill.of_exhibit(connection, visit.exhibition, exhibit))


def _middle(
    visit: Visit, exhibit: Exhibit, known: Known, middle: Tag, before: QuestionPanel | None
) -> QuestionPanel | None:
    question = exhibit.question
    asked_first = question is not None and exhibit.kind in ASKED_FIRST
    with Tag("header", None, "opening"):
        labels.eyebrow(visit, exhibit, title=asked_first)
        if asked_first and question is not None:
            questions.headline(visit, exhibit, question)
        else:
            shown("h1", visit.text(exhibit.title))
            labels.standing_line(visit, exhibit.standing, exhibit.sources, labels.session(exhibit))
    with reading.column(visit):
        shown("p", visit.text(exhibit.lead), "lead")
        facts.tell(visit, exhibit)
        labels.translation_note(visit, visit.text(exhibit.lead))
    if question is None or known.tally is None:
        return None
    middle.classes("asked-first" if asked_first else "asked-later")
    if not asked_first:
        questions.headline(visit, exhibit, question, "h2")

    async def voted() -> None:
        _poster(visit, exhibit, await fill.read_of(visit, exhibit))

    return QuestionPanel(visit, exhibit, question, known.tally, middle, voted, before)


def _poster(visit: Visit, exhibit: Exhibit, filled: int) -> None:
    """Fill the pattern; this visit's own cell is the last one that its vote filled."""
    voted = exhibit.question is not None and exhibit.question.id in visit.session.ballots
    mine = max(0, filled - 1) if voted else None
    visit.dock.show(visit.topic_of(exhibit), filled, mine, about=exhibit)
