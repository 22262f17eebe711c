"""One comment with everything that was ever decided about it, by whom and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import NotFound
from kiosk.moderation import actions, decision_store, queue_store
from kiosk.moderation.decision_store import Decision
from kiosk.people import staff_store
from kiosk.people.staff import Actor
from kiosk.screens.desk import names
from kiosk.screens.desk.card import about, apart, facts, quotation
from kiosk.screens.desk.seat import Seat
from kiosk.screens.desk.shell import heading
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag
from kiosk.voice.comment import Comment, Status

Found = tuple[Comment, list[Decision], dict[str, str]]


async def draw(seat: Seat, request: Request) -> None:
    """Draw the comment and its decisions.

    Raises:
        NotFound: there is none, or it is not of her city.
    """
    wanted, exhibition = request.path_params["id"], seat.exhibition.id

    def find(c: Connection, actor: Actor, _: datetime) -> Found:
        found = queue_store.one(c, actions.queue_scope(actor, exhibition), wanted)
        if found is None:
            raise NotFound("This comment is not known here.", "Go back to the queue.")
        return found, decision_store.of_comment(c, wanted), staff_store.names(c)

    comment, decisions, staff = await seat.read(find)
    t = seat.t
    heading(t("Decisions on {number}", number=words.number_in(t, comment.voice_number)))
    with Tag("div", None, "voice-alone"):
        with Tag("p", None, "kicker"):
            about(seat, comment.exhibit)
        # Taken back, its words are out of sight; a report about it shows them until it is settled.
        if comment.text and comment.status is not Status.WITHDRAWN:
            quotation(comment, "size-3")
        Tag("p", names.status(t, comment.status), "state")
        facts(seat, comment)
    Tag("h2", t("Decisions"))
    if not decisions:
        Tag("p", t("Nobody has decided on it yet."))
    with Tag("ol", None, "decisions"):
        for decision in decisions:
            _decision(seat, decision, staff.get(decision.staff, ""))


def _decision(seat: Seat, decision: Decision, who: str) -> None:
    t = seat.t
    with Tag("li"):
        Tag("p", names.action(t, decision.action), "did")
        if decision.ground:
            Tag("p", names.ground(t, decision.ground))
        if decision.note:
            Tag("p", t.quote(decision.note))
        role = names.role(t, decision.role)
        apart("p", who, role, words.moment(t, decision.at)).classes("by")
        machine = t("A machine took part.") if decision.machine else t("No machine took part.")
        Tag("p", machine, "by")
