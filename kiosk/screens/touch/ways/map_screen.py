"""The map of the cities: land and points, the cities beside it as a list, and what they show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.texts import reading
from kiosk.screens.touch.ways import city_holds, city_voices, map_field, map_view
from kiosk.screens.touch.ways.map_view import View
from kiosk.screens.widgets.markup import Tag, button, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


ByChoice = Mapping[str, tuple[Exhibit, ...]]
"""The cities of each choice."""


async def show(visit: Visit) -> None:
    """Show the map."""
    view = View.parse(visit.step.subject) or View()

    def look(connection: Connection) -> frozenset[str]:
        return city_voices.cities(connection, visit)

    voices = await visit.context.database.read(look)
    by_choice = _by_choice(visit, voices)
    chosen = by_choice[view.choice]
    every = map_view.cities(visit.exhibition)
    await map_field.draw_ahead(visit, view, chosen)
    t = visit.t
    title = t.plural("{n} city", "{n} cities", len(every))
    with visit.swap(title, "map"):
        with Tag("header", None, "opening"):
            Tag("h1", title)
            if chosen:
                Tag("p", _invitation(visit, view), "lead")
        _choices(visit, view, by_choice)
        if not chosen:
            _nothing(visit, view, by_choice)
        else:
            _map(visit, view, chosen)
    visit.dock.show(None)


def _by_choice(visit: Visit, voices: frozenset[str]) -> ByChoice:
    held = city_holds.of_every(visit.exhibition)
    return {
        choice: map_view.chosen(visit.exhibition, choice, held, voices)
        for choice in map_view.CHOICES
    }


def _invitation(visit: Visit, view: View) -> str:
    t = visit.t
    if visit.exhibition.example:
        return t("Invented cities: they lie in the open sea, so that none stands on a real place.")
    if view.frame is not None:
        return t("Touch a city to see what it does, says and hears.")
    return t("Touch a city, or a circle to come closer.")


def _choices(visit: Visit, view: View, by_choice: ByChoice) -> None:
    t = visit.t
    with Tag("nav", None, "map-choices", aria_label=t("Choose cities")):
        for choice in map_view.CHOICES:
            _choice(visit, view, choice, len(by_choice[choice]))


def _choice(visit: Visit, view: View, choice: str, count: int) -> None:
    pressed = "true" if choice == view.choice else "false"
    to = visit.way(steps.MAP, str(View(choice)))
    made = button("", to, "chip", aria_pressed=pressed, data_choice_of_cities=choice)
    with made:
        Tag("span", map_view.label(visit.t, choice))
        Tag("span", visit.t.number(count), "chip-count")


def _nothing(visit: Visit, view: View, by_choice: ByChoice) -> None:
    """Say that no city belongs to the choice, and lead to the choices that have some."""
    t = visit.t
    with Tag("div", None, "map-nothing"):
        Tag("p", map_view.nothing(t, view.choice), "empty large")
        with Tag("div", None, "row"):
            others = (map_view.ALL, map_view.COMMITMENTS, map_view.PRACTICES, map_view.WORDS)
            for choice in others:
                if choice != view.choice and by_choice[choice]:
                    _lead_on(visit, choice)


def _lead_on(visit: Visit, choice: str) -> None:
    css = "knob strong" if choice == map_view.ALL else "knob"
    button(map_view.label(visit.t, choice), visit.way(steps.MAP, str(View(choice))), css, "cities")


def _map(visit: Visit, view: View, chosen: tuple[Exhibit, ...]) -> None:
    with Tag("div", None, "map-body"):
        with Tag("div", None, "map-side"):
            field_holder = Tag("div", None, "map-frame")
            _foot(visit, view)
        with Tag("section", None, "map-list", aria_label=visit.t("The cities as a list")):
            listing = _List(visit, chosen)
        with field_holder:
            map_field.Field(visit, view, chosen, listing.show)


def _foot(visit: Visit, view: View) -> None:
    t = visit.t
    with Tag("div", None, "map-foot"):
        with Tag("p", None, "map-legend"):
            for css, meaning in (
                ("", t("signed a declaration")),
                ("hollow", t("did not sign")),
                ("spoke", t("spoke on a topic")),
            ):
                with Tag("span"):
                    Tag("span", None, f"map-point {css}", aria_hidden="true")
                    Tag("span", meaning)
        if view.frame is not None:
            to = visit.way(steps.MAP, str(view.whole()))
            button(t("Whole map"), to, "knob whole-map", "enlarge")


class _List:
    """The cities that the map's part shows, by name: the way for keyboard and switch."""

    def __init__(self, visit: Visit, chosen: tuple[Exhibit, ...]) -> None:
        self.visit = visit
        self.chosen = chosen
        with reading.column(visit):
            self._box = Tag("ul", None, "city-names")

    def show(self, ids: tuple[str, ...]) -> None:
        """Show these of the chosen cities."""
        seen = [city for city in self.chosen if city.id in ids]
        self._box.clear()
        with self._box:
            for city in sorted(seen, key=lambda c: self.visit.text(c.title).text.casefold()):
                with Tag("li"):
                    self._city(city)

    def _city(self, city: Exhibit) -> None:
        visit = self.visit

        with button("", visit.way(steps.EXHIBIT, city.id), "city-name", data_exhibit=city.id):
            shown("span", visit.text(city.title))
