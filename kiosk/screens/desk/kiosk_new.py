"""Letting a new kiosk in: its spot is named here, a code is shown, the machine types it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk import ids
from kiosk.errors import KioskError
from kiosk.moderation import fleet
from kiosk.moderation.fleet import Spot
from kiosk.people import enrolment_code_store
from kiosk.people.enrolment_codes import Made
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import fields, names
from kiosk.screens.desk.buttons import button, link
from kiosk.screens.desk.seat import Seat
from kiosk.screens.desk.shell import heading
from kiosk.screens.widgets.markup import Tag, drawing
from kiosk.screens.widgets.qr import qr_svg

LOOK_EVERY_S = 2.0


async def draw(seat: Seat, request: Request) -> None:
    """Draw the form; the code takes its place."""
    del request
    t = seat.t
    heading(t("Enrol a kiosk"), t("Name its spot, then type the code at the machine there."))
    _Enrolling(seat).ask()


class _Enrolling:
    """One open page: first the form, then the code until it is used."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.place = Tag("div", None, "enrolling")

    def ask(self, _: object = None) -> None:
        """Draw the form."""
        t = self.seat.t
        self.place.clear()
        with self.place, fields.form(self._sent):
            fields.line(
                t("Name"),
                "name",
                hint=t("As the list of kiosks calls it: “Town hall”."),
                maxlength="80",
            )
            fields.line(
                t("Spot"),
                "place",
                hint=t("As results name it: “Town hall, entrance”. Empty: its name."),
                maxlength="80",
            )
            fields.choice(
                t("City"),
                "city",
                self.seat.cities(Permission.ADMIT, t("no city")),
                hint=t("What is voted and said there counts for this city."),
            )
            fields.choice(
                t("Shows"),
                "shows",
                [("this", t("this exhibition")), ("", t("every exhibition"))],
                "this",
            )
            with Tag("div", None, "row"):
                fields.submit(t("Make a code"), "make", "knob strong")
                link(t("Back"), self.seat.path("kiosks"), "knob quiet")
        with self.place:
            self._steps()

    def _steps(self) -> None:
        """What comes after the form, for who does it once a year."""
        t = self.seat.t
        with Tag("section", None, "steps-told"):
            Tag("h2", t("What comes then"))
            with Tag("ol", None, "how"):
                Tag("li", t("A code appears here. It works once, for half an hour."))
                Tag("li", t("At the machine, someone types the line that stands below the code."))
                Tag("li", t("The machine fetches the exhibition and stands in the list."))

    async def _sent(self, values: fields.Values) -> None:
        exhibition = self.seat.exhibition.id
        spot = Spot(
            str(values.get("name", "")).strip()[:80],
            exhibition if values.get("shows") else "",
            str(values.get("city", "")),
            str(values.get("place", "")).strip()[:80],
        )

        def make(c: Connection, actor: Actor, now: datetime) -> Made:
            return fleet.make_code(c, spot, actor, exhibition, now)

        try:
            made = await self.seat.write(make)
        except KioskError as error:
            self.seat.refused(error)
            return
        self._show(spot, made)

    def _show(self, spot: Spot, made: Made) -> None:
        """Show the code, once: the hub has only its hash."""
        t, hub = self.seat.t, self.seat.context.public_url
        command = f"kiosk enrol --code {made.text} --hub {hub}"
        self.place.clear()
        with self.place, Tag("section", None, "code-sheet"):
            with Tag("div", None, "code-words"):
                title = Tag("h2", t("The code for {name}", name=spot.name), tabindex="-1")
                Tag("p", made.text, "code", dir="ltr")
                until = names.hour(t, made.expires_at)
                told = t(
                    "It works once, for half an hour: until {moment}. It is shown only here.",
                    moment=until,
                )
                Tag("p", told)
                self.waiting = Tag("p", t("Waiting for the machine …"), "waiting", role="status")
                self.seat.say("")
            drawing(qr_svg(command, t("The line as a square to scan")), "code-square")
            with Tag("div", None, "code-line"):
                Tag("p", t("Type on the machine:"), "label")
                Tag("code", command, "command", dir="ltr")
                Tag("p", t("Or scan the square: it holds the same line."), "hint")
        title.take_focus()  # the button that made the code is gone
        with self.place, Tag("div", None, "row"):
            button(t("Enrol another"), self.ask, "knob")
            link(t("To the list"), self.seat.path("kiosks"), "knob quiet")
            self.timer = ui.timer(LOOK_EVERY_S, partial(self._look, spot, made), immediate=False)

    async def _look(self, spot: Spot, made: Made) -> None:
        """Say when the machine has typed it."""
        kept = ids.digest(ids.tidy_code(made.text))

        def find(c: Connection, _: Actor, now: datetime) -> tuple[bool, bool]:
            code = enrolment_code_store.by_hash(c, kept)
            used = code is not None and code.used_at is not None
            return used, now >= made.expires_at

        try:
            used, over = await self.seat.read(find)
        except KioskError as error:
            self.seat.refused(error)
            return
        t = self.seat.t
        if used or over:
            self.timer.deactivate()
            said = t("{name} is enrolled.", name=spot.name)
            self.waiting.say(said if used else t("The code is over. Make another."))
            self.waiting.classes(add="done" if used else "over")
