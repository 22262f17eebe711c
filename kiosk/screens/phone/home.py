"""The first page: the topics with their patterns, what is asked, and everything on show."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kiosk.exhibition.localized import Shown
from kiosk.exhibition.model import Exhibit, Kind
from kiosk.screens.phone.page import style
from kiosk.screens.phone.views import Link, Part, city_name, link, notes
from kiosk.screens.phone.visit import INK, Visit, begin

MOST_ASKED = 3
"""Questions shown on the first page; the topics hold the others."""


@dataclass(frozen=True, slots=True)
class Card:
    """A topic on the first page."""

    css: str
    band: Markup
    address: str
    title: Shown
    lead: Shown


async def first(request: Request) -> Response:
    """``GET /``: the exhibition that this hub shows first."""
    return await show(begin(request, ticket=request.query_params.get("k", "")))


async def other(request: Request) -> Response:
    """``GET /x/<exhibition>``: another exhibition of this hub."""
    hall = request.app.state.public.hall
    view = hall.view(request.path_params["exhibition"])
    return await show(begin(request, view, request.query_params.get("k", "")))


async def of_city(request: Request) -> Response:
    """``GET /c/<exhibition>/<city>``: an exhibition as a city shows it."""
    hall = request.app.state.public.hall
    city = request.path_params["city"]
    view = hall.view(request.path_params["exhibition"], city)
    return await show(begin(request, view, request.query_params.get("k", ""), city))


async def show(v: Visit, *, scanned: bool = False) -> Response:
    """Return the first page; *scanned* says that the code which led here has grown old."""
    if not v.exhibition.id:
        return v.page("empty.html", v.t("Nothing is on show yet"))
    scanned = scanned or _has_grown_old(v)
    topics = v.exhibition.topics()
    colours = (("", INK), *((topic.id, v.colours(topic)[0][1]) for topic in topics))
    return v.page(
        "home.html",
        v.pick(v.exhibition.title).text,
        look=style(colours),
        band=_mixed(v, topics),
        cards=[_card(v, topic) for topic in topics],
        asked=[(e.topic, link(v, e)) for e in _asked(v)],
        parts=_parts(v),
        cities=_cities(v),
        others=_others(v),
        scanned=scanned,
        notes=notes(v, [v.pick(v.exhibition.invitation), *(v.pick(x.lead) for x in topics)]),
    )


def _has_grown_old(v: Visit) -> bool:
    """Whether the ticket is over; then the page carries it no further, and asks for a new code."""
    ticket = v.ticket_read(v.ticket) if v.ticket else None
    old = ticket is not None and ticket.expired
    if old:
        v.ticket = ""
    return old


def _mixed(v: Visit, topics: tuple[Exhibit, ...]) -> Markup:
    """Return a band in which all topics stand side by side."""
    bands = Markup("").join(Markup("<i>{}</i>").format(v.band(topic)) for topic in topics)
    return Markup('<span class="mix">{}</span>').format(bands) if topics else v.band(None)


def _card(v: Visit, topic: Exhibit) -> Card:
    return Card(topic.id, v.band(topic), v.link(topic.id), v.pick(topic.title), v.pick(topic.lead))


def _asked(v: Visit) -> list[Exhibit]:
    """Return the questions that the exhibition leads with."""
    wanted = [v.exhibition.exhibits[i] for i in v.exhibition.attract if i in v.exhibition.exhibits]
    return [e for e in wanted if e.question][:MOST_ASKED]


def _parts(v: Visit) -> list[Part]:
    """Return what belongs to no topic, by kind; with the topics' pages, everything on show."""
    headings: tuple[tuple[str, tuple[Kind, ...]], ...] = (
        (v.t("What was concluded"), (Kind.CONCLUSION,)),
        (v.t("What was declared"), (Kind.DECLARATION,)),
        (v.t("What cities undertook"), (Kind.COMMITMENT, Kind.PRACTICE)),
        (v.t("The summits, year by year"), (Kind.TIMELINE,)),
        (v.t("Programme"), (Kind.SESSION,)),
        (v.t("What officials said"), (Kind.WORD,)),
        (v.t("More questions"), (Kind.STATEMENT, Kind.QUESTION)),
        (v.t("Read on"), (Kind.RESOURCE, Kind.MEDIA)),
        (v.t("Cities"), (Kind.CITY,)),
    )
    parts = []
    for heading, kinds in headings:
        found = [e for e in v.exhibition.of_kind(*kinds) if _stands_alone(v, e)]
        if found:
            flow = Kind.CITY in kinds
            parts.append(Part(heading, links=[_titled(v, e) for e in found], flow=flow))
    return parts


def _stands_alone(v: Visit, exhibit: Exhibit) -> bool:
    return v.topic_of(exhibit) is None or exhibit.kind in {Kind.CONCLUSION, Kind.COMMITMENT}


def _titled(v: Visit, exhibit: Exhibit) -> Link:
    return Link(v.link(exhibit.id), v.pick(exhibit.title))


def _cities(v: Visit) -> list[tuple[str, str]]:
    """Return name and address of the cities that show this exhibition with pages of their own."""
    opened = v.hall.editions[v.exhibition.id]
    here = v.city or v.hall.city
    return [
        (city_name(v, city), f"/c/{v.exhibition.id}/{city}")
        for city in opened.views.cities
        if city != here
    ]


def _others(v: Visit) -> list[Link]:
    """Return ways to the hub's other exhibitions."""
    found = []
    for exhibition, opened in v.hall.editions.items():
        if exhibition != v.exhibition.id:
            view = opened.view()
            first = exhibition == v.hall.first
            title = view.title.pick(v.t.language, view.fallbacks())
            over = v.t("Example: everything in it is invented") if view.example else ""
            found.append(Link("/" if first else f"/x/{exhibition}", title, over))
    return found
