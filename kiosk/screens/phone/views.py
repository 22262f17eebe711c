"""What a page shows of an exhibit: its facts, passages and lists, in the visitor's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kiosk.exhibition.localized import Shown
from kiosk.exhibition.model import (
    CityDetails,
    CommitmentDetails,
    ConclusionDetails,
    DeclarationDetails,
    Exhibit,
    Kind,
    Media,
    Passage,
    PracticeDetails,
    SessionDetails,
    Source,
    TimelineDetails,
    TopicDetails,
    WordDetails,
)
from kiosk.locale.translator import native_name
from kiosk.screens.phone.visit import Visit
from kiosk.screens.widgets import words

PHONE_WIDTH = 960
"""Pixels of the picture that a phone gets which chooses none of the sizes by itself."""


@dataclass(frozen=True, slots=True)
class Said:
    """A passage with what is known of it; *standing* only where it differs from its exhibit's."""

    text: Shown
    standing: str = ""
    sources: tuple[Source, ...] = ()
    heading: Shown | None = None
    when: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another exhibit."""

    address: str
    title: Shown
    over: str = ""


@dataclass(slots=True)
class Part:
    """A section of a page: a heading, then passages or links."""

    heading: str
    said: list[Said] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    numbered: bool = False
    flow: bool = False
    """Whether the links stand side by side, as names of cities do."""


@dataclass(frozen=True, slots=True)
class Files:
    """Addresses beside a picture's or film's own: its sizes, its still, its captions."""

    sizes: str = ""
    still: str = ""
    captions: tuple[tuple[str, str, str], ...] = ()
    """Each with language, the language's own name, and address."""


