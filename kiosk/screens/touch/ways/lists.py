"""Everything of one kind: commitments, officials' words, practices, pictures, background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from kiosk.exhibition.model import (
    CityDetails,
    CommitmentDetails,
    Exhibit,
    Exhibition,
    Kind,
    WordDetails,
)
from kiosk.locale.translator import Translator
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.texts import reading
from kiosk.screens.touch.ways import declaration, map_view
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

KINDS = (
    "conclusion",
    "statement",
    "question",
    "declaration",
    "timeline",
    "session",
    "city",
    "commitment",
    "word",
    "practice",
    "resource",
    "media",
)
"""Kinds that the home screen leads to, in this order."""


IN_TOPICS = frozenset({Kind.CONCLUSION, Kind.STATEMENT, Kind.QUESTION})
"""Kinds that belong to a topic; only those without one are listed."""

_OF_CITIES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.COMMITMENT: map_view.COMMITMENTS,
        Kind.PRACTICE: map_view.PRACTICES,
        Kind.WORD: map_view.WORDS,
    }
)
"""Kinds that the map has a choice for, with the sentence for none."""

UNKNOWN = "unknown"
"""The status of a commitment of which nobody has said where it stands."""


def heading(t: Translator, kind: Kind, count: int) -> str:
    """Return a kind's name as a way or a headline; countable ones are counted."""
    counted = {
        Kind.CITY: t.plural("{n} city", "{n} cities", count),
        Kind.COMMITMENT: t.plural("{n} commitment", "{n} commitments", count),
    }
    named = {
        Kind.DECLARATION: t("Declaration"),
        Kind.TIMELINE: t("Timeline of the summits"),
        Kind.SESSION: t("Programme"),
        Kind.WORD: t("Officials’ words"),
        Kind.PRACTICE: t("Good practices"),
        Kind.RESOURCE: t("Background"),
        Kind.MEDIA: t("Pictures"),
        Kind.CONCLUSION: t("More conclusions"),
        Kind.STATEMENT: t("More statements"),
        Kind.QUESTION: t("More questions"),
    }
    return counted.get(kind) or named.get(kind) or words.kind_label(t, kind)


def found(exhibition: Exhibition, kind: Kind) -> tuple[Exhibit, ...]:
    """Return what a list of this kind holds; what has a topic is found there already."""
    every = exhibition.of_kind(kind)
    if kind not in IN_TOPICS:
        return every
    return tuple(e for e in every if e.topic not in exhibition.exhibits)


def way(visit: Visit, kind: str) -> Step:
    """Where a kind's button leads: to the map, a first or only exhibit, or the list."""
    listed = found(visit.exhibition, Kind(kind))
    if kind == Kind.CITY:
        return visit.step.to(steps.MAP)
    first = declaration.most_signed(listed) if kind == Kind.DECLARATION else None
    if first is not None:
        return visit.step.to(steps.EXHIBIT, first.id)
    if len(listed) == 1:
        return visit.step.to(steps.EXHIBIT, listed[0].id)
    return visit.step.to(steps.LIST, kind)


async def show(visit: Visit) -> None:
    """Show the list."""
    kind = Kind(visit.step.subject)
    listed = found(visit.exhibition, kind)
    title = heading(visit.t, kind, len(listed)) if listed else words.kind_label(visit.t, kind)
    with visit.swap(title, f"list {kind}"):
        with Tag("header", None, "opening"):
            Tag("h1", title)
        if not listed:
            _nothing(visit, kind)
        elif kind is Kind.COMMITMENT:
            _statuses(visit, listed)
        with reading.column(visit), Tag("ul", None, f"entries {kind}"):
            for exhibit in listed:
                with Tag("li"):
                    _entry(visit, exhibit)
    visit.dock.show(None)


def _nothing(visit: Visit, kind: Kind) -> None:
    """Say kindly that nothing of this kind is there yet, and lead to the cities."""
    Tag("p", map_view.nothing(visit.t, _OF_CITIES.get(kind, "")), "empty large")
    with Tag("div", None, "row"):
        to_cities = visit.way(steps.MAP)
        button(visit.t("Map of the cities"), to_cities, "knob strong", "cities")


def _statuses(visit: Visit, listed: Sequence[Exhibit]) -> None:
    """Say how many commitments stand where: a sentence, not a chart."""
    t = visit.t
    counts = Counter(e.details.status for e in listed if isinstance(e.details, CommitmentDetails))
    unknown = counts.pop(UNKNOWN, 0)
    parts = [
        t("{status}: {count}", status=words.commitment_status(t, status), count=count)
        for status, count in counts.most_common()
    ]
    if parts:
        Tag("p", " · ".join(parts), "lead")
    if unknown:
        Tag(
            "p",
            t.plural(
                "Of {n} commitment it is not published where it stands.",
                "Of {n} commitments it is not published where they stand.",
                unknown,
            ),
            "lead",
        )


def _entry(visit: Visit, exhibit: Exhibit) -> None:
    with button("", visit.way(steps.EXHIBIT, exhibit.id), "entry", data_exhibit=exhibit.id):
        for line in _before(visit, exhibit):
            Tag("span", line, "entry-before")
        shown("span", visit.text(exhibit.title), "entry-title")
        after = _after(visit, exhibit)
        if after:
            Tag("span", after, "entry-after")


def _before(visit: Visit, exhibit: Exhibit) -> list[str]:
    t, details = visit.t, exhibit.details
    if isinstance(details, CommitmentDetails):
        return [
            words.standing_label(t, exhibit.standing),
            visit.city_name(details.city),
        ]
    return []


def _after(visit: Visit, exhibit: Exhibit) -> str:
    t, details = visit.t, exhibit.details
    if isinstance(details, CityDetails):
        return t.country_name(details.country)
    if isinstance(details, CommitmentDetails):
        status = words.commitment_status(t, details.status)
        return t("Status: {status}", status=status) if details.status != UNKNOWN else ""
    if isinstance(details, WordDetails):
        return words.beside(t, details.speaker, visit.text(details.office).text)
    return visit.text(exhibit.lead).text
