"""A guided tour: five exhibits, each read in large type before its question, then what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit
from kiosk.exhibition.voting_period import is_open
from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.texts import labels, shut
from kiosk.screens.touch.together import group_picture, tour_way
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


async def show(visit: Visit) -> None:
    """Show the stop that the step names, or the end."""
    if visit.session.tour_begun is None:
        visit.session.tour_begun = visit.context.sessions.since_boot()
    if visit.step.subject == tour_way.END:
        _end(visit)
    else:
        stop = tour_way.stops(visit)[int(visit.step.subject) - 1]
        await _stop(visit, visit.exhibition.exhibits[stop.exhibit], int(visit.step.subject))


def is_step(visit_stops: int, subject: str) -> bool:
    """Whether a tour of so many stops has this step."""
    if subject == tour_way.END:
        return visit_stops > 0
    return subject.isascii() and subject.isdigit() and 1 <= int(subject) <= visit_stops


async def _stop(visit: Visit, exhibit: Exhibit, here: int) -> None:
    """What the exhibit says, to be read aloud and talked about before anybody answers."""
    t, topic, question = visit.t, visit.topic_of(exhibit), exhibit.question
    assert question is not None
    title = visit.text(exhibit.title)
    with visit.swap(title.text, "tour-stop", topic):
        tour_way.strip(visit, exhibit)
        with Tag("header", None, "opening"):
            labels.eyebrow(visit, exhibit)
            shown("h1", title)
            shown("p", visit.text(exhibit.lead), "tour-lead")
            labels.standing_line(visit, exhibit.standing, exhibit.sources, labels.session(exhibit))
            labels.translation_note(visit, visit.text(exhibit.lead))
        if not is_open(question, visit.context.clock()):
            shut.tell(visit, question)
            shut.await_opening(visit, question)
        elif visit.party is not None:
            told = t("Read it aloud. Talk to whoever sits beside you. Then raise your hands.")
            Tag("p", told, "tour-how")
        Tag("span", None, "space")
        with Tag("div", None, "row"):
            _before(visit, here)
            to = visit.way(steps.ASK, exhibit.id)
            button(t("To the question"), to, "knob strong tall", "forward", turns=True,
                   sign_after=True, data_question="")  # fmt: skip
    visit.dock.show(topic, await fill.read_of(visit, exhibit), about=exhibit)


def _before(visit: Visit, here: int) -> None:
    if here > 1:
        to = visit.way(steps.TOUR, str(here - 1))
        button(visit.t("The exhibit before"), to, "knob quiet", "back", turns=True)


def _end(visit: Visit) -> None:
    """The five answers together, and the code by which each one can vote alone."""
    t = visit.t
    with visit.swap(t("The end of the tour"), "tour-end"):
        tour_way.strip(visit, None)
        with Tag("header", None, "opening"):
            Tag("h1", t("This is how you answered."))
        with Tag("ol", None, "tour-answers"):
            for stop in tour_way.stops(visit):
                with Tag("li"):
                    _answer(visit, visit.exhibition.exhibits[stop.exhibit])
        Tag("p", _what_next(visit), "lead")
        with Tag("div", None, "row"):
            _leave(visit)
    visit.dock.show(None)


def _what_next(visit: Visit) -> str:
    t = visit.t
    if visit.party is None:
        return t("Scan the code: on your phone you can read on and say more.")
    return t("Scan the code: on your phones each of you can vote for yourself.")


def _answer(visit: Visit, exhibit: Exhibit) -> None:
    """A question with the group's leading answer, or this visitor's own; it leads back to it."""
    question, t = exhibit.question, visit.t
    assert question is not None
    party = visit.party
    if party is not None and question.id in party.hands:
        group_picture.line(visit, exhibit, *party.hands[question.id])
        return
    mine = visit.session.ballots.get(question.id, ()) if party is None else ()
    names = [visit.answer(question, choice).text for choice in mine]
    why_not = words.shut(t, question, visit.context.clock()) or [t("Not answered yet.")]
    with button("", visit.way(steps.ASK, exhibit.id), "group-line"):
        shown("span", visit.text(question.text), "group-line-asked")
        said = t("Your vote: {answer}", answer=t.list(names)) if names else why_not[0]
        Tag("span", said, "group-line-said" if names else "group-line-said not-yet")


def _leave(visit: Visit) -> None:
    t = visit.t
    if visit.party is not None:
        button(t("End the group session"), visit.end, "knob strong", "finish", data_end_group="")
        button(t("Go on together"), visit.way(steps.GROUP), "knob", "group")
    else:
        button(t("I am done"), visit.end, "knob strong", "finish")
