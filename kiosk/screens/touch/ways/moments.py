"""A timeline's moments along one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit, Moment, TimelineDetails
from kiosk.locale.translator import Translator
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.texts.labels import standing_line
from kiosk.screens.widgets.markup import Tag, button, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def line(visit: Visit, details: TimelineDetails, timeline: Exhibit) -> None:
    """Put the moments on the screen by date; what the *timeline*'s label says is not said again."""
    with Tag("ol", None, "moments"):
        for moment in sorted(details.moments, key=lambda m: m.day):
            with Tag("li"):
                _moment(visit, moment, timeline)


def when(t: Translator, moment: Moment) -> str:
    """Return the day or days of a moment."""
    first, last = moment.day, moment.last_day
    if last is None or last == first:
        return t.date(first)
    if (first.year, first.month) == (last.year, last.month):
        return t.days_of_month(first, last)
    begins = t.day_and_month(first) if first.year == last.year else t.date(first)
    return t("{first} to {last}", first=begins, last=t.date(last))


def _moment(visit: Visit, moment: Moment, timeline: Exhibit) -> None:
    exhibit = visit.exhibition.exhibits.get(moment.exhibit)
    Tag("p", when(visit.t, moment), "when")
    shown("h2", visit.text(moment.title))
    shown("p", visit.text(moment.text.text))
    standing, sources = moment.text.standing, moment.text.sources
    if standing != timeline.standing or not set(sources) <= set(timeline.sources):
        standing_line(visit, standing, sources)
    if exhibit is not None:
        button(visit.t("Read more"), visit.way(steps.EXHIBIT, exhibit.id), "word-link")
