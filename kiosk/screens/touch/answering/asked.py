"""A guiding question put to residents: large, with ways to vote or to write, and its voices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.guiding import Asked, every, find
from kiosk.exhibition.model import Exhibit
from kiosk.exhibition.voting_period import has_ended, open_question
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.screens.touch.listening import said
from kiosk.screens.touch.texts import labels
from kiosk.screens.widgets.markup import Tag, button, icon, shown
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

LOOK_BACK = 60
"""Newest voices on a session among which those on one of its questions are looked for."""

LONG = 90
"""Characters from which a question is set smaller."""


async def show(visit: Visit) -> None:
    """Show the guiding question."""
    found = find(visit.exhibition, visit.step.subject)
    assert found is not None

    def look(connection: Connection) -> tuple[PublicComment, ...]:
        return voices_on(connection, visit, found)

    voices = await visit.context.database.read(look)
    text = visit.text(found.passage.text)
    with visit.swap(text.text, "asked-screen", visit.topic_of(found.session)):
        with Tag("div", None, "middle"):
            with Tag("header", None, "opening"):
                with Tag("p", None, "eyebrow"):
                    Tag("span", visit.t("Guiding question"), "strong")
                    shown("span", visit.text(found.session.title))
                shown("h1", text, "asked long" if len(text.text) > LONG else "asked")
                labels.standing_line(visit, found.passage.standing, found.passage.sources)
            Tag("p", visit.t("It was put to mayors. What do you say?"), "lead")
            with Tag("div", None, "row answer-ways"):
                _ways(visit, found)
            Tag("span", None, "space")
            _others(visit, found)
        column = _Column(visit, found.session, voices)
    visit.dock.show(visit.topic_of(found.session), about=found.session)

    async def changed() -> None:
        column.update(await visit.context.database.read(look))

    visit.on_change(changed)


class _Column(said.Said):
    """What residents say to the question; what they write here answers it, not its session."""

    async def _say(self) -> None:
        await self.visit.go(self.visit.step.to(steps.COMMENT, self.visit.step.subject))


def voices_on(connection: Connection, visit: Visit, question: Asked) -> tuple[PublicComment, ...]:
    """Return the newest voices on a guiding question."""
    if not voices_may_show(connection, visit.context.clock()):
        return ()
    found = comment_actions.published_comments(
        connection, visit.exhibition.id, question.session.id, most=LOOK_BACK
    )
    return tuple(c for c in found if c.question == question.key)[: said.MOST]


def vote_on(visit: Visit, question: Asked) -> Exhibit | None:
    """Return the exhibit with the vote on a guiding question, while it is open."""
    vote = visit.exhibition.exhibits.get(question.put_as)
    return vote if vote is not None and open_question(vote, visit.context.clock()) else None


def _ways(visit: Visit, question: Asked) -> None:
    t = visit.t
    vote = vote_on(visit, question)
    if vote is not None:
        to = visit.way(steps.EXHIBIT, vote.id)
        button(t("Vote on it"), to, "knob strong tall", "agree", data_vote=vote.id)

    css = "knob tall" if vote else "knob strong tall"
    to = visit.way(steps.COMMENT, question.subject)
    button(t("Answer in your own words"), to, css, "say", data_say_guiding="")

    put = visit.exhibition.exhibits.get(question.put_as)
    if put and put.question and has_ended(put.question, visit.context.clock()):
        to = visit.way(steps.EXHIBIT, put.id)
        button(t("See how residents voted"), to, "knob quiet tall", "forward", turns=True,
               sign_after=True)  # fmt: skip


def _others(visit: Visit, question: Asked) -> None:
    """Leaf to the question before and the next one, of all sessions."""
    t, questions = visit.t, every(visit.exhibition)
    here = questions.index(question)
    with Tag("div", None, "leaf-row"):
        _leaf(visit, questions[here - 1] if here else None, t("The question before"), "back")
        place = t("{first} of {all}", first=here + 1, all=len(questions))
        Tag("p", place, "leaf-place")
        after = questions[here + 1] if here + 1 < len(questions) else None
        _leaf(visit, after, t("The next question"), "next")


def _leaf(visit: Visit, to: Asked | None, label: str, sign: str) -> None:
    async def go() -> None:
        if to is not None:
            visit.session.trail.pop()
            await visit.go(visit.step.to(steps.EXHIBIT, to.subject))

    disabled = "false" if to else "true"
    made = button("", go, "knob round", aria_label=label, aria_disabled=disabled, data_often="")
    with made:
        icon(sign, turns=True)
