"""A city's own screen: where it lies, what it signed, does and says, and what residents say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.model import CityDetails, CommitmentDetails, Exhibit, PracticeDetails
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.listening import newest
from kiosk.screens.touch.listening.said import MOST, Said
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.texts import facts, labels, media, reading
from kiosk.screens.touch.ways import city_holds, city_voices, map_view
from kiosk.screens.touch.ways.city_holds import Holds
from kiosk.screens.touch.ways.city_map import land_around, locator
from kiosk.screens.touch.ways.map_view import View
from kiosk.screens.touch.ways.moments import when
from kiosk.screens.widgets import words
from kiosk.screens.widgets.exchange import exchange
from kiosk.screens.widgets.markup import Tag, button, shown
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

FIRST = 3
"""Entries of a kind that are seen before the visitor asks for all of them."""

NEAR = 3
"""Cities near by that the screen leads on to."""


async def show(visit: Visit, opened: set[int] | None = None) -> None:
    """Show the city; reworded, with the sections that the visitor *opened* before."""
    opened = set() if opened is None else opened
    city = visit.subject()
    assert city is not None
    holds = city_holds.of(visit.exhibition, city.id)
    topic = holds.topics[0] if holds.topics else None

    def look(connection: Connection) -> tuple[PublicComment, ...]:
        return city_voices.of_city(connection, visit, city.id, MOST)

    found = await visit.context.database.read(look)
    await land_around(visit, city)
    with visit.swap(visit.text(city.title).text, "city", topic):
        with Tag("div", None, "city-main"):
            _head(visit, city, holds)
            with reading.column(visit):
                _tell(visit, city, holds, opened)
        with Tag("div", None, "city-side"):
            locator(visit, city)
            voices = Voices(visit, city, found)
    visit.dock.show(topic, about=city)

    async def changed() -> None:
        voices.update(await visit.context.database.read(look))

    visit.on_change(changed)
    visit.on_reword(partial(show, visit, opened))


class Voices(Said):
    """Voices from the city or about it; each says above itself what it speaks to."""

    def _draw(self) -> None:
        visit = self.visit
        self._box.clear()
        with self._box:
            if not self.voices:
                Tag("p", visit.t("Nobody has spoken of this city yet. Begin?"), "empty")
            for comment in self.voices:
                exchange(
                    visit.t,
                    comment,
                    visit.context.clock(),
                    visit.city_name,
                    self._tools.draw,
                    newest.about(visit),
                )


def _head(visit: Visit, city: Exhibit, holds: Holds) -> None:
    details, t = city.details, visit.t
    assert isinstance(details, CityDetails)
    with Tag("header", None, "opening"):
        with Tag("p", None, "eyebrow"):
            Tag("span", words.kind_label(t, city.kind), "strong")
            _country(visit, details)
        shown("h1", visit.text(city.title))
        with Tag("ul", None, "roles", aria_label=t("What the city did in the summits")):
            _roles(visit, details, holds)


def _country(visit: Visit, details: CityDetails) -> None:
    """Name the country; the code of an invented one has no name, and is no word for visitors."""
    name = visit.t.country_name(details.country)
    if name != details.country:
        Tag("span", name)


def _roles(visit: Visit, details: CityDetails, holds: Holds) -> None:
    """Say what the city did; each leads to where it did it."""
    t = visit.t
    for timeline, moment in holds.summits:
        label = t("Hosted the summit of {date}", date=when(t, moment))
        _role(visit, label, visit.step.to(steps.EXHIBIT, timeline.id), "timeline")
    for declaration in holds.declarations:
        title = visit.text(declaration.title).text
        to = visit.step.to(steps.EXHIBIT, declaration.id)
        _role(visit, t("Signed: {title}", title=title), to, "declaration")
    for topic in holds.topics:
        title = visit.text(topic.title).text
        to = visit.step.to(steps.TOPIC, topic.id)
        _role(visit, t("Spoke on: {title}", title=title), to, "say")
    for role in details.roles:
        if role in ("observatory", "partner") or not _leads(role, holds):
            _plain(facts.city_role(visit, role))
    if "signatory" not in details.roles:
        _plain(t("Did not sign a declaration that is shown here"), "not-signed")


def _leads(role: str, holds: Holds) -> bool:
    """Whether a role has said already where it was played."""
    told = {
        "host": holds.summits,
        "signatory": holds.declarations,
        "spoke": holds.topics,
        "twin": holds.twins,
    }
    return bool(told.get(role))


def _plain(text: str, css: str = "") -> None:
    with Tag("li"):
        Tag("span", text, f"role {css}".strip())


def _role(visit: Visit, text: str, step: Step, sign: str) -> None:
    with Tag("li"):
        button(text, partial(visit.go, step), "role leads", sign)


def _tell(visit: Visit, city: Exhibit, holds: Holds, opened: set[int]) -> None:
    t = visit.t
    shown("p", visit.text(city.lead), "lead")
    media.pictures(visit, city)
    kinds = (
        (t("Good practices"), holds.practices),
        (t.plural("{n} commitment", "{n} commitments", len(holds.commitments)), holds.commitments),
        (t("Officials’ words"), holds.words),
        (t("Twin cities"), holds.twins),
    )
    for kind, (heading, found) in enumerate(kinds):
        if found:
            Section(visit, heading, found, kind, opened)
    for passage in city.passages:
        facts.passage(visit, city, passage)
    _not_here(visit, city, holds)
    _near(visit, city)
    labels.standing_line(visit, city.standing, city.sources)
    labels.translation_note(visit, visit.text(city.lead))


class Section:
    """What a city has of one kind: the first few, and all of them when asked.

    *kind* joins *opened* then: reworded, all of them stand there at once.
    """

    def __init__(
        self, visit: Visit, heading: str, found: Sequence[Exhibit], kind: int, opened: set[int]
    ) -> None:
        self.visit = visit
        self.found = found
        self._open = partial(opened.add, kind)
        Tag("h2", heading, "minor")
        self._box = Tag("ul", None, "city-cards")
        self._more = Tag("div", None, "row")
        self._draw(found if kind in opened else found[:FIRST])
        if len(found) > FIRST and kind not in opened:
            with self._more:
                button(
                    visit.t("Show all {n}", n=len(found)),
                    self._all,
                    "knob quiet show-all",
                    "down",
                    data_show_all="",
                )

    def _draw(self, entries: Sequence[Exhibit]) -> list[Tag]:
        made = []
        with self._box:
            for entry in entries:
                with Tag("li"):
                    made.append(self._entry(entry))
        return made

    def _entry(self, entry: Exhibit) -> Tag:
        visit = self.visit
        made = button("", visit.way(steps.EXHIBIT, entry.id), "entry", data_exhibit=entry.id)
        with made:
            before = self._before(entry)
            if before:
                Tag("span", before, "entry-before")
            shown("span", visit.text(entry.title), "entry-title")
        return made

    def _before(self, entry: Exhibit) -> str:
        t, details = self.visit.t, entry.details
        if isinstance(details, CommitmentDetails):
            label = words.standing_label(t, entry.standing)
            return f"{label} · {t.date(details.decided_on)}" if details.decided_on else label
        if isinstance(details, CityDetails):
            name = t.country_name(details.country)
            return name if name != details.country else ""
        return "" if isinstance(details, PracticeDetails) else words.kind_label(t, entry.kind)

    def _all(self) -> None:
        self._open()
        self._more.clear()
        first, *_ = self._draw(self.found[FIRST:])
        first.take_focus()  # who pressed has lost the button


def _not_here(visit: Visit, city: Exhibit, holds: Holds) -> None:
    """Say kindly what is not known of the city, and lead to the cities that show it."""
    t = visit.t
    missing = [
        (choice, map_view.label(t, choice))
        for choice, found in (
            (map_view.PRACTICES, holds.practices),
            (map_view.COMMITMENTS, holds.commitments),
            (map_view.WORDS, holds.words),
        )
        if not found
    ]
    if not missing:
        return
    with Tag("div", None, "not-here"):
        name = visit.text(city.title).text
        what = t.list(label for _, label in missing)
        Tag("p", t("Not yet known here of {city}: {what}.", city=name, what=what))
        every = city_holds.of_every(visit.exhibition)
        with Tag("ul", None, "links"):
            for choice, label in missing:
                others = map_view.chosen(visit.exhibition, choice, every, {})
                if others:
                    _elsewhere(visit, choice, label, len(others))


def _elsewhere(visit: Visit, choice: str, label: str, count: int) -> None:
    t = visit.t

    cities = t.plural("{n} city", "{n} cities", count)
    with Tag("li"):
        to = visit.way(steps.MAP, str(View(choice)))
        button(t("{what}: {cities}", what=label, cities=cities), to, "link-card", "cities")


def _near(visit: Visit, city: Exhibit) -> None:
    """Lead on to the cities near by."""
    near = city_holds.nearest(visit.exhibition, city, NEAR)
    if near:
        Tag("h2", visit.t("Near by"), "minor")
        facts.links(visit, [e.id for e in near], "links places")
