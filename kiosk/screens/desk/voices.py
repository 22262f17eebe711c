"""What was published and what was refused, newest first, each open to another decision."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import KioskError
from kiosk.moderation import actions, queue_store
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import names
from kiosk.screens.desk.buttons import button, link
from kiosk.screens.desk.card import about, apart, facts, quotation
from kiosk.screens.desk.refusal import Refusal
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag
from kiosk.voice.comment import Comment, Status


async def draw_published(seat: Seat, request: Request) -> None:
    """Draw what is public."""
    del request
    t = seat.t
    told = t("What residents read now. Taking one down works on every screen at once.")
    heading(t("Public"), told)
    await _List(seat, Status.PUBLISHED, t("Nothing is public yet.")).more()


async def draw_refused(seat: Seat, request: Request) -> None:
    """Draw what was refused."""
    del request
    t = seat.t
    heading(t("Refused"), t("Their authors read the ground behind their receipt."))
    await _List(seat, Status.REFUSED, t("Nothing was refused.")).more()


class _List:
    """A list of comments in one state, read in pages."""

    def __init__(self, seat: Seat, status: Status, nothing: str) -> None:
        self.seat = seat
        self.status = status
        self.nothing = nothing
        self.last: Comment | None = None
        self.rows: dict[str, Tag] = {}
        self.asked: Comment | None = None
        self.list = Tag("ol", None, "voices")
        self.foot = Tag("div", None, "row")
        t = seat.t
        self.refusal = Refusal(seat, t("Take this comment down"), t("Take down"), self._take_down)

    async def more(self) -> None:
        """Read and draw the next page."""
        last, status, exhibition = self.last, self.status, self.seat.exhibition.id

        def page(c: Connection, actor: Actor, _: datetime) -> list[Comment]:
            scope = actions.queue_scope(actor, exhibition)
            return queue_store.newest_first(c, scope, status, last)

        try:
            found = await self.seat.read(page)
        except KioskError as error:
            self.seat.refused(error)
            return
        self.last = found[-1] if found else self.last
        with self.list:
            for comment in found:
                self.rows[comment.id] = self._row(comment)
        self.foot.clear()
        with self.foot:
            if len(found) == queue_store.PAGE:
                button(self.seat.t("Show older ones"), self.more, "knob quiet")
            if not self.rows:
                empty(self.nothing, self.seat.t("What you decide in the queue shows here."))

    def _row(self, comment: Comment) -> Tag:
        t, seat = self.seat.t, self.seat
        with Tag("li", None, "voice-row") as row:
            with Tag("div", None, "voice-main"):
                with Tag("p", None, "kicker"):
                    about(seat, comment.exhibit)
                quotation(comment, "size-row")
                if comment.status is Status.REFUSED:
                    apart("p", names.ground(t, comment.ground), comment.ground_note, css="why")
                facts(seat, comment)
            # Which comment each button is about is told by the group's name.
            number = words.number_in(t, comment.voice_number)
            named = t("Number {number}", number=number)
            decisions = t("Decisions on {number}", number=number)
            with Tag("div", None, "voice-tools", role="group", aria_label=named):
                self._tool(comment)
                link(decisions, seat.path("comment", comment.id), "knob quiet small")
        return row

    def _tool(self, comment: Comment) -> None:
        t = self.seat.t
        if not self._may_decide(comment):
            return
        if comment.status is Status.PUBLISHED:
            button(t("Take down …"), partial(self._ask, comment), "knob small")
        else:
            button(t("Approve after all"), partial(self._approve, comment), "knob small")

    def _may_decide(self, comment: Comment) -> bool:
        place = comment.place
        return self.seat.actor.may(Permission.DECIDE, place.exhibition, place.city)

    def _ask(self, comment: Comment, _: object = None) -> None:
        self.asked = comment
        self.refusal.open()

    async def _take_down(self, ground: str, note: str) -> None:
        comment = self.asked
        if comment is not None:
            await self._do(
                comment,
                lambda c, actor, now: actions.unpublish(
                    c, comment.id, comment.revision, actor, now, ground=ground, note=note
                ),
                self.seat.t("Taken off every screen."),
            )

    async def _approve(self, comment: Comment, _: object = None) -> None:
        await self._do(
            comment,
            lambda c, actor, now: actions.approve(c, comment.id, comment.revision, actor, now),
            self.seat.t("Approved: public in ten seconds. The queue can undo it until then."),
        )

    async def _do(self, comment: Comment, act: Act[Comment], done: str) -> None:
        try:
            await self.seat.write(act)
        except KioskError as error:
            self.seat.refused(error)
            return
        self.rows.pop(comment.id).delete()
        self.seat.say(done)
