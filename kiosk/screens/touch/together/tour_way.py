"""The way of a guided tour: where it is, how long is left, what comes next and what came before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit, Stop
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.step import Step
from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

END = "end"
"""The subject of the step that closes the tour."""

MINUTE_S = 60


def stops(visit: Visit) -> tuple[Stop, ...]:
    """The stops of the exhibition's tour; none where it offers none."""
    return visit.exhibition.tour


def offer(visit: Visit, css: str, words: str) -> None:
    """Put the way into the tour on the screen, where there is a tour."""
    if not stops(visit):
        return

    async def begin() -> None:
        visit.session.tour_begun = visit.context.sessions.since_boot()
        await visit.go(visit.step.to(steps.TOUR, "1"))

    button(words, begin, css, "tour", data_tour="")


def number(visit: Visit, exhibit: Exhibit) -> int:
    """Return which stop an exhibit is, from 1 on; 0 where no tour is under way or leads to it."""
    if visit.session.tour_begun is None:
        return 0
    there = [stop.exhibit for stop in stops(visit)]
    return there.index(exhibit.id) + 1 if exhibit.id in there else 0


def strip(visit: Visit, exhibit: Exhibit | None) -> None:
    """The line that says where the tour is; without *exhibit*, at its end."""
    t, planned = visit.t, stops(visit)
    here = number(visit, exhibit) if exhibit else len(planned) + 1
    if not here:
        return
    with Tag("div", None, "tour-strip"):
        Tag("p", t("Guided tour"), "strong")
        with Tag("ol", None, "tour-dots", aria_hidden="true"):
            for n in range(1, len(planned) + 1):
                Tag("li", None, "here" if n == here else "done" if n < here else "")
        if exhibit:
            Tag("p", t("{first} of {all}", first=here, all=len(planned)))
            left = Tag("p", time_left(visit), "tour-time")

            async def ticked() -> None:
                said = time_left(visit)
                if left._text != said:
                    left.say(said)

            visit.on_tick(ticked)


def time_left(visit: Visit) -> str:
    """Say how long the tour still takes, by the minutes planned for it."""
    t = visit.t
    whole = sum(stop.minutes for stop in stops(visit))
    begun = visit.session.tour_begun or 0.0
    gone = (visit.context.sessions.since_boot() - begun) / MINUTE_S
    left = round(whole - gone)
    if left < 1:
        return t("Take the time you need.")
    return t.plural("About {n} minute left", "About {n} minutes left", left)


def onward(visit: Visit, exhibit: Exhibit) -> None:
    """From a question on: the next stop, or the end; off the tour, back to the group or start."""
    t, here = visit.t, number(visit, exhibit)
    if here and here < len(stops(visit)):
        _lead(visit, t("Next exhibit"), visit.step.to(steps.TOUR, str(here + 1)))
    elif here:
        _lead(visit, t("To the end of the tour"), visit.step.to(steps.TOUR, END))
    elif visit.party is not None:
        _lead(visit, t("Choose the next exhibit"), visit.step.to(steps.HOME))


def _lead(visit: Visit, words: str, step: Step) -> None:
    to = partial(visit.go, step)
    button(words, to, "knob strong", "forward", turns=True, sign_after=True, data_onward="")
