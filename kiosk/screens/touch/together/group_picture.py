"""A group's hands as numbers and as a picture: one small hand for each that was raised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit, Question, TopicDetails
from kiosk.screens.touch import step as steps
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, shown
from kiosk.voice import group
from kiosk.voice.group import Groups, Raised

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

DRAWN_SINGLY = 60
"""Hands up to which each is drawn; more would be too small to be told apart, and are a bar."""


def draw(visit: Visit, question: Question, size: int, raised: Raised) -> None:
    """Put each answer's hands on the screen, and how many raised none."""
    t = visit.t
    hands = dict(raised)
    with Tag("ul", None, "hand-bars"):
        for choice in words.choice_ids(question):
            with Tag("li", None, "hand-bar"):
                shown("span", visit.answer(question, choice), "hand-word")
                _strip(size, hands.get(choice, 0))
                Tag("span", hands_said(visit, hands.get(choice, 0)), "hand-count")
    none = group.abstained(size, raised, question.max_choices)
    if none:
        Tag("p", t.plural("{n} of you raised no hand.", "{n} of you raised no hand.", none), "hint")


def _strip(size: int, hands: int) -> None:
    css = "hand-strip" if size <= DRAWN_SINGLY else "hand-strip solid"
    with Tag("span", None, css, aria_hidden="true"):
        Tag("span").style(f"--size:{max(size, 1)};--hands:{hands}")


def hands_of_topics(visit: Visit) -> None:
    """A raised hand in each topic's colour, for whoever wonders what a group does here."""
    with Tag("p", None, "topic-hands", aria_hidden="true"):
        for topic in visit.exhibition.topics():
            if isinstance(topic.details, TopicDetails):
                Tag("span").style(f"--hand:{topic.details.colour}")


def crowd(size: int) -> Tag:
    """A small head for everyone in the group, as far as they can be told apart."""
    made = Tag("p", None, "crowd", aria_hidden="true")
    fill_crowd(made, size)
    return made


def fill_crowd(made: Tag, size: int) -> None:
    """Draw so many."""
    made.clear()
    with made:
        for _ in range(min(size, DRAWN_SINGLY)):
            Tag("span")


def line(visit: Visit, exhibit: Exhibit, size: int, raised: Raised) -> None:
    """One question with its leading answer, which leads to the whole result."""
    question = exhibit.question
    assert question is not None

    made = button("", visit.way(steps.ASK, exhibit.id), "group-line", data_answered=exhibit.id)
    with made:
        shown("span", visit.text(question.text), "group-line-asked")
        Tag("span", leading(visit, question, size, raised), "group-line-said")


def leading(visit: Visit, question: Question, size: int, raised: Raised) -> str:
    """Say which answer has most hands: “15 of 24: Agree”."""
    t = visit.t
    most = max((n for _, n in raised), default=0)
    leaders = [choice for choice, n in raised if n == most]
    if not most:
        return t("Nobody raised a hand.")
    order = words.choice_ids(question)
    names = [visit.answer(question, c).text for c in sorted(leaders, key=order.index)]
    return t("{hands} of {all}: {answer}", hands=most, all=size, answer=t.list(names))


def hands_said(visit: Visit, n: int) -> str:
    """Return a number of hands; they are hands, not votes."""
    return visit.t.plural("{n} hand", "{n} hands", n)


def everyone(visit: Visit, question: Question, groups: Groups) -> str:
    """Say what all groups raised, apart from the votes; empty where there were none."""
    language, fallbacks = visit.step.language, visit.exhibition.fallbacks()
    return words.hands_sentence(visit.t, groups, question, language, fallbacks)
