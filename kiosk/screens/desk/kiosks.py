"""The kiosks: how each is, what is amiss, and the way to let one in or shut one out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import KioskError
from kiosk.exhibition import edition_store
from kiosk.moderation import fleet
from kiosk.people import kiosk_store
from kiosk.people.kiosk_store import Kiosk
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import amiss
from kiosk.screens.desk.buttons import link
from kiosk.screens.desk.kiosk_row import KioskRow
from kiosk.screens.desk.newest import Newest
from kiosk.screens.desk.question import Question
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets.markup import Tag

LOOK_EVERY_S = 5.0

Found = tuple[list[Kiosk], dict[str, int], list[amiss.Amiss]]


async def draw(seat: Seat, request: Request) -> None:
    """Draw the table, and write what changes into it every few seconds."""
    del request
    t = seat.t
    with Tag("div", None, "kiosks-head"):
        heading(t("Kiosks"), t("What each screen last told of itself."))
        if seat.actor.anywhere(Permission.ADMIT, seat.exhibition.id):
            link(t("Enrol a kiosk"), seat.path("kiosks", "new"), "knob strong")
    page = _Kiosks(seat)
    await page.look()
    ui.timer(LOOK_EVERY_S, page.look, immediate=False)


class _Kiosks:
    """One open page: rows stay where they are, so that whoever is on a button remains there."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.rows: dict[str, KioskRow] = {}
        self.known: dict[str, Kiosk] = {}
        self.warned: list[amiss.Amiss] | None = None
        self.asked = ""
        self._looks = Newest()
        self.warnings = Tag("div", None, "amiss")
        self.place = Tag("div")
        self.question = Question(seat, seat.t("Shut it out"), self._shut_out)

    async def look(self) -> bool:
        """Read afresh and say what changed; return whether it could."""
        look = self._looks.begin()
        try:
            kiosks, editions, warnings = await self.seat.read(_find(self.seat))
        except KioskError as error:
            self.seat.refused(error)
            return False
        if self._looks.shows(look):
            self._tell(kiosks, editions, warnings)
        return True

    def _tell(
        self, kiosks: list[Kiosk], editions: dict[str, int], warnings: list[amiss.Amiss]
    ) -> None:
        if warnings != self.warned:
            self.warned = warnings
            self.warnings.clear()
            with self.warnings:
                amiss.draw(self.seat, warnings)
        if [k.id for k in kiosks] != list(self.rows) or not kiosks:
            self._build(kiosks)
        self.known = {kiosk.id: kiosk for kiosk in kiosks}
        for kiosk in kiosks:
            self.rows[kiosk.id].tell(kiosk, editions)

    def _build(self, kiosks: list[Kiosk]) -> None:
        t = self.seat.t
        self.place.clear()
        self.rows = {}
        with self.place:
            if not kiosks:
                admits = self.seat.actor.anywhere(Permission.ADMIT, self.seat.exhibition.id)
                told = t("“Enrol a kiosk” makes a code, which is typed at the machine.")
                other = t("An administrator lets one in; then it stands here.")
                empty(t("No kiosk is enrolled."), told if admits else other)
                return
            heads = (
                t("Number"), t("Name"), t("State"), t("Waiting to be sent"),
                t("Edition"), t("Clock"), t("Software"),
            )  # fmt: skip
            with Tag("table", None, "rows kiosks"):
                Tag("caption", t("The kiosks"))
                with Tag("thead"), Tag("tr"):
                    for column, head in enumerate(heads):
                        Tag("th", head, "number" if column in {0, 4, 5} else "", scope="col")
                    Tag("td")
                with Tag("tbody"):
                    for kiosk in kiosks:
                        self.rows[kiosk.id] = KioskRow(self.seat, kiosk, self._asks(kiosk))

    def _asks(self, kiosk: Kiosk) -> Callable[..., None] | None:
        exhibition = kiosk.exhibition or self.seat.exhibition.id
        hers = self.seat.actor.may(Permission.ADMIT, exhibition, kiosk.city)
        return partial(self._ask, kiosk) if hers else None

    def _ask(self, kiosk: Kiosk, _: object = None) -> None:
        t = self.seat.t
        self.asked = kiosk.id
        self.question.open(
            t("Shut {name} out?", name=kiosk.name),
            t(
                "Its credential and its codes end at once. What it sent stays, what it has not sent"
                " is lost. It comes back only when it is enrolled anew."
            ),
            self.rows[kiosk.id].would_lose(self.known[kiosk.id]),
        )

    async def _shut_out(self) -> None:
        kiosk, exhibition = self.asked, self.seat.exhibition.id

        def shut_out(c: Connection, actor: Actor, now: datetime) -> Kiosk:
            return fleet.shut_out(c, kiosk, actor, exhibition, now)

        try:
            found = await self.seat.write(shut_out)
        except KioskError as error:
            self.seat.refused(error)
            await self.look()
            return
        if await self.look():
            self.seat.say(self.seat.t("{name} is shut out.", name=found.name))


def _find(seat: Seat) -> Act[Found]:
    exhibition = seat.exhibition.id

    def find(c: Connection, actor: Actor, now: datetime) -> Found:
        scope = actor.scope(Permission.READ_KIOSKS, exhibition)
        hers = [
            k
            for k in kiosk_store.everyone(c)
            if k.exhibition in {"", exhibition} and scope.reaches(k.city)
        ]
        numbers = {e.id: e.number for e in edition_store.of_exhibition(c, exhibition)}
        return hers, numbers, amiss.find(c, hers, now)

    return find
