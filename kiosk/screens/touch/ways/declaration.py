"""A declaration as a document: what was declared, and the names of all who signed, each a way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import DeclarationDetails, Exhibit, Kind
from kiosk.exhibition.voting_period import open_question
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.texts import facts, labels, media, reading
from kiosk.screens.touch.ways.map_view import SIGNED, View
from kiosk.screens.widgets.markup import Tag, button, icon, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def most_signed(found: tuple[Exhibit, ...]) -> Exhibit | None:
    """Return the declaration that is shown first: the one that most cities signed."""
    return max(found, key=lambda e: len(_details(e).signatories), default=None)


def _details(declaration: Exhibit) -> DeclarationDetails:
    assert isinstance(declaration.details, DeclarationDetails)
    return declaration.details


async def show(visit: Visit) -> None:
    """Show the declaration."""
    declaration = visit.subject()
    assert declaration is not None
    details = _details(declaration)
    with visit.swap(visit.text(declaration.title).text, "declaration"):
        with Tag("div", None, "deed"):
            with Tag("header", None, "opening"):
                labels.eyebrow(visit, declaration)
                shown("h1", visit.text(declaration.title))
                labels.standing_line(visit, declaration.standing, declaration.sources)
            with reading.column(visit):
                _words(visit, declaration, details)
            _do(visit, declaration)
        with Tag("section", None, "signed-by", aria_labelledby="signed-by"):
            _signatories(visit, details)
    visit.dock.show(None, about=declaration)


def _words(visit: Visit, declaration: Exhibit, details: DeclarationDetails) -> None:
    t = visit.t
    shown("p", visit.text(declaration.lead), "lead")
    if details.signed_on is not None:
        Tag("p", t("Signed on {date}", date=t.date(details.signed_on)), "fact strong")
    media.pictures(visit, declaration)
    for passage in declaration.passages:
        with Tag("div", None, "clause"):
            facts.passage(visit, declaration, passage)
    others = [e.id for e in visit.exhibition.of_kind(Kind.DECLARATION) if e.id != declaration.id]
    if others:
        Tag("h2", t("Other declarations"), "minor")
        facts.links(visit, others)
    facts.see_also(visit, declaration)
    labels.translation_note(visit, visit.text(declaration.lead))


def _do(visit: Visit, declaration: Exhibit) -> None:
    """One thing to do: answer a question that the declaration leaves open; or say something."""
    t = visit.t
    linked = (visit.exhibition.exhibits.get(i) for i in declaration.see_also)
    now = visit.context.clock()
    put = [e for e in linked if e is not None and open_question(e, now) is not None]

    with Tag("div", None, "row"):
        if put:
            _lead(visit, put[0], "knob strong", "agree", t("And your city? Answer"))
        to = visit.way(steps.COMMENT, declaration.id)
        button(t("Say something"), to, "knob" if put else "knob strong", "say", data_say="")


def _lead(visit: Visit, exhibit: Exhibit, css: str, sign: str, words: str) -> None:
    with button("", visit.way(steps.EXHIBIT, exhibit.id), css, data_exhibit=exhibit.id):
        icon(sign)
        if words:
            Tag("span", words)
        else:
            shown("span", visit.text(exhibit.title))


def _signatories(visit: Visit, details: DeclarationDetails) -> None:
    t = visit.t
    count = len(details.signatories)
    if not count:
        Tag("h2", t("Who signed is not known here"), id="signed-by")
        _later(visit)
        return
    with Tag("div", None, "signed-head"):
        Tag("h2", t.plural("{n} city signed", "{n} cities signed", count), id="signed-by")
        _on_the_map(visit)
    with reading.column(visit, t("Signatories")), Tag("ul", None, "signatures"):
        for city in details.signatories:
            found = visit.exhibition.exhibits.get(city)
            if found is not None:
                with Tag("li"):
                    _signature(visit, found)


def _later(visit: Visit) -> None:
    """Lead from a declaration without names to the one that has most, if any has some."""
    other = most_signed(visit.exhibition.of_kind(Kind.DECLARATION))
    if other is None or not _details(other).signatories:
        return
    t = visit.t
    Tag(
        "p",
        t("The names have not reached this exhibition. Those of another declaration have:"),
        "empty",
    )
    _lead(visit, other, "knob strong", "declaration", "")


def _on_the_map(visit: Visit) -> None:
    to = visit.way(steps.MAP, str(View(SIGNED)))
    button(visit.t("On the map"), to, "knob quiet on-the-map", "cities", data_on_map="")


def _signature(visit: Visit, city: Exhibit) -> None:
    with button("", visit.way(steps.EXHIBIT, city.id), "signature", data_exhibit=city.id):
        shown("span", visit.text(city.title))
