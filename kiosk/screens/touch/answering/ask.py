"""One question in large type: for hands in group mode, for one visitor's vote on the tour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit, Question
from kiosk.exhibition.voting_period import is_open
from kiosk.screens.touch import fill
from kiosk.screens.touch.answering import bars
from kiosk.screens.touch.answering.question import TITLE, QuestionPanel, length_class
from kiosk.screens.touch.group_party import Party
from kiosk.screens.touch.texts import labels, shut
from kiosk.screens.touch.together import group_picture, tour_way
from kiosk.screens.touch.together.group_hands import HandsPanel
from kiosk.screens.widgets.markup import Tag, button, shown
from kiosk.voice import actions, group_actions
from kiosk.voice.group import Groups
from kiosk.voice.tally import Tally

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


@dataclass(frozen=True, slots=True)
class Known:
    """What the database says about a question: single votes, and groups' hands apart."""

    tally: Tally
    groups: Groups
    filled: int


async def show(visit: Visit, entered: HandsPanel | None = None) -> None:
    """Show the question, or what the group answered; reworded, what it has *entered*."""
    exhibit = visit.subject()
    assert exhibit is not None
    assert exhibit.question is not None
    question = exhibit.question
    known = await visit.context.database.read(lambda c: look(c, visit, exhibit))
    party, topic = visit.party, visit.topic_of(exhibit)
    open_now = is_open(question, visit.context.clock())
    result = None
    enters = entered is not None or (party is not None and party.correcting == question.id)
    if party is not None and not (open_now and enters):
        result = party.hands.get(question.id)
    text = visit.text(question.text)
    css = "ask answered" if result else "ask"
    with visit.swap(text.text, css, topic) as screen:
        tour_way.strip(visit, exhibit)
        with Tag("header", None, "opening"):
            labels.eyebrow(visit, exhibit, title=True)
            shown("h1", text, f"asked {length_class(text.text)}", id=TITLE)
            labels.standing_line(visit, exhibit.standing, exhibit.sources)
        if party is None:
            _one_visitor(visit, exhibit, question, known, screen)
        elif result is not None:
            _answered(visit, party, exhibit, question, known)
        elif open_now:
            panel = HandsPanel(visit, party, question, screen, visit.refresh, entered)
            visit.on_reword(partial(show, visit, panel))
        else:
            _unanswered(visit, exhibit, question, known)
    visit.dock.show(topic, known.filled, about=exhibit)


def look(connection: Connection, visit: Visit, exhibit: Exhibit) -> Known:
    """Read both counts and the pattern's filling, which hands do not move, in one snapshot."""
    assert exhibit.question is not None
    question = exhibit.question.id
    return Known(
        actions.tally_of(connection, question),
        group_actions.groups_on(connection, question),
        fill.of_exhibit(connection, visit.exhibition, exhibit),
    )


def _one_visitor(
    visit: Visit, exhibit: Exhibit, question: Question, known: Known, screen: Tag
) -> None:
    async def voted() -> None:
        return None

    QuestionPanel(visit, exhibit, question, known.tally, screen, voted)
    Tag("span", None, "space")
    tour_way.onward(visit, exhibit)


def _unanswered(visit: Visit, exhibit: Exhibit, question: Question, known: Known) -> None:
    """Why the group is not asked for hands; and how it goes on."""
    bars.of_shut(visit, question, known.tally)
    shut.await_opening(visit, question)
    Tag("span", None, "space")
    tour_way.onward(visit, exhibit)


def _answered(
    visit: Visit, party: Party, exhibit: Exhibit, question: Question, known: Known
) -> None:
    """The group's hands, and beside them, apart, how residents voted one by one."""
    t = visit.t
    size, raised = party.hands[question.id]
    with Tag("div", None, "two-counts"):
        with Tag("section", None, "count-of-hands"):
            head = t.plural("Your group of {n}", "Your group of {n}", size)
            Tag("h2", head, data_first_focus="")
            Tag("p", group_picture.leading(visit, question, size, raised), "said")
            group_picture.draw(visit, question, size, raised)
            if known.groups.groups > 1:
                Tag("p", group_picture.everyone(visit, question, known.groups), "hint")
        with Tag("section", None, "count-of-votes"):
            Tag("h2", t("Residents, one by one"))
            bars.Bars(visit, question, known.tally, (), groups=False)
    Tag("p", t("Two counts, kept apart: hands are never added to votes."), "apart")
    shut.tell(visit, question)
    with Tag("div", None, "row"):
        if is_open(question, visit.context.clock()):
            _correct(visit, party, question)
        tour_way.onward(visit, exhibit)


def _correct(visit: Visit, party: Party, question: Question) -> None:
    async def again() -> None:
        party.correcting = question.id
        await visit.refresh()
        party.correcting = ""

    button(visit.t("Correct the numbers"), again, "knob", "change", data_correct="")
