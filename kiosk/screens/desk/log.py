"""The decision log: whether it is whole, and who decided what, without residents' words."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby

from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.moderation import decision_store, fleet, group_codes, queue_store
from kiosk.moderation.decision_store import Decision
from kiosk.people import kiosk_store, staff_store
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.screens.desk import names
from kiosk.screens.desk.buttons import link
from kiosk.screens.desk.card import apart
from kiosk.screens.desk.seat import Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets.markup import Tag

Found = tuple[int | None, list[Decision], dict[str, str], dict[str, str]]


async def draw(seat: Seat, request: Request) -> None:
    """Draw the latest hundred decisions of her cities, and what a check of the whole log says."""
    del request
    exhibition = seat.exhibition.id

    def find(c: Connection, actor: Actor, _: datetime) -> Found:
        scope = actor.scope(Permission.READ_LOG, exhibition)
        latest = decision_store.latest(c, scope)
        numbers = queue_store.voice_numbers(c, [d.comment for d in latest])
        numbers |= {k.id: k.name for k in kiosk_store.everyone(c)}
        return decision_store.verify_chain(c), latest, staff_store.names(c), numbers

    broken_at, decisions, staff, numbers = await seat.read(find)
    t = seat.t
    heading(t("Decisions"), t("Nothing here can be changed or removed without being seen."))
    if broken_at is None:
        Tag("p", t("The log is whole: every row fits the one before it."), "whole")
    else:
        broken = t("The log was changed from row {row} on. Tell the operator.", row=broken_at)
        Tag("p", broken, "notice")
    if not decisions:
        empty(t("Nothing was decided yet."), t("Every decision from the queue is kept here."))
        return
    _table(seat, decisions, staff, numbers)


def _table(
    seat: Seat, decisions: list[Decision], staff: dict[str, str], numbers: dict[str, str]
) -> None:
    t = seat.t
    hers = {city for city, _ in seat.cities(Permission.READ_LOG, "") if city}
    cities = len(hers | {decision.city for decision in decisions if decision.city}) > 1
    heads = [t("Row"), t("When"), t("Who"), t("About"), t("Decision")]
    heads += [t("City")] * cities
    with Tag("table", None, "rows log"):
        Tag("caption", t("The latest decisions"))
        with Tag("thead"), Tag("tr"):
            for number, head in enumerate(heads):
                Tag("th", head, "number" if number == 0 else "", scope="col")
        for day, of_day in groupby(decisions, lambda decision: decision.at.astimezone(UTC).date()):
            with Tag("tbody"):
                with Tag("tr", None, "day"):
                    Tag("th", t.date(day), scope="rowgroup", colspan=str(len(heads)))
                for decision in of_day:
                    who = staff.get(decision.staff, "")
                    with Tag("tr"):
                        Tag("td", t.number(decision.position), "number")
                        Tag("td", names.hour(t, decision.at))
                        apart("td", who, names.role(t, decision.role))
                        _about(seat, decision, numbers)
                        ground = names.ground(t, decision.ground)
                        apart("td", names.action(t, decision.action), ground).classes("wraps")
                        if cities:
                            Tag("td", seat.city_name(decision.city))


def _about(seat: Seat, decision: Decision, numbers: dict[str, str]) -> None:
    """The comment's public number, and the way to it for those who may read voices; or a kiosk."""
    reads = seat.actor.may(Permission.READ_VOICES, decision.exhibition, decision.city)
    spot = decision.comment.removeprefix("code:")
    number = numbers.get(decision.comment, "–" if spot == decision.comment else spot)
    with Tag("td"):
        if reads and decision.action not in fleet.ACTIONS | group_codes.ACTIONS:
            link(number, seat.path("comment", decision.comment), dir="ltr")
        else:
            Tag("bdi", number)
