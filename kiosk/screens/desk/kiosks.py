"""The kiosks: which of them were heard, what waits in their outbox, which edition they show."""

from __future__ import annotations

from datetime import datetime, timedelta

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import KioskError
from kiosk.exhibition import edition_store
from kiosk.people import kiosk_store
from kiosk.people.kiosk_store import Kiosk
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk.card import apart
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets.markup import Tag

SILENT_AFTER = timedelta(minutes=2)
"""A kiosk pulls every few seconds; this long without is worth a look."""

HIDES_AFTER = timedelta(days=1)
"""A kiosk that has not heard from its hub for a day hides residents' voices (product.md)."""

LOOK_EVERY_S = 5.0

Found = tuple[list[Kiosk], dict[str, int]]


async def draw(seat: Seat, request: Request) -> None:
    """Draw the table, and read it again every few seconds."""
    del request
    t = seat.t
    heading(t("Kiosks"), t("What each screen last told of itself."))
    place = Tag("div")

    async def look() -> None:
        try:
            kiosks, editions = await seat.read(_find(seat))
        except KioskError as error:
            seat.refused(error)
            return
        place.clear()
        with place:
            _table(seat, kiosks, editions)

    await look()
    ui.timer(LOOK_EVERY_S, look, immediate=False)


def _find(seat: Seat) -> Act[Found]:
    exhibition = seat.exhibition.id

    def find(c: Connection, actor: Actor, _: datetime) -> Found:
        scope = actor.scope(Permission.READ_KIOSKS, exhibition)
        hers = [
            k
            for k in kiosk_store.everyone(c)
            if k.exhibition in {"", exhibition} and scope.reaches(k.city)
        ]
        numbers = {e.id: e.number for e in edition_store.of_exhibition(c, exhibition)}
        return hers, numbers

    return find


def _table(seat: Seat, kiosks: list[Kiosk], editions: dict[str, int]) -> None:
    t = seat.t
    if not kiosks:
        empty(t("No kiosk is enrolled."), t("“kiosk enrol NAME” at the hub enrols one."))
        return
    heads = (t("Number"), t("Name"), t("Place"), t("State"), t("Waiting to be sent"), t("Edition"))
    with Tag("table", None, "rows"):
        Tag("caption", t("The kiosks"))
        with Tag("thead"), Tag("tr"):
            for head in heads:
                right = head in {heads[0], heads[4], heads[5]}
                Tag("th", head, "number" if right else "", scope="col")
        with Tag("tbody"):
            for kiosk in kiosks:
                _row(seat, kiosk, editions)


def _row(seat: Seat, kiosk: Kiosk, editions: dict[str, int]) -> None:
    t = seat.t
    state, told = _state(seat, kiosk)
    with Tag("tr", None, state):
        Tag("td", t.number(kiosk.number), "number")
        Tag("th", kiosk.name, scope="row")
        apart("td", kiosk.place, seat.city_name(kiosk.city))
        with Tag("td"):
            Tag("span", "", f"lamp {state}", aria_hidden="true")
            Tag("span", told)
        Tag("td", _queue(seat, kiosk), "number")
        Tag("td", t.number(editions[kiosk.edition]) if kiosk.edition in editions else "–", "number")


def _state(seat: Seat, kiosk: Kiosk) -> tuple[str, str]:
    t, seen = seat.t, kiosk.last_seen_at
    if kiosk.revoked_at is not None:
        return "revoked", t("Shut out")
    if seen is None:
        return "never", t("Never heard yet")
    ago = t.ago(seen, seat.now())
    if seat.now() - seen > HIDES_AFTER:
        return "lost", t("Last heard {ago}; it hides residents’ voices", ago=ago)
    if seat.now() - seen > SILENT_AFTER:
        return "silent", t("Last heard {ago}", ago=ago)
    return "well", t("Heard {ago}", ago=ago)


def _queue(seat: Seat, kiosk: Kiosk) -> str:
    t = seat.t
    if not kiosk.queue_length:
        return t("nothing")
    oldest = t.ago(seat.now() - timedelta(seconds=kiosk.queue_age_s), seat.now())
    return t.plural(
        "{n} message, from {oldest}", "{n} messages, the oldest from {oldest}",
        kiosk.queue_length, oldest=oldest,
    )  # fmt: skip
