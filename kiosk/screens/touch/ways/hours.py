"""A session's hours in each of its zones, or the words that they were never set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import SessionDetails
from kiosk.locale.translator import Translator
from kiosk.screens.widgets.markup import Tag

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def form_label(t: Translator, form: str) -> str:
    """Return what kind of session it is."""
    names = {"dialogue": t("Dialogue"), "workshop": t("Workshop"), "plenary": t("Plenary")}
    return names.get(form, form)


def table(visit: Visit, details: SessionDetails) -> None:
    """Put day, form and hours on the screen."""
    t = visit.t
    with Tag("p", None, "fact strong"):
        Tag("span", form_label(t, details.form))
        Tag("span", t.date(details.day))
    if details.starts_at is None or details.ends_at is None:
        Tag("p", t("Time to be confirmed"), "fact to-come")
        return
    with Tag("ul", None, "hours"):
        for zone, place in zip(details.zones, details.zone_places, strict=False):
            with Tag("li"):
                Tag("span", span(t, details, zone), "hour")
                Tag("span", visit.city_name(place), "hour-place")


def first(visit: Visit, details: SessionDetails) -> str:
    """Return the hours in the session's first zone, and whose they are."""
    t = visit.t
    if details.starts_at is None or not details.zones:
        return t("Time to be confirmed")
    hours, place = span(t, details, details.zones[0]), visit.city_name(details.zone_places[0])
    return t("{hours} in {city}", hours=hours, city=place)


def span(t: Translator, details: SessionDetails, zone: str) -> str:
    """Return start and end in a zone, or that they are to be confirmed."""
    if details.starts_at is None or details.ends_at is None:
        return t("Time to be confirmed")
    start, end = t.time(details.starts_at, zone), t.time(details.ends_at, zone)
    return t("{start}–{end}", start=start, end=end)
