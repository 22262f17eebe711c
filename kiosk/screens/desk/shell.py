"""The frame of every page: navigation by role, exhibition, language, the person, and notices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kiosk.exhibition.model import Exhibition
from kiosk.locale.translator import LANGUAGES, native_name
from kiosk.screens.desk import names
from kiosk.screens.desk.buttons import link
from kiosk.screens.desk.seat import Seat
from kiosk.screens.desk.section import Section
from kiosk.screens.widgets.markup import Tag, shown


@contextmanager
def frame(seat: Seat, section: Section, sections: Sequence[Section]) -> Iterator[None]:
    """Draw the frame around a page of *section*; the page's content goes inside."""
    t = seat.t
    example, wide = ("yes" if x else "no" for x in (seat.exhibition.example, section.wide))
    with Tag("div", None, "desk", data_example=example, data_wide=wide):
        Tag("a", t("To the content"), "skip", href="#content")
        with Tag("header", None, "top"):
            Tag("p", t("Desk"), "wordmark")
            _exhibition(seat, section)
            _navigation(seat, section, sections)
            _person(seat, section)
        if seat.exhibition.example:
            Tag("p", t("Example: nothing here is real"), "example-mark", role="note")
        seat.notice = Tag("p", "", "notice", role="alert")
        seat.status = Tag("p", "", "status", role="status")
        css = "wide" if section.wide else "content"
        # A div: Quasar's page is the landmark "main" already, and a page has one.
        with Tag("div", None, css, id="content", tabindex="-1"):
            yield


def _navigation(seat: Seat, section: Section, sections: Sequence[Section]) -> None:
    here = section.below or section.path
    with Tag("nav", None, "sections", aria_label=seat.t("Desk")):
        for each in sections:
            if not each.below and seat.actor.anywhere(each.permission, seat.exhibition.id):
                current = {"aria_current": "page"} if each.path == here else {}
                link(each.title(seat.t), seat.path(each.path), **current)


def _exhibition(seat: Seat, section: Section) -> None:
    title = seat.exhibition.title.pick(seat.language, seat.exhibition.fallbacks())
    others = [e for e in seat.exhibitions if e.id != seat.exhibition.id]
    if not others:
        shown("p", title, "exhibition")
        return
    with Tag("details", None, "menu exhibition"):
        shown("summary", title)
        with Tag("ul"):
            for other in others:
                with Tag("li"):
                    _other(seat, other, section)


def _other(seat: Seat, other: Exhibition, section: Section) -> None:
    title = other.title.pick(seat.language, other.fallbacks())
    path = section.below or section.path
    allowed = seat.actor.anywhere(section.permission, other.id)
    with Tag("a", None, href=f"/{seat.language}/{other.id}" + (f"/{path}" if allowed else "")):
        shown("span", title)
        if other.example:
            Tag("span", seat.t("example"), "mark")


def _person(seat: Seat, section: Section) -> None:
    t = seat.t
    with Tag("details", None, "menu person"):
        Tag("summary", seat.actor.display_name)
        with Tag("div", None, "panel"):
            for grant in seat.actor.grants:
                parts = [names.role(t, grant.role), seat.city_name(grant.city) or t("every city")]
                Tag("p", " · ".join(parts), "role")
            with Tag("ul", None, "tongues", aria_label=t("Language")):
                for code in LANGUAGES:
                    path = f"/{code}/{seat.exhibition.id}/{section.below or section.path}"
                    chosen = {"aria_current": "true"} if code == seat.language else {}
                    with Tag("li"):
                        Tag("a", native_name(code), href=path, lang=code, **chosen)
            with Tag("form", None, method="post", action=f"/logout?language={seat.language}"):
                Tag("button", t("Log out"), "knob quiet", type="submit")


def heading(text: str, told: str = "") -> Tag:
    """The page's headline, and under it what it is about in a sentence."""
    with Tag("div", None, "heading"):
        made = Tag("h1", text)
        if told:
            Tag("p", told, "told")
    return made


def empty(title: str, told: str) -> Tag:
    """What stands where there is nothing: that it is so, and what would be here."""
    with Tag("div", None, "empty") as box:
        Tag("p", title, "empty-title")
        Tag("p", told)
    return box
