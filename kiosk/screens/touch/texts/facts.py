"""What each kind of exhibit tells beyond title and lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from kiosk.exhibition.model import (
    CommitmentDetails,
    ConclusionDetails,
    Exhibit,
    Passage,
    PracticeDetails,
    SessionDetails,
    WordDetails,
)
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.texts import media
from kiosk.screens.touch.texts.labels import standing_line
from kiosk.screens.touch.texts.reading import prose
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def tell(visit: Visit, exhibit: Exhibit) -> None:
    """Put pictures, details and passages of an exhibit into the column."""
    media.pictures(visit, exhibit)
    teller = _TELLERS.get(type(exhibit.details))
    if teller is not None:
        teller(visit, exhibit)
    for each in exhibit.passages:
        passage(visit, exhibit, each)
    see_also(visit, exhibit)


def passage(visit: Visit, exhibit: Exhibit, passage: Passage) -> None:
    """Put a passage of an exhibit on the screen, with its label where that is another one."""
    prose(visit, passage.text)
    if (passage.standing, passage.sources) != (exhibit.standing, exhibit.sources):
        standing_line(visit, passage.standing, passage.sources)


def links(visit: Visit, ids: Sequence[str], css: str = "links") -> None:
    """Exhibits as a row of small ways to them."""
    with Tag("ul", None, css):
        for found in (visit.exhibition.exhibits.get(i) for i in ids):
            if found is not None:
                to = visit.way(steps.EXHIBIT, found.id)
                with Tag("li"), button("", to, "link-card"):
                    shown("span", visit.text(found.title))


def see_also(visit: Visit, exhibit: Exhibit) -> None:
    """The exhibits this one points to."""
    known = [i for i in exhibit.see_also if i in visit.exhibition.exhibits]
    if known:
        Tag("h2", visit.t("See also"), "minor")
        links(visit, known)


def _conclusion(visit: Visit, exhibit: Exhibit) -> None:
    details, t = exhibit.details, visit.t
    assert isinstance(details, ConclusionDetails)
    if details.statements:
        with Tag("ol", None, "core"):
            for statement in details.statements:
                with Tag("li"):
                    prose(visit, statement.text)
    if details.dissent:
        Tag("h2", t("Not everybody agreed"), "minor")
        for passage in details.dissent:
            with Tag("div", None, "dissent"):
                prose(visit, passage.text)
    _asked_in(visit, details)


def _asked_in(visit: Visit, details: ConclusionDetails) -> None:
    t = visit.t
    session = visit.exhibition.exhibits.get(details.session)
    if session is not None and isinstance(session.details, SessionDetails):
        for asked in session.details.guiding_questions:
            if asked.id == details.guiding_question:
                with Tag("p", None, "fact"):
                    Tag("span", t("The workshop was asked:"))
                    shown("span", visit.text(asked.text), "strong")
        links(visit, [session.id])
    if details.approved_by and details.approved_at is not None:
        day = t.date(details.approved_at.date())
        Tag("p", t("Approved by {name}, {date}", name=details.approved_by, date=day), "fact")


def _commitment(visit: Visit, exhibit: Exhibit) -> None:
    details, t = exhibit.details, visit.t
    assert isinstance(details, CommitmentDetails)
    with Tag("dl", None, "sheet-of-facts"):
        _fact(t("City"), visit.city_name(details.city))
        if details.body:
            Tag("dt", t("Decided by"))
            shown("dd", visit.text(details.body))
        if details.decided_on is not None:
            _fact(t("Date"), t.date(details.decided_on))
        _fact(t("Where it stands"), words.commitment_status(t, details.status))
    if details.follows_from:
        Tag("h2", t("It follows from"), "minor")
        links(visit, details.follows_from)


def _fact(name: str, value: str) -> None:
    Tag("dt", name)
    Tag("dd", value)


def city_role(visit: Visit, role: str) -> str:
    """Return what a city did in the summits, in words."""
    t = visit.t
    names = {
        "signatory": t("Signed the Declaration"),
        "host": t("Hosted a summit"),
        "spoke": t("Spoke on a topic"),
        "observatory": t("Member of the Observatory"),
        "twin": t("Twin city"),
        "partner": t("Partner town"),
    }
    return names.get(role, role)


def _word(visit: Visit, exhibit: Exhibit) -> None:
    details, t = exhibit.details, visit.t
    assert isinstance(details, WordDetails)
    office = visit.text(details.office)
    where = words.city_beside(office.text, details.city, visit.city_name(details.city))
    with Tag("p", None, "fact speaker"):
        Tag("strong", details.speaker)
        shown("span", office)
        if where:
            Tag("span", where)
        Tag("span", t.date(details.said_on))
    Tag("p", t("Given in reported speech, not word for word."), "translated")


def _practice(visit: Visit, exhibit: Exhibit) -> None:
    details, t = exhibit.details, visit.t
    assert isinstance(details, PracticeDetails)
    with Tag("dl", None, "sheet-of-facts"):
        _fact(t("City"), visit.city_name(details.city))
        fields = (words.field_of_practice(t, name) for name in details.fields)
        _fact(t("Fields"), words.beside(t, *fields))


_TELLERS: Mapping[type, Callable[[Visit, Exhibit], None]] = MappingProxyType(
    {
        ConclusionDetails: _conclusion,
        CommitmentDetails: _commitment,
        WordDetails: _word,
        PracticeDetails: _practice,
    }
)
