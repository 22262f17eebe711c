"""What kiosks sent that could not be applied, and what of them is lost; without anybody's words."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request

from kiosk import errors
from kiosk.errors import KioskError
from kiosk.messaging import gap_store, quarantine_store
from kiosk.messaging.gap_store import Gap
from kiosk.messaging.quarantine_store import SetAside
from kiosk.moderation import fleet
from kiosk.people import kiosk_store
from kiosk.people.kiosk_store import Kiosk
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import names
from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.newest import Newest
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, foreign

Found = tuple[list[SetAside], list[Gap], dict[str, Kiosk]]

HASH_SHOWN = 12
"""Digits of a body's SHA-256 that tell two versions apart on a page."""

RULES = frozenset(
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, KioskError)
)
"""What begins the reason of a message that a rule refuses (kiosk.sync.take)."""


async def draw(seat: Seat, request: Request) -> None:
    """Draw what nobody has settled yet."""
    del request
    t = seat.t
    heading(
        t("Set aside"),
        t(
            "What a kiosk sent and the hub could not take in. “Seen” takes it off this list;"
            " it is kept whole. The words of visitors are not shown here."
        ),
    )
    await _Page(seat).draw()


class _Page:
    """One open page."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._looks = Newest()
        self.place = Tag("div", None, "aside-lists")

    async def draw(self) -> None:
        """Read and draw it afresh."""
        look = self._looks.begin()
        messages, gaps, kiosks = await self.seat.read(_find(self.seat))
        if not self._looks.shows(look):
            return
        t = self.seat.t
        self.place.clear()
        with self.place:
            if not messages and not gaps:
                empty(
                    t("Nothing is set aside."),
                    t("A message that contradicts an earlier one, or cannot be read, waits here."),
                )
            if messages:
                with Tag("ul", None, "asides"):
                    for aside in messages:
                        self._aside(aside, kiosks)
            if gaps:
                Tag("h2", t("Lost for good"))
                with Tag("ul", None, "asides"):
                    for gap in gaps:
                        self._gap(gap, kiosks)

    def _aside(self, aside: SetAside, kiosks: dict[str, Kiosk]) -> None:
        t = self.seat.t
        with Tag("li", None, "aside"):
            with Tag("div", None, "aside-head"):
                Tag("strong", names.message_kind(t, aside.kind))
                self._reason(aside.reason)
            with Tag("div", None, "versions"):
                if aside.first is not None:
                    self._version(
                        t("Stands"), kiosks.get(aside.first.origin), aside.first.seq,
                        aside.first.hash, aside.first.received_at,
                    )  # fmt: skip
                title = t("Set aside") if aside.first is not None else ""
                self._version(
                    title, kiosks.get(aside.origin), aside.seq, aside.hash, aside.received_at
                )
            button(t("Seen"), partial(self._settle, aside), "knob small")

    def _reason(self, code: str) -> None:
        """Why; the program's own words stay English, for whoever mends it, after what they mean."""
        t = self.seat.t
        said = names.reason(t, code)
        kind, _, rule = code.partition(": ")
        if said != code:
            Tag("span", said)
        elif kind in RULES:
            Tag("span", t("A rule of the hub refuses it"))
            foreign("span", t(rule), "en" if t(rule) == rule else t.language)
        else:
            Tag("span", t("It cannot be read here"))
            foreign("code", code, "en")

    def _version(self, title: str, kiosk: Kiosk | None, seq: int, hash_: str, at: datetime) -> None:
        t = self.seat.t
        pairs = (
            (t("Kiosk"), kiosk.name if kiosk else "–"),
            (t("Message"), t.number(seq)),
            (t("Received"), words.moment(t, at)),
            (t("Fingerprint of its content"), hash_[:HASH_SHOWN]),
        )
        with Tag("div", None, "version"):
            if title:
                Tag("p", title, "label")
            with Tag("dl"):
                for term, told in pairs:
                    with Tag("div"):
                        Tag("dt", term)
                        with Tag("dd"):
                            Tag("bdi", told)

    def _gap(self, gap: Gap, kiosks: dict[str, Kiosk]) -> None:
        t = self.seat.t
        name = kiosks[gap.origin].name
        lost = t.plural(
            "Message {first} of {name}", "Messages {first} to {last} of {name}",
            gap.last - gap.first + 1, first=t.number(gap.first), last=t.number(gap.last), name=name,
        )  # fmt: skip
        with Tag("li", None, "aside lost"):
            with Tag("div", None, "aside-head"):
                Tag("strong", lost)
                self._reason(gap.reason)
                Tag("span", t("noticed on {moment}", moment=words.moment(t, gap.noticed_at)))
            button(t("Seen"), partial(self._see, gap), "knob small")

    async def _settle(self, aside: SetAside, _: object = None) -> None:
        exhibition = self.seat.exhibition.id
        await self._do(lambda c, actor, now: fleet.settle(c, aside, actor, exhibition, now))

    async def _see(self, gap: Gap, _: object = None) -> None:
        exhibition = self.seat.exhibition.id
        await self._do(lambda c, actor, now: fleet.see_gap(c, gap, actor, exhibition, now))

    async def _do(self, act: Act[None]) -> None:
        done = self.seat.t("Settled; it stays where it is kept.")
        try:
            await self.seat.write(act)
        except KioskError as error:
            self.seat.refused(error)
            done = ""
        await self.seat.redraw(self.draw, done)


def _find(seat: Seat) -> Act[Found]:
    exhibition = seat.exhibition.id

    def find(c: Connection, actor: Actor, _: datetime) -> Found:
        scope = actor.scope(Permission.SETTLE_MESSAGES, exhibition)
        hers = {
            k.id: k
            for k in kiosk_store.everyone(c)
            if k.exhibition in {"", exhibition} and scope.reaches(k.city)
        }
        messages = [a for a in quarantine_store.waiting(c) if a.origin in hers]
        return messages, [g for g in gap_store.waiting(c) if g.origin in hers], hers

    return find
