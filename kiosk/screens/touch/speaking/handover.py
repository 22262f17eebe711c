"""A long draft goes on on the visitor's own phone, by a code that holds it; no server sees it."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.widgets.markup import Tag, button, drawing
from kiosk.screens.widgets.qr import qr_svg
from kiosk.voice.comment import LONGEST

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

SHOWN_FOR_S = 90.0
"""Seconds for which the code stands on a screen that others see, too."""


def address(public_url: str, exhibition: str, exhibit: str, language: str, draft: str) -> str:
    """Return the address that opens a phone's form with *draft* in it.

    The draft stands behind ``#d=``, base64url of UTF-8: a browser keeps that part to itself, so it
    reaches no server and no log, and the hub need not be there when the code is made.
    """
    carried = base64.urlsafe_b64encode(draft[:LONGEST].encode()).decode().rstrip("=")
    return f"{public_url}/draft/{exhibition}/{exhibit}?lang={language}#d={carried}"


async def show(visit: Visit, exhibit: Exhibit, draft: str) -> None:
    """Show the code and take the draft off this screen; it comes back when asked for in time."""
    visit.session.drafts.pop(visit.step.subject, None)
    topic = visit.topic_of(exhibit)
    with visit.swap(visit.t("Go on writing on your phone"), "handover", topic):
        _Handover(visit, exhibit, draft)
    visit.dock.show(topic, await fill.read_of(visit, exhibit), about=exhibit)


class _Handover:
    """The code, and the two ways on."""

    def __init__(self, visit: Visit, exhibit: Exhibit, draft: str) -> None:
        self.visit = visit
        self.exhibit = exhibit
        self.draft = draft
        self._until = visit.context.sessions.since_boot() + SHOWN_FOR_S
        t = visit.t
        with Tag("div", None, "handover-words"):
            Tag("h1", t("Go on writing on your phone"))
            with Tag("ol", None, "handover-steps"):
                Tag("li", t("Scan the code with your phone's camera."))
                Tag("li", t("Your text is there. Go on, then send it."))
            Tag("p", t("The code holds your text itself: no server has seen it."), "hint")
            Tag("p", t("It disappears from this screen after 90 seconds."), "hint")
            with Tag("div", None, "row"):
                button(t("I have it"), self._taken, "knob strong", "agree", data_taken="")
                button(t("Write on here"), self._return, "knob", "back", turns=True)
        with Tag("div", None, "handover-code"):
            self._draw()
        visit.on_tick(self._tick)

    def _draw(self) -> None:
        context, step = self.visit.context, self.visit.step
        target = address(
            context.public_url, step.exhibition, self.exhibit.id, step.language, self.draft
        )
        # Not by the drawing's cache, which would keep the text beyond the visit.
        drawing(qr_svg(target, self.visit.t("Code with your draft")))

    async def _tick(self) -> None:
        if self.visit.context.sessions.since_boot() >= self._until:
            await self._taken()

    async def _taken(self) -> None:
        self.draft = ""
        await self.visit.go(self.visit.step.to(steps.EXHIBIT, self.exhibit.id))

    async def _return(self) -> None:
        self.visit.session.drafts[self.visit.step.subject] = self.draft
        await self.visit.show()
