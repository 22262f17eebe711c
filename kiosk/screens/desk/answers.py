"""Official answers: what residents ask, what of it is answered, what the office has drafted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.moderation import answer_queue_store, queue_store
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import fields, names
from kiosk.screens.desk.buttons import link
from kiosk.screens.desk.card import about, apart
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets.markup import Tag, foreign
from kiosk.voice.answer_store import OfficialAnswer
from kiosk.voice.comment import Comment, Status

MOST_AT_ONCE = 200
"""Comments that one answer may answer."""


@dataclass(frozen=True, slots=True)
class _Found:
    answers: list[OfficialAnswer]
    comments: list[Comment]
    answered: frozenset[str]


async def draw(seat: Seat, request: Request) -> None:
    """Draw drafts and answers, and the public comments to choose from."""
    del request
    found = await seat.read(_find(seat.exhibition.id))
    t = seat.t
    heading(t("Answers"), t("One answer reaches everyone who asked the same."))
    with Tag("div", None, "two"):
        with Tag("section", None, "column"):
            Tag("h2", t("Residents ask"))
            _questions(seat, found)
        with Tag("section", None, "column"):
            Tag("h2", t("Drafts and answers"))
            _answers(seat, found.answers)


def _find(exhibition: str) -> Act[_Found]:
    def find(c: Connection, actor: Actor, _: datetime) -> _Found:
        scope = actor.scope(Permission.READ_ANSWERS, exhibition)
        comments = queue_store.newest_first(c, scope, Status.PUBLISHED, most=MOST_AT_ONCE)
        return _Found(
            answer_queue_store.of_scope(c, scope),
            comments,
            answer_queue_store.answered(c, [x.id for x in comments]),
        )

    return find


def _questions(seat: Seat, found: _Found) -> None:
    t = seat.t
    if not found.comments:
        empty(t("Nothing is public yet."), t("What moderators publish can be answered here."))
        return

    def chosen(values: fields.Values) -> None:
        ids = [str(c) for c in values.get("comments", ())]
        if ids:
            ui.navigate.to(seat.path("answers", "new") + "?" + "&".join(f"c={i}" for i in ids))
        else:
            seat.say(t("Tick what one answer shall reach."))

    waiting = [c for c in found.comments if c.id not in found.answered]
    with fields.form(chosen, "choose"):
        with Tag("div", None, "row sticky"):
            fields.submit(t("Answer what is ticked"), "answer", "knob strong")
            Tag("p", t.plural("{n} not answered", "{n} not answered", len(waiting)), "how-many")
        with Tag("ul", None, "askings"):
            for comment in [*waiting, *(c for c in found.comments if c.id in found.answered)]:
                _asking(seat, comment, answered=comment.id in found.answered)


def _asking(seat: Seat, comment: Comment, *, answered: bool) -> None:
    with Tag("li"), Tag("label", None, "asking"):
        box = Tag("input", type="checkbox", name_="comments")
        box.props["^value"] = comment.id
        with Tag("span", None, "asking-words"):
            foreign("span", comment.text, comment.language, "asking-text")
            with Tag("span", None, "asking-foot"):
                about(seat, comment.exhibit)
                Tag("bdi", comment.voice_number)
                Tag("span", seat.t.ago(comment.received_at, seat.now()))
                if answered:
                    Tag("span", seat.t("answered"), "mark")


def _answers(seat: Seat, answers: list[OfficialAnswer]) -> None:
    t = seat.t
    if not answers:
        empty(t("No answer yet."), t("Tick what residents ask, then answer it."))
    with Tag("ul", None, "answers"):
        for answer in answers:
            with Tag("li", None, f"answer-row {answer.state}"):
                Tag("p", names.answer_state(t, answer.state, answer.corrected_at), "state")
                foreign("p", names.excerpt(answer.text, 160), answer.language, "excerpt")
                since = "" if answer.author else t.ago(answer.created_at, seat.now())
                apart("p", answer.author, answer.office, since).classes("by")
                words: dict[str, Any] = {
                    "draft": t("Open the draft"),
                    "released": t("Open the answer"),
                }
                link(
                    words.get(answer.state, t("Open")),
                    seat.path("answers", answer.id),
                    "knob small",
                )
