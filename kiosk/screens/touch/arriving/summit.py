"""Who stands behind the exhibition: where and when its summit met, and how many cities signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.exhibition.model import (
    DeclarationDetails,
    Exhibit,
    Exhibition,
    Kind,
    Moment,
    TimelineDetails,
)
from kiosk.screens.touch.ways import declaration, moments
from kiosk.screens.widgets.markup import Tag, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


@dataclass(frozen=True, slots=True)
class Signed:
    """The declaration that most cities signed, and the meeting that it comes from, if known."""

    cities: int
    summit: Moment | None


def signed(exhibition: Exhibition) -> Signed | None:
    """Return what the exhibition holds of it; None where no declaration has signatories."""
    found = declaration.most_signed(exhibition.of_kind(Kind.DECLARATION))
    if found is None or not isinstance(found.details, DeclarationDetails):
        return None
    cities = len(found.details.signatories)
    return Signed(cities, _summit(exhibition, found, found.details)) if cities else None


def _summit(exhibition: Exhibition, one: Exhibit, details: DeclarationDetails) -> Moment | None:
    """The summit that a declaration is linked with, or the last before it was signed."""
    summits = [
        moment
        for timeline in exhibition.of_kind(Kind.TIMELINE)
        if isinstance(timeline.details, TimelineDetails)
        for moment in timeline.details.moments
        if moment.summit
    ]
    linked = (one.id, *one.see_also)
    by_link = [moment for moment in summits if moment.exhibit in linked]
    if by_link:
        return by_link[0]
    if details.signed_on is None:
        return None
    before = [moment for moment in summits if moment.day <= details.signed_on]
    return max(before, key=lambda moment: moment.day, default=None)


def line(visit: Visit) -> None:
    """Put the line above the home screen's motto: the exhibition, its city, who met and signed."""
    exhibition = visit.exhibition
    found = signed(exhibition)
    with Tag("p", None, "eyebrow behind"):
        shown("span", visit.text(exhibition.title), "strong")
        if exhibition.city:
            Tag("span", visit.city_name(exhibition.city))
        if found is None:
            return
        if found.summit is not None:
            where = f"{visit.city_name(found.summit.summit)} {moments.when(visit.t, found.summit)}"
            Tag("span", visit.t("Summit: {where}", where=where))
        Tag(
            "span",
            visit.t.plural(
                "{n} city signed the declaration",
                "{n} cities signed the declaration",
                found.cities,
            ),
        )
