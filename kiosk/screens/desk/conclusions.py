"""The conclusions that were typed in: what is a draft, what is approved, what is on the screens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.exhibition import draft_store
from kiosk.exhibition.draft import Draft, State
from kiosk.locale.translator import native_name
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import names
from kiosk.screens.desk.buttons import link
from kiosk.screens.desk.card import apart
from kiosk.screens.desk.seat import Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets.markup import Tag, foreign

LAMPS = {
    State.DRAFT: "never",
    State.APPROVED: "silent",
    State.PUBLISHED: "well",
    State.WITHDRAWN: "revoked",
}
"""A state's lamp, as kiosks have them: empty, half, full; beside its words."""


async def draw(seat: Seat, request: Request) -> None:
    """Draw the list."""
    del request
    exhibition = seat.exhibition.id

    def find(c: Connection, actor: Actor, _: datetime) -> list[Draft]:
        scope = actor.scope(Permission.EDIT, exhibition)
        return [d for d in draft_store.of_exhibition(c, exhibition) if scope.reaches(d.city)]

    drafts = await seat.read(find)
    t = seat.t
    heading(t("Conclusions"), t("What the workshops concluded, from the table to the screens."))
    with Tag("div", None, "row"):
        link(t("Type a conclusion in"), seat.path("conclusions", "new"), "knob strong")
        if any(d.state is State.APPROVED for d in drafts):
            link(t("Publish what is approved"), seat.path("editions"), "knob")
    if not drafts:
        empty(
            t("No conclusion was typed in yet."),
            t("Topic, session, core statements, dissent, a photograph of the wall: ten minutes."),
        )
        return
    with Tag("ul", None, "drafts"):
        for draft in drafts:
            _row(seat, draft)


def _row(seat: Seat, draft: Draft) -> None:
    t, source = seat.t, draft.content.source()
    with Tag("li", None, f"draft-row {draft.state}"):
        with Tag("p", None, "excerpt"):
            title = source.title or t("Without a title")
            with Tag("a", None, href=seat.path("conclusions", draft.id)):
                foreign("span", title, draft.content.source_language)
        statements = t.plural("{n} statement", "{n} statements", len(source.statements))
        parts = [statements, draft.created_by, t.ago(draft.updated_at, seat.now())]
        if draft.city:
            parts.insert(0, seat.city_name(draft.city))
        topic = seat.exhibition.exhibits.get(draft.content.topic)
        if topic is not None:
            parts.insert(0, topic.title.pick(seat.language, seat.exhibition.fallbacks()).text)
        apart("p", *parts).classes("by")
        with Tag("p", None, "state"):
            Tag("span", "", f"lamp {LAMPS[draft.state]}", aria_hidden="true")
            Tag("span", names.draft_state(t, draft.state))
        waiting = draft.content.to_translate()
        if waiting:
            listed = seat.t.list(native_name(code) for code in waiting)
            Tag("p", t("To be translated: {languages}", languages=listed), "hint")
