"""A timeline as one line: its summits named on it, its moments to touch, one of them told large."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit, Moment, TimelineDetails
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.texts import facts, labels, reading
from kiosk.screens.touch.ways import moments
from kiosk.screens.widgets.markup import Tag, button, icon, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

MOST = 14
"""Moments that one line has room for; more stand side by side instead."""

GAP = 0.085
"""Least distance of two moments on the line, as a share of it: a finger's width everywhere."""


async def show(visit: Visit, before: Line | None = None) -> None:
    """Show the timeline; reworded, the moment that was chosen *before*."""
    timeline = visit.subject()
    assert timeline is not None
    details = timeline.details
    assert isinstance(details, TimelineDetails)
    with visit.swap(visit.text(timeline.title).text, "timeline"):
        with Tag("header", None, "opening"):
            shown("h1", visit.text(timeline.title))
            shown("p", visit.text(timeline.lead), "lead")
        found = sorted(details.moments, key=lambda m: m.day)
        if not found:
            _nothing(visit, timeline)
        elif len(found) > MOST:
            moments.line(visit, details, timeline)
        else:
            visit.on_reword(partial(show, visit, Line(visit, found, before)))
    visit.dock.show(None, about=timeline)


def _nothing(visit: Visit, timeline: Exhibit) -> None:
    Tag("p", visit.t("No moment of it is known here yet."), "empty large")
    facts.see_also(visit, timeline)


def placed(days: Sequence[date], gap: float = GAP) -> list[float]:
    """Return where days lie on a line from 0 to 1: by time, but no two closer than *gap*.

    Where there is no room for that, they lie at equal distances.
    """
    if len(days) < 2:
        return [0.0 for _ in days]
    gap = min(gap, 1 / (len(days) - 1))
    whole = (days[-1] - days[0]).days or 1
    places: list[float] = []
    for day in days:
        place = (day - days[0]).days / whole
        places.append(max(place, places[-1] + gap) if places else place)
    places[-1] = min(places[-1], 1.0)
    for n in range(len(places) - 2, -1, -1):
        places[n] = min(places[n], places[n + 1] - gap)
    return [max(0.0, place) for place in places]


class Line:
    """The line with its moments; the chosen one is told below."""

    def __init__(self, visit: Visit, found: Sequence[Moment], before: Line | None = None) -> None:
        self.visit = visit
        self.found = found
        self.chosen: int = (
            before.chosen if before else next((n for n, m in enumerate(found) if m.summit), 0)
        )
        self._knobs: list[Tag] = []
        with Tag("ol", None, "rail", aria_label=visit.t("Moments")):
            for n, place in enumerate(placed([m.day for m in found])):
                self._knobs.append(self._knob(n, place))
        with Tag("div", None, "told"):
            self._told = Tag("div", None, "told-words", aria_live="polite")
            with Tag("div", None, "told-side"):
                self._year = Tag("p", None, "told-year", aria_hidden="true")
                self._foot()
        self._draw()

    def _knob(self, n: int, place: float) -> Tag:
        moment, visit = self.found[n], self.visit

        def choose() -> None:
            self._choose(n)

        css = "rail-stop summit" if moment.summit else "rail-stop"
        label = f" {moments.when(visit.t, moment)}: {visit.text(moment.title).text}"
        with Tag("li", None, css).style(f"--at:{place:.4f}"):
            knob = button("", choose, "rail-knob", data_moment=moment.id)
            with knob:
                if moment.summit:
                    with Tag("span", None, "rail-summit"):
                        Tag("span", f"{moment.day.year} ", "rail-year")
                        Tag("span", visit.city_name(moment.summit), "rail-city")
                Tag("span", None, "rail-dot")
                Tag("span", label, "unseen")
        return knob

    def _foot(self) -> None:
        t = self.visit.t
        with Tag("div", None, "leaf-row"):
            self._before = button(
                "",
                lambda: self._choose(self.chosen - 1),
                "knob round",
                "back",
                turns=True,
                data_often="",
                aria_label=t("The moment before"),
            )
            self._place = Tag("p", "", "leaf-place", role="status")
            self._after = button(
                "",
                lambda: self._choose(self.chosen + 1),
                "knob round",
                "next",
                turns=True,
                data_often="",
                aria_label=t("The next moment"),
            )

    def _choose(self, n: int) -> None:
        if 0 <= n < len(self.found):
            self.chosen = n
            self._draw()

    def _draw(self) -> None:
        t, moment = self.visit.t, self.found[self.chosen]
        for n, knob in enumerate(self._knobs):
            if n == self.chosen:
                knob.props["aria-current"] = "step"
            else:
                knob.props.pop("aria-current", None)
            knob.update()
        self._year.props["data-year"] = str(moment.day.year)
        self._year.update()
        self._told.clear()
        with self._told:
            self._tell(moment)
        self._place.say(t("{first} of {all}", first=self.chosen + 1, all=len(self.found)))
        for knob, end in ((self._before, 0), (self._after, len(self.found) - 1)):
            knob.props["aria-disabled"] = str(self.chosen == end).lower()
            knob.update()

    def _tell(self, moment: Moment) -> None:
        visit = self.visit
        Tag("p", moments.when(visit.t, moment), "when")
        shown("h2", visit.text(moment.title))
        with reading.column(visit):
            shown("p", visit.text(moment.text.text), "lead")
            labels.standing_line(visit, moment.text.standing, moment.text.sources)
        with Tag("div", None, "row"):
            self._leads(moment)

    def _leads(self, moment: Moment) -> None:
        visit = self.visit
        for id_, sign in ((moment.exhibit, "forward"), (moment.summit, "cities")):
            exhibit = visit.exhibition.exhibits.get(id_)
            if exhibit is not None:
                self._lead(exhibit, sign)

    def _lead(self, exhibit: Exhibit, sign: str) -> None:
        visit = self.visit

        css = "knob strong" if sign == "forward" else "knob"
        with button("", visit.way(steps.EXHIBIT, exhibit.id), css, data_exhibit=exhibit.id):
            icon(sign, turns=sign == "forward")
            shown("span", visit.text(exhibit.title))
