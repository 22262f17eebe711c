"""The programme by day, a session with its guiding questions, and the way to answer each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kiosk.exhibition import guiding
from kiosk.exhibition.model import Exhibit, Exhibition, Kind, SessionDetails
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.answering import asked
from kiosk.screens.touch.listening import said
from kiosk.screens.touch.looking.exhibit import look
from kiosk.screens.touch.texts import facts, labels, media, reading
from kiosk.screens.touch.ways import hours
from kiosk.screens.widgets.markup import Tag, button, icon, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def sessions(exhibition: Exhibition) -> list[Exhibit]:
    """Return the sessions by day and hour; those without an hour end their day."""
    return sorted(exhibition.of_kind(Kind.SESSION), key=_hour)


def _hour(session: Exhibit) -> str:
    details = _details(session)
    begins = details.starts_at.isoformat() if details.starts_at else "~"
    return f"{details.day.isoformat()} {begins}"


def _details(session: Exhibit) -> SessionDetails:
    assert isinstance(session.details, SessionDetails)
    return session.details


async def show(visit: Visit) -> None:
    """Show the programme of all sessions."""
    t, found = visit.t, sessions(visit.exhibition)
    questions = guiding.every(visit.exhibition)
    with visit.swap(t("Programme"), "programme"):
        with Tag("header", None, "opening"):
            Tag("h1", t("Programme"))
            Tag("p", _lead(visit, found, len(questions)), "lead")
            if questions:
                with Tag("div", None, "row"):
                    _answer(visit, questions[0])
                    _about(visit, found)
        if not found:
            _nothing(visit)
        else:
            with reading.column(visit), Tag("div", None, "days"):
                for day, of_day in groupby(found, key=lambda s: _details(s).day):
                    with Tag("section", None, "day"):
                        Tag("h2", t.date(day))
                        with Tag("ul"):
                            for session in of_day:
                                with Tag("li"):
                                    _session(visit, session)
    visit.dock.show(None)


def _lead(visit: Visit, found: Sequence[Exhibit], questions: int) -> str:
    t = visit.t
    many = t.plural("{n} session", "{n} sessions", len(found))
    if not questions:
        return many
    return t.plural(
        "{sessions}, {n} guiding question. It was put to mayors; here it is put to you.",
        "{sessions}, {n} guiding questions. They were put to mayors; here they are put to you.",
        questions,
        sessions=many,
    )


def _nothing(visit: Visit) -> None:
    t = visit.t

    Tag("p", t("No programme has reached this exhibition yet."), "empty large")
    with Tag("div", None, "row"):
        button(t("Choose a question"), visit.way(steps.HOME), "knob strong", "forward", turns=True)


def _session(visit: Visit, session: Exhibit) -> None:
    t, details = visit.t, _details(session)

    css = "session" if details.starts_at else "session to-be-set"
    with button("", visit.way(steps.EXHIBIT, session.id), css, data_exhibit=session.id):
        with Tag("span", None, "session-when"):
            Tag("span", hours.first(visit, details), "session-hours")
            Tag("span", hours.form_label(t, details.form))
        shown("span", visit.text(session.title), "session-title")
        count = len(details.guiding_questions)
        if count:
            Tag("span", t.plural("{n} question", "{n} questions", count), "session-count")


def _answer(visit: Visit, first: guiding.Asked) -> None:
    words = visit.t("Answer the guiding questions")
    to = visit.way(steps.EXHIBIT, first.subject)
    button(words, to, "knob strong", "say", data_answer_guiding="")


def _about(visit: Visit, found: Sequence[Exhibit]) -> None:
    """Lead to what tells of the programme as a whole: a resource that all sessions point to."""
    pointed = [set(session.see_also) for session in found]
    for exhibit in visit.exhibition.of_kind(Kind.RESOURCE):
        if all(exhibit.id in ids for ids in pointed):
            _resource(visit, exhibit)


def _resource(visit: Visit, exhibit: Exhibit) -> None:
    with button("", visit.way(steps.EXHIBIT, exhibit.id), "knob quiet"):
        icon("resource")
        shown("span", visit.text(exhibit.title))


async def session(visit: Visit) -> None:
    """Show one session."""
    found = visit.subject()
    assert found is not None
    details = _details(found)
    known = await visit.context.database.read(lambda c: look(c, visit, found))
    with visit.swap(visit.text(found.title).text, "exhibit kind-session", visit.topic_of(found)):
        with Tag("div", None, "middle"):
            with Tag("header", None, "opening"):
                labels.eyebrow(visit, found)
                shown("h1", visit.text(found.title))
                hours.table(visit, details)
            with reading.column(visit):
                _questions(visit, found, details)
                shown("p", visit.text(found.lead), "lead small")
                media.pictures(visit, found)
                for passage in found.passages:
                    facts.passage(visit, found, passage)
                facts.see_also(visit, found)
                labels.standing_line(visit, found.standing, found.sources)
                labels.translation_note(visit, visit.text(found.lead))
        voices = said.Said(visit, found, known.voices)
    visit.dock.show(visit.topic_of(found), known.filled, None, about=found)

    async def changed() -> None:
        newer = await visit.context.database.read(lambda c: look(c, visit, found))
        voices.update(newer.voices)

    visit.on_change(changed)


def _questions(visit: Visit, session: Exhibit, details: SessionDetails) -> None:
    t = visit.t
    if not details.guiding_questions:
        Tag("p", t("No guiding question of this session is known. What would you ask?"), "empty")
        return
    Tag("h2", t("Guiding questions: touch one to answer it"), "minor first")
    with Tag("ol", None, "guiding"):
        for question in guiding.of_session(session):
            with Tag("li"):
                _question(visit, question)


def _question(visit: Visit, question: guiding.Asked) -> None:
    t = visit.t

    to = visit.way(steps.EXHIBIT, question.subject)
    with button("", to, "guiding-card", data_guiding=question.passage.id):
        shown("span", visit.text(question.passage.text), "guiding-text")
        foot = t("Vote on it") if asked.vote_on(visit, question) else t("Answer it")
        Tag("span", foot, "card-do")
