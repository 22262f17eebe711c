"""What is on the screens: publish what is approved, see every edition, go back to an older one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from nicegui import ui
from sqlalchemy import Connection
from starlette.requests import Request

from kiosk.errors import KioskError
from kiosk.exhibition import draft_store, edition_store
from kiosk.exhibition.draft import Draft, State
from kiosk.exhibition.edition import Edition
from kiosk.exhibition.edition_store import Release
from kiosk.people.permissions import Permission
from kiosk.people.staff import EVERY, Actor
from kiosk.screens.desk.buttons import button
from kiosk.screens.desk.question import Question
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import empty, heading
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, foreign


@dataclass(frozen=True, slots=True)
class _Found:
    waiting: list[Draft]
    given_up: list[Draft]
    editions: list[Edition]
    releases: list[Release]
    current: Edition | None
    goes_back: bool
    """Whether she may release an older edition, which takes every city's conclusions along."""


async def draw(seat: Seat, request: Request) -> None:
    """Draw what waits and what was published."""
    del request
    found = await seat.read(_find(seat.exhibition.id))
    t = seat.t
    heading(t("Editions"), t("Screens fetch an edition as it is released, and switch when idle."))
    _waiting(seat, found)
    Tag("h2", t("Published editions"))
    if not found.editions:
        empty(t("Nothing was published yet."), t("“kiosk publish DIR” publishes a folder."))
        return
    _table(seat, found)


def _find(exhibition: str) -> Act[_Found]:
    def find(c: Connection, actor: Actor, _: datetime) -> _Found:
        scope = actor.scope(Permission.PUBLISH, exhibition)
        drafts = [d for d in draft_store.of_exhibition(c, exhibition) if scope.reaches(d.city)]
        current = edition_store.current(c, exhibition)
        on_screens = current.manifest if current else {}
        return _Found(
            [d for d in drafts if d.state is State.APPROVED],
            [
                d
                for d in drafts
                if d.state is State.WITHDRAWN and any(p.startswith(d.folder()) for p in on_screens)
            ],
            edition_store.of_exhibition(c, exhibition),
            edition_store.releases(c, exhibition),
            current,
            actor.may(Permission.PUBLISH, exhibition, EVERY),
        )

    return find


def _waiting(seat: Seat, found: _Found) -> None:
    t = seat.t
    waits = bool(found.waiting or found.given_up)
    with Tag("section", None, "publish" if waits else "empty small"):
        if not waits:
            Tag("p", t("No approved conclusion waits."))
            return
        Tag("h2", t("Waits for publication"))
        with Tag("ul"):
            for draft in (*found.waiting, *found.given_up):
                with Tag("li"):
                    _title(seat, draft)
                    if draft.state is State.WITHDRAWN:
                        Tag("span", t("leaves the screens"), "mark")
        button(t("Publish now"), partial(_publish, seat), "knob strong")


def _title(seat: Seat, draft: Draft) -> None:
    """The title, and for who edits the way to read it once more before everybody does."""
    content = draft.content
    edits = seat.actor.may(Permission.EDIT, seat.exhibition.id, draft.city)
    way = {"href": seat.path("conclusions", draft.id)} if edits else {}
    title = content.source().title
    foreign("a" if edits else "span", title, content.source_language, "excerpt", **way)
    if draft.approved_by:
        Tag("span", seat.t("Approved by {name}.", name=draft.approved_by), "by")


async def _publish(seat: Seat, _: object = None) -> None:
    exhibition = seat.exhibition.id

    def publish(actor: Actor) -> Edition:
        return seat.context.publish(exhibition, actor)

    await _do(seat, publish)


class _GoingBack:
    """Asks before another edition is released again: every city's hall changes at once."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.edition = ""
        self.question = Question(seat, seat.t("Publish it"), self._roll_back)

    def ask(self, edition: Edition, title: str, _: object = None) -> None:
        """Open the dialog for this edition; *title* says what the button said."""
        self.edition = edition.id
        told = self.seat.t(
            "Every screen, phone and wall then shows this edition, with what it holds of every"
            " city. The other editions stay in this list."
        )
        self.question.open(title, told)

    async def _roll_back(self) -> None:
        exhibition, edition = self.seat.exhibition.id, self.edition

        def roll_back(actor: Actor) -> Edition:
            actor.require(Permission.PUBLISH, exhibition, EVERY)  # it takes every city's along
            return self.seat.context.roll_back(exhibition, actor.display_name, edition)

        await _do(self.seat, roll_back)


async def _do(seat: Seat, act: Callable[[Actor], Edition]) -> None:
    seat.say(seat.t("Checking and publishing …"))
    try:
        edition = await seat.aside(act)
    except KioskError as error:
        seat.refused(error)
        return
    seat.say(seat.t("Edition {number} is released.", number=edition.number))
    ui.navigate.to(seat.path("editions"))


def _table(seat: Seat, found: _Found) -> None:
    t = seat.t
    latest = {release.edition: release for release in reversed(found.releases)}
    going_back = _GoingBack(seat)
    heads = (t("Edition"), t("Released"), t("By"), t("Files"), t("On the screens"))
    with Tag("table", None, "rows editions"):
        Tag("caption", t("Editions, the newest first"), "unseen")
        with Tag("thead"), Tag("tr"):
            for number, head in enumerate(heads):
                Tag("th", head, "number" if number in {0, 3} else "", scope="col")
        with Tag("tbody"):
            for edition in found.editions:
                _row(seat, edition, latest.get(edition.id), found, going_back)


def _row(
    seat: Seat,
    edition: Edition,
    release: Release | None,
    found: _Found,
    going_back: _GoingBack,
) -> None:
    t, current = seat.t, found.current
    with Tag("tr"):
        Tag("th", t.number(edition.number), "number", scope="row")
        Tag("td", words.moment(t, release.released_at) if release else "–")
        Tag("td", release.released_by if release else edition.created_by)
        Tag("td", t.number(len(edition.manifest)), "number")
        with Tag("td"):
            if current is not None and edition.id == current.id:
                Tag("strong", t("now"))
            elif release is not None and found.goes_back:
                title = t("Go back to edition {number}", number=edition.number)
                button(title, partial(going_back.ask, edition, title), "knob quiet small")
