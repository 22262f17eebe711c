"""The walls to choose from, each with what it shows now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from kiosk.moderation import wall_store
from kiosk.moderation.wall import EVERY_WALL, SceneName, Showing, Wall
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor, Scope
from kiosk.screens.desk import wall_words
from kiosk.screens.desk.buttons import button, link
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.widgets.markup import Tag
from kiosk.voice import comment_actions

Where = tuple[str, str]
"""A wall's city and id."""


@dataclass(frozen=True, slots=True)
class Found:
    """Her walls, what each showed last, and the words of the voices among it."""

    walls: tuple[Wall, ...]
    showing: Mapping[Where, Showing]
    voices: Mapping[str, str]


def find(seat: Seat) -> Act[Found]:
    """Return the reading function of :class:`Found`."""
    exhibition = seat.exhibition.id

    def look(c: Connection, actor: Actor, now: datetime) -> Found:
        del now
        scope = actor.scope(Permission.LEAD_WALLS, exhibition)
        hers = [w for w in wall_store.everyone(c, exhibition) if scope.reaches(w.city)]
        showing = {
            where: each
            for where, each in wall_store.shown(c, exhibition).items()
            if scope.reaches(where[0])
        }
        return Found(tuple(hers), showing, _words(c, showing.values()))

    return look


def _words(connection: Connection, showing: Iterable[Showing]) -> dict[str, str]:
    """Return the words of the voices that are shown and may be."""
    names = [SceneName.parse(each.scene) for each in showing]
    wanted = {comment for name in names if name for comment in name.comments}
    found = (comment_actions.published_comment(connection, each) for each in wanted)
    return {each.id: each.text for each in found if each is not None}


def together(scope: Scope) -> list[Where]:
    """Return the choices that mean many walls: all of the exhibition's, or of each city of hers."""
    if scope.every:
        return [("", EVERY_WALL)]
    return [(city, EVERY_WALL) for city in sorted(scope.cities)]


def value(where: Where) -> str:
    """Return a choice as the form sends it."""
    return "/".join(where)


class WallRows:
    """The radio buttons; what each wall shows is written beside it without moving anything."""

    def __init__(self, seat: Seat, forget: Callable[[Wall], Awaitable[None]]) -> None:
        self.seat = seat
        self._forget = forget
        self.chosen = ""
        """The choice that was made last; it stays when the rows are drawn anew."""
        self._known: tuple[object, ...] | None = None
        self._states: dict[Where, Tag] = {}
        with Tag("fieldset", None, "walls"):
            Tag("legend", seat.t("Which walls"))
            self._place = Tag("div", None, "wall-rows")

    def tell(self, found: Found) -> None:
        """Draw the walls, or write what changed."""
        named = tuple((wall.city, wall.id, wall.name) for wall in found.walls)
        drawn = (named, tuple(sorted(at for at in found.showing if not at[1])))
        if drawn != self._known:
            self._known = drawn
            self._build(found)
        for where, line in self._states.items():
            told = wall_words.state(self.seat, found.showing.get(where), found.voices)
            if line._text != told:
                line.say(told)

    def _build(self, found: Found) -> None:
        seat, t = self.seat, self.seat.t
        self._place.clear()
        self._states = {}
        scope = seat.actor.scope(Permission.LEAD_WALLS, seat.exhibition.id)
        many = together(scope)
        # A wall that has lost its name leaves no other one chosen in its stead.
        self.chosen = self.chosen or next(map(value, many), "")
        with self._place:
            for city, wall in many:
                name = t("Every wall of {city}", city=seat.city_name(city)) if city else ""
                self._row((city, wall), name or t("Every wall"), "")
                for at in sorted(found.showing):
                    if not at[1] and (scope.every or at[0] == city):
                        self._nameless(at)
            for each in found.walls:
                self._row((each.city, each.id), each.name, self._address(each), wall=each)

    def _nameless(self, where: Where) -> None:
        t = self.seat.t
        city = self.seat.city_name(where[0]) if where[0] else ""
        with Tag("div", None, "wall-row nameless"):
            Tag("span", " · ".join(p for p in (t("Walls without a name"), city) if p), "wall-name")
            self._states[where] = Tag("p", "", "wall-state")

    def _row(self, where: Where, name: str, address: str, wall: Wall | None = None) -> None:
        t = self.seat.t
        with Tag("div", None, "wall-row"):
            with Tag("label", None, "box"):
                radio = Tag("input", type="radio", name_="wall")
                radio.props["^value"] = value(where)
                if value(where) == self.chosen:
                    radio.props["checked"] = True
                Tag("span", name, "wall-name")
            if wall is None:
                return
            self._states[where] = Tag("p", "", "wall-state")
            with Tag("div", None, "wall-tools", role="group", aria_label=name):
                link(t("Open it"), address, "knob quiet small", target="_blank")
                button(t("Forget the name"), partial(self._forget, wall), "knob quiet small")

    def _address(self, wall: Wall) -> str:
        city = f"&city={wall.city}" if wall.city else ""
        public = self.seat.context.public_url
        return f"{public}/wall?x={wall.exhibition}{city}&wall={wall.id}"
