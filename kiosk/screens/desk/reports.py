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
from kiosk.screens.desk.newest import Newest
from kiosk.screens.desk.refusal import Refusal
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets import words
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
        self._looks = Newest()
        self.place = Tag("ol", None, "voices")
        t = seat.t
        self.refusal = Refusal(seat, t("Take this comment down"), t("Take down"), self._take_down)

    async def draw(self) -> None:
        """Read and draw them afresh: one decision may settle several."""
        exhibition = self.seat.exhibition.id

        def find(c: Connection, actor: Actor, _: datetime) -> Pairs:
            return reports.waiting(c, actions.queue_scope(actor, exhibition))

        look = self._looks.begin()
        found = _by_comment(await self.seat.read(find))
        if not self._looks.shows(look):
            return
        self.place.clear()
        with self.place:
            for comment, its_reports in found:
                self._row(comment, its_reports)
            if not found:
                with Tag("li"):
                    empty(
                        self.seat.t("No report is open."),
                        self.seat.t("Every public comment can be reported by anyone."),
                    )

    def _row(self, comment: Comment, its_reports: list[Report]) -> None:
        t, seat = self.seat.t, self.seat
        with Tag("li", None, "voice-row"):
            with Tag("div", None, "voice-main"):
                for report in its_reports:
                    self._said(report)
                with Tag("p", None, "kicker"):
                    about(seat, comment.exhibit)
                quotation(comment, "size-row")
                if comment.status is not Status.PUBLISHED:
                    Tag("p", names.status(t, comment.status), "why")
                facts(seat, comment)
            number = words.number_in(t, comment.voice_number)
            named = t("Number {number}", number=number)
            decisions = t("Decisions on {number}", number=number)
            ids = tuple(report.id for report in its_reports)
            with Tag("div", None, "voice-tools", role="group", aria_label=named):
                button(t("It stands"), partial(self._dismiss, ids), "knob small")
                button(t("Take down …"), partial(self._ask, ids[0]), "knob small")
                link(decisions, seat.path("comment", comment.id), "knob quiet small")

    def _said(self, report: Report) -> None:
        """A visitor's ground and own words; what another visitor wrote is text, too."""
        t = self.seat.t
        with Tag("div", None, "reported"):
            with Tag("p"):
                Tag("strong", names.ground(t, report.ground))
                Tag("span", t.ago(report.made_at, self.seat.now()))
            if report.text:
                with Tag("p"):
                    Tag("bdi", t.quote(report.text))

    def _ask(self, report: str, _: object = None) -> None:
        self.asked = report
        self.refusal.open()

    async def _dismiss(self, its_reports: tuple[str, ...], _: object = None) -> None:
        """Settle those that she saw; one that came meanwhile stays open."""

        def dismiss(c: Connection, actor: Actor, now: datetime) -> None:
            for report in its_reports:
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
        except KioskError as error:
            self.seat.refused(error)
            done = ""
        await self.seat.redraw(self.draw, done)


def _by_comment(pairs: Pairs) -> list[tuple[Comment, list[Report]]]:
    """Put the reports about one comment together, in the order of the first."""
    found: dict[str, tuple[Comment, list[Report]]] = {}
    for report, comment in pairs:
        found.setdefault(comment.id, (comment, []))[1].append(report)
    return list(found.values())
