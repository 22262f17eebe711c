"""Visitors' reports: what they said, the comment it is about, and two ways to settle it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import KioskError
from kiosk.moderation import actions, reports
from kiosk.people.staff import Actor
from kiosk.screens.desk import names
from kiosk.screens.desk.buttons import button, link
from kiosk.screens.desk.card import about, facts, quotation
from kiosk.screens.desk.refusal import Refusal
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets.markup import Tag
from kiosk.voice.comment import Comment, Status
from kiosk.voice.report_store import Report

Pairs = list[tuple[Report, Comment]]


async def draw(seat: Seat, request: Request) -> None:
    """Draw the open reports."""
    del request
    t = seat.t
    heading(t("Reports"), t("Visitors say that these should not stand. The oldest comes first."))
    await _Reports(seat).draw()


class _Reports:
    """One open page of the reports."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.asked = ""
        self.place = Tag("ol", None, "voices")
        t = seat.t
        self.refusal = Refusal(seat, t("Take this comment down"), t("Take down"), self._take_down)

    async def draw(self) -> None:
        """Read and draw them afresh: one decision may settle several."""
        exhibition = self.seat.exhibition.id

        def find(c: Connection, actor: Actor, _: datetime) -> Pairs:
            return reports.waiting(c, actions.queue_scope(actor, exhibition))

        found = await self.seat.read(find)
        self.place.clear()
        with self.place:
            for report, comment in found:
                self._report(report, comment)
            if not found:
                with Tag("li"):
                    empty(
                        self.seat.t("No report is open."),
                        self.seat.t("Every public comment can be reported by anyone."),
                    )

    def _report(self, report: Report, comment: Comment) -> None:
        t, seat = self.seat.t, self.seat
        with Tag("li", None, "voice-row"):
            with Tag("div", None, "voice-main"):
                with Tag("p", None, "reported"):
                    Tag("strong", names.ground(t, report.ground))
                    Tag("span", t.ago(report.made_at, seat.now()))
                if report.text:
                    Tag("p", t.quote(report.text), "report-words", dir="auto")
                with Tag("p", None, "kicker"):
                    about(seat, comment.exhibit)
                quotation(comment, "size-row")
                if comment.status is not Status.PUBLISHED:
                    Tag("p", names.status(t, comment.status), "why")
                facts(seat, comment)
            named = t("Number {number}", number=comment.voice_number)
            with Tag("div", None, "voice-tools", role="group", aria_label=named):
                button(t("It stands"), partial(self._dismiss, report.id), "knob small")
                button(t("Take down …"), partial(self._ask, report.id), "knob small")
                link(t("Decisions"), seat.path("comment", comment.id), "knob quiet small")

    def _ask(self, report: str, _: object = None) -> None:
        self.asked = report
        self.refusal.open()

    async def _dismiss(self, report: str, _: object = None) -> None:
        def dismiss(c: Connection, actor: Actor, now: datetime) -> None:
            reports.dismiss(c, report, actor, now)

        await self._do(dismiss, self.seat.t("It stands; the report is settled."))

    async def _take_down(self, ground: str, note: str) -> None:
        report = self.asked

        def uphold(c: Connection, actor: Actor, now: datetime) -> None:
            reports.uphold(c, report, actor, now, ground=ground, note=note)

        await self._do(uphold, self.seat.t("Taken off every screen."))

    async def _do(self, act: Act[None], done: str) -> None:
        try:
            await self.seat.write(act)
            self.seat.say(done)
        except KioskError as error:
            self.seat.refused(error)
        await self.draw()
