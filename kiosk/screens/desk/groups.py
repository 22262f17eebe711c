"""Groups: codes for facilitators, made and taken back; and what groups raised, apart from votes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import KioskError
from kiosk.exhibition.model import Exhibit
from kiosk.locale.translator import Translator
from kiosk.moderation import group_codes as codes
from kiosk.moderation.group_codes import Made, Wanted
from kiosk.people import group_code_store, group_codes, staff_store
from kiosk.people.group_code_store import GroupCode
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import fields
from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.newest import Newest
from kiosk.screens.desk.question import Question
from kiosk.screens.desk.seat import Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, shown
from kiosk.voice import group, group_store
from kiosk.voice.group import Groups, Line

Found = tuple[list[GroupCode], dict[str, list[Line]], dict[str, str]]


async def draw(seat: Seat, request: Request) -> None:
    """Draw the form for a code, the codes there are, and the results."""
    del request
    t = seat.t
    heading(
        t("Groups"),
        t("For a class or a council that raises hands before a touchscreen."),
    )
    page = _Page(seat)
    page.ask()
    await page.refresh()


class _Page:
    """One open page: the form or the new code, then two tables that are drawn anew."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.scope = seat.actor.scope(Permission.HOST_GROUPS, seat.exhibition.id)
        self.cities = seat.cities(Permission.HOST_GROUPS, seat.t("every city"))
        self.taken_back = ""
        self._looks = Newest()
        self.place = Tag("div", None, "making")
        self.lists = Tag("div", None, "group-lists")
        self.question = Question(seat, seat.t("Take back"), self._revoke)

    def ask(self, _: object = None) -> None:
        """Draw the form."""
        t = self.seat.t
        self.place.clear()
        with self.place, fields.form(self._sent, "form across"):
            fields.line(
                t("For whom"),
                "name",
                hint=t("Such as “Class 4b”. It is shown here and nowhere else."),
                maxlength=str(codes.LONGEST_NAME),
            )
            fields.choice(t("City"), "city", self.cities)
            lasts = [("day", t("a day")), ("week", t("a week")), ("month", t("a month"))]
            fields.choice(t("Good for"), "lasts", lasts, "week")
            with Tag("div", None, "row"):
                fields.submit(t("Make a code"), "make", "knob strong")

    async def _sent(self, values: fields.Values) -> None:
        exhibition = self.seat.exhibition.id
        lasts = group_codes.LASTS.get(str(values.get("lasts", "")), group_codes.LASTS["day"])
        wanted = Wanted(str(values.get("name", "")), str(values.get("city", "")), lasts)
        fresh = await asyncio.to_thread(group_codes.fresh, exhibition)

        def make(c: Connection, actor: Actor, now: datetime) -> Made:
            return codes.make(c, fresh, wanted, actor, exhibition, now)

        try:
            made = await self.seat.write(make)
        except KioskError as error:
            self.seat.refused(error)
            return
        self._show(made)
        await self.seat.redraw(self.refresh)

    def _show(self, made: Made) -> None:
        """Show the code, once: the hub has only its hash."""
        t = self.seat.t
        self.place.clear()
        with self.place, Tag("section", None, "code-sheet"), Tag("div", None, "code-words"):
            title = Tag("h2", t("The code for {name}", name=made.name), tabindex="-1")
            Tag("p", group_codes.grouped(made.code), "code", dir="ltr")
            until = words.moment(t, made.expires_at)
            Tag("p", t("Good until {moment}. It is shown only here, now.", moment=until))
            Tag("p", t("Give it to the facilitator with these steps:"), "label")
            with Tag("ol", None, "how"):
                Tag("li", t("On the touchscreen’s start screen, touch “For groups”."))
                Tag("li", t("Type the code, then how many you are."))
                Tag("li", t("Take the tour, or choose an exhibit; talk; raise hands; enter them."))
                Tag("li", t("End the group session when you go."))
            self.seat.say("")
            button(t("Make another code"), self.ask, "knob quiet")
        title.take_focus()  # the button that made the code is gone

    async def refresh(self) -> None:
        """Draw both tables anew."""
        exhibition, scope = self.seat.exhibition.id, self.scope

        def find(c: Connection, _: Actor, __: datetime) -> Found:
            known = group_code_store.within(c, scope)
            return known, group_store.of_exhibition(c, exhibition), staff_store.names(c)

        look = self._looks.begin()
        known, raised, staff = await self.seat.read(find)
        if not self._looks.shows(look):
            return
        self.lists.clear()
        with self.lists:
            self._codes(known, staff)
            self._results(raised)

    def _codes(self, known: Sequence[GroupCode], staff: Mapping[str, str]) -> None:
        t, now = self.seat.t, self.seat.now()
        if not known:
            empty(t("No code was made yet."), t("A facilitator opens group mode with one."))
            return
        many = len(self.cities) > 1
        heads = [t("For whom"), t("State"), t("Good until"), t("Made by"), *[t("City")] * many]
        with Tag("table", None, "rows codes"):
            Tag("caption", t("Codes"))
            _head([*heads, t("Do")])
            with Tag("tbody"):
                # Those that open something stand first; each kind the newest first, as they came.
                for code in sorted(known, key=lambda code: not code.is_good(code.city, now)):
                    self._code(code, staff, many=many)

    def _code(self, code: GroupCode, staff: Mapping[str, str], *, many: bool) -> None:
        t, now = self.seat.t, self.seat.now()
        good = code.is_good(code.city, now)
        with Tag("tr", None, "" if good else "over"):
            Tag("th", code.name, scope="row")
            with Tag("td"):
                Tag("span", "", f"lamp {'well' if good else 'revoked'}", aria_hidden="true")
                Tag("span", _state(t, code, now))
            Tag("td", words.moment(t, code.expires_at))
            Tag("td", staff.get(code.made_by, "–"))
            if many:
                Tag("td", self.seat.city_name(code.city) or t("every city"))
            with Tag("td", None, "tools"):
                if good:
                    verb = t("Take back …")
                    name = f"{verb} {code.name}"
                    button(verb, partial(self._ask, code), "knob quiet small", aria_label=name)

    def _ask(self, code: GroupCode, _: object = None) -> None:
        """Ask first: it ends a lesson that is under way, and its digits are never shown again."""
        t = self.seat.t
        self.taken_back = code.id
        self.question.open(
            t("Take the code for {name} back?", name=code.name),
            t("It opens nothing from now on, also for a group that is using it just now."),
        )

    async def _revoke(self) -> None:
        wanted = self.taken_back
        try:
            code = await self.seat.write(lambda c, actor, now: codes.revoke(c, wanted, actor, now))
        except KioskError as error:
            self.seat.refused(error)
            return
        done = self.seat.t("The code for {name} was taken back.", name=code.name)
        await self.seat.redraw(self.refresh, done)

    def _results(self, raised: Mapping[str, Sequence[Line]]) -> None:
        """What groups raised, by question: a table of its own, beside no vote."""
        t = self.seat.t
        Tag("h2", t("What groups raised"))
        exhibits = {e.question.id: e for e in self.seat.exhibition.exhibits.values() if e.question}
        known = {
            question: [line for line in lines if self.scope.reaches(line.city)]
            for question, lines in raised.items()
            if question in exhibits
        }
        sums = {q: group.add_up(q, lines) for q, lines in known.items() if lines}
        if not sums:
            empty(t("No group has raised hands yet."), t("Hands are counted apart from votes."))
            return
        Tag("p", t("Hands, not votes: no result of votes holds them."), "told")
        heads = (t("Question"), t("Groups"), t("People"), t("Hands"))
        with Tag("table", None, "rows raised"):
            Tag("caption", t("By question"))
            _head(heads, numbers=(1, 2))
            with Tag("tbody"):
                for question, total in sums.items():
                    with Tag("tr"):
                        self._result(exhibits[question], total)

    def _result(self, exhibit: Exhibit, total: Groups) -> None:
        t, language, fallbacks = self.seat.t, self.seat.language, self.seat.exhibition.fallbacks()
        question = exhibit.question
        assert question is not None
        shown("th", question.text.pick(language, fallbacks), scope="row")
        Tag("td", t.number(total.groups), "number")
        Tag("td", t.number(total.people), "number")
        with Tag("td"), Tag("ul", None, "plain"):
            for choice in words.choice_ids(question):
                label = words.choice_label(t, question, choice, language, fallbacks)
                with Tag("li"):
                    Tag("span", t.number(total.of(choice)), "figure")
                    shown("span", label)


def _state(t: Translator, code: GroupCode, now: datetime) -> str:
    if code.revoked_at is not None:
        return t("taken back")
    return t("good") if now < code.expires_at else t("expired")


def _head(heads: Sequence[str], numbers: Sequence[int] = ()) -> None:
    with Tag("thead"), Tag("tr"):
        for n, head in enumerate(heads):
            Tag("th", head, "number" if n in numbers else "", scope="col")