@dataclass(slots=True)
class View:
    """An exhibit as its page shows it."""

    over: str
    title: Shown
    lead: Shown
    standing: str
    meaning: str
    sources: tuple[Source, ...]
    facts: list[tuple[str, str | Shown]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    media: list[tuple[Media, Shown, Shown, Shown, str, Files]] = field(default_factory=list)
    """Each with alternative, caption, transcript, address and what else belongs to it."""
    notes: list[str] = field(default_factory=list)
    see: Part | None = None
    """Ways to what is near it; they stand below the voices."""


def view_of(v: Visit, exhibit: Exhibit) -> View:
    """Return everything that an exhibit's page says, but for votes and voices."""
    topic = v.topic_of(exhibit)
    over = [words.kind_label(v.t, exhibit.kind)]
    if topic is not None and topic.id != exhibit.id:
        over.append(v.pick(topic.title).text)
    view = View(
        " · ".join(over),
        v.pick(exhibit.title),
        v.pick(exhibit.lead),
        words.standing_label(v.t, exhibit.standing),
        words.standing_meaning(v.t, exhibit.standing),
        words.sources_of(v.t, v.exhibition, exhibit.sources),
    )
    view.said = [said(v, p, exhibit) for p in exhibit.passages]
    view.media = [_medium(v, m) for m in exhibit.media]
    _details(v, exhibit, view)
    _related(v, exhibit, view)
    view.notes = notes(v, [view.title, view.lead, *(s.text for s in view.said)])
    return view


def said(v: Visit, passage: Passage, exhibit: Exhibit) -> Said:
    """Return a passage, with its own standing and sources where they are its own."""
    own = (passage.standing, passage.sources) != (exhibit.standing, exhibit.sources)
    return Said(
        v.pick(passage.text),
        words.standing_label(v.t, passage.standing) if own else "",
        words.sources_of(v.t, v.exhibition, passage.sources) if own else (),
    )


def notes(v: Visit, texts: Iterable[Shown]) -> list[str]:
    """Return what must be said of these texts' languages and translations."""
    shown = [text for text in texts if text]
    lines = []
    foreign = list(dict.fromkeys(text.language for text in shown if text.fallback))
    if foreign:
        names = v.t.list(v.t.language_name(code) for code in foreign)
        lines.append(v.t("Not in your language yet; some of it is shown in {names}.", names=names))
    unread = [text for text in shown if text.status.startswith("machine")]
    if any(text.translated_from for text in unread):
        lines.append(v.t("Machine translation, not yet reviewed by a person."))
    elif unread:
        lines.append(v.t("Written by machine, not yet reviewed by a person."))
    return lines


def links(v: Visit, ids: Sequence[str]) -> list[Link]:
    """Return ways to these exhibits, as far as they are on show here."""
    found = (v.exhibition.exhibits.get(i) for i in ids)
    return [link(v, e) for e in found if e is not None]


def link(v: Visit, exhibit: Exhibit) -> Link:
    """Return the way to an exhibit; a question is named by what it asks."""
    asked = exhibit.question.text if exhibit.question else exhibit.title
    return Link(v.link(exhibit.id), v.pick(asked), words.kind_label(v.t, exhibit.kind))


def city_name(v: Visit, city: str) -> str:
    """Return a city's name as the exhibition writes it, else its id as a name."""
    exhibit = v.exhibition.exhibits.get(city)
    if exhibit is not None and exhibit.kind is Kind.CITY:
        return v.pick(exhibit.title).text
    return city.replace("-", " ").title()


def _medium(v: Visit, media: Media) -> tuple[Media, Shown, Shown, Shown, str, Files]:
    address = _address(v, media.path)
    sizes = media.picture.sizes if media.picture is not None else ()
    small = [each for each in sizes if each.width <= PHONE_WIDTH]
    beside = Files()
    if media.type == "image" and small:
        address = _address(v, small[-1].path)
        every = (f"{_address(v, each.path)} {each.width}w" for each in sizes)
        beside = Files(sizes=", ".join(every))
    elif media.type != "image":
        still = (
            _address(v, small[-1].path if small else media.picture.path) if media.picture else ""
        )
        captions = (
            (code, native_name(code), _address(v, path)) for code, path in media.captions.items()
        )
        beside = Files(still=still, captions=tuple(captions))
    return (
        media,
        v.pick(media.alternative),
        v.pick(media.caption),
        v.pick(media.transcript),
        address,
        beside,
    )


def _address(v: Visit, path: str) -> str:
    opened = v.hall.editions.get(v.exhibition.id)
    sha256 = opened.sha256(path) if opened else ""
    return f"/files/{sha256}" if sha256 else ""


def _details(v: Visit, exhibit: Exhibit, view: View) -> None:
    match exhibit.details:
        case TopicDetails() as details:
            _topic(v, exhibit, details, view)
        case ConclusionDetails() as details:
            _conclusion(v, exhibit, details, view)
        case DeclarationDetails() as details:
            _declaration(v, details, view)
        case SessionDetails() as details:
            _session(v, exhibit, details, view)
        case TimelineDetails() as details:
            _timeline(v, exhibit, details, view)
        case CommitmentDetails() as details:
            _commitment(v, details, view)
        case CityDetails() as details:
            _city(v, exhibit, details, view)
        case WordDetails() as details:
            view.facts += [
                (
                    v.t("Said by"),
                    words.beside(v.t, details.speaker, v.pick(details.office).text),
                ),
                (v.t("City"), city_name(v, details.city)),
                (v.t("Said on"), v.t.date(details.said_on)),
            ]
        case PracticeDetails() as details:
            view.facts.append((v.t("City"), city_name(v, details.city)))
        case _:
            pass


_HEADED = {Kind.CONCLUSION, Kind.STATEMENT, Kind.QUESTION, Kind.COMMITMENT, Kind.TOPIC}
"""Kinds that stand under a heading of their own on a topic's page, and the topic itself."""


def _topic(v: Visit, exhibit: Exhibit, details: TopicDetails, view: View) -> None:
    if details.subtopics:
        lines = [said(v, p, exhibit) for p in details.subtopics]
        view.parts.append(Part(v.t("What it is about"), lines))
    inside = v.exhibition.in_topic(exhibit.id)
    groups = (
        (v.t("What was concluded"), (Kind.CONCLUSION,)),
        (v.t("What do you say?"), (Kind.STATEMENT, Kind.QUESTION)),
        (v.t("What cities undertook"), (Kind.COMMITMENT,)),
        (v.t("More on this topic"), tuple(set(Kind) - _HEADED)),
    )
    for heading, kinds in groups:
        found = [link(v, e) for e in inside if e.kind in kinds]
        if found:
            view.parts.append(Part(heading, links=found))
    if details.cities:
        cities = links(v, details.cities)
        view.parts.append(Part(v.t("Cities that spoke"), links=cities, flow=True))


def _conclusion(v: Visit, exhibit: Exhibit, details: ConclusionDetails, view: View) -> None:
    session = v.exhibition.exhibits.get(details.session)
    if session is not None:
        view.parts.append(Part(v.t("Where it was reached"), links=[link(v, session)]))
        if isinstance(session.details, SessionDetails):
            for question in session.details.guiding_questions:
                if question.id == details.guiding_question:
                    view.facts.append((v.t("The question before the table"), v.pick(question.text)))
    if details.approved_by:
        view.facts.append((v.t("Approved by"), details.approved_by))
    if details.approved_at is not None:
        view.facts.append((v.t("Approved on"), v.t.date(details.approved_at.date())))
    lines = [said(v, p, exhibit) for p in details.statements]
    if lines:
        view.parts.insert(0, Part(v.t("What was concluded"), lines, numbered=True))
    dissent = [said(v, p, exhibit) for p in details.dissent]
    if dissent:
        view.parts.insert(1, Part(v.t("Who saw it differently"), dissent))


def _declaration(v: Visit, details: DeclarationDetails, view: View) -> None:
    if details.signed_on:
        view.facts.append((v.t("Signed on"), v.t.date(details.signed_on)))
    count = len(details.signatories)
    if count:
        heading = v.t.plural("{n} city signed", "{n} cities signed", count)
        view.parts.append(Part(heading, links=links(v, details.signatories), flow=True))


def _session(v: Visit, exhibit: Exhibit, details: SessionDetails, view: View) -> None:
    view.facts.append((v.t("Day"), v.t.date(details.day)))
    for zone, place in zip(details.zones, details.zone_places, strict=False):
        name = v.t("Hours in {city}", city=city_name(v, place))
        if details.starts_at is None:
            view.facts.append((name, v.t("to be confirmed")))
            continue
        hours = v.t.time(details.starts_at, zone)
        if details.ends_at is not None:
            hours = f"{hours} – {v.t.time(details.ends_at, zone)}"
        view.facts.append((name, hours))
    if not details.zones and details.starts_at is None:
        view.facts.append((v.t("Hours"), v.t("to be confirmed")))
    lines = [said(v, p, exhibit) for p in details.guiding_questions]
    if lines:
        view.parts.append(Part(v.t("Questions before the table"), lines, numbered=True))


def _timeline(v: Visit, exhibit: Exhibit, details: TimelineDetails, view: View) -> None:
    lines = []
    for moment in details.moments:
        passage = said(v, moment.text, exhibit)
        last = f" – {v.t.date(moment.last_day)}" if moment.last_day else ""
        lines.append(
            Said(
                passage.text,
                passage.standing,
                passage.sources,
                v.pick(moment.title),
                v.t.date(moment.day) + last,
                v.link(moment.exhibit) if moment.exhibit in v.exhibition.exhibits else "",
            )
        )
    view.parts.append(Part("", lines))


def _commitment(v: Visit, details: CommitmentDetails, view: View) -> None:
    view.facts.append((v.t("City"), city_name(v, details.city)))
    if details.body:
        view.facts.append((v.t("Resolved by"), v.pick(details.body)))
    if details.decided_on:
        view.facts.append((v.t("Date"), v.t.date(details.decided_on)))
    view.facts.append((v.t("How far it is"), words.commitment_status(v.t, details.status)))
    follows = links(v, details.follows_from)
    if follows:
        view.parts.append(Part(v.t("Follows from"), links=follows))


def _city(v: Visit, exhibit: Exhibit, details: CityDetails, view: View) -> None:
    roles = {
        "signatory": v.t("signed the declaration"),
        "host": v.t("host of a summit"),
        "spoke": v.t("spoke at a workshop"),
        "observatory": v.t("member of the Observatory"),
        "twin": v.t("twin city"),
        "partner": v.t("partner city"),
    }
    view.facts.append((v.t("Country"), v.t.country_name(details.country)))
    part = [roles[role] for role in details.roles if role in roles]
    if part:
        view.facts.append((v.t("Its part"), words.beside(v.t, *part)))
    about = [link(v, e) for e in v.exhibition.exhibits.values() if _is_of(e, exhibit.id)]
    if about:
        view.parts.append(Part(v.t("From this city"), links=about))


def _is_of(exhibit: Exhibit, city: str) -> bool:
    details = exhibit.details
    of = isinstance(details, CommitmentDetails | WordDetails | PracticeDetails)
    return of and getattr(details, "city", "") == city


def _related(v: Visit, exhibit: Exhibit, view: View) -> None:
    more = links(v, exhibit.see_also)
    topic = v.topic_of(exhibit)
    if topic is not None and topic.id != exhibit.id:
        more.append(link(v, topic))
    if more:
        view.see = Part(v.t("See also"), links=more)
