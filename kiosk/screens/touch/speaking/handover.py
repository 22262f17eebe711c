"""A long draft goes on on the visitor's own phone, by a code that holds it; no server sees it."""

from __future__ import annotations

import base64
from functools import partial
from typing import TYPE_CHECKING

from kiosk.errors import InvalidText
from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.speaking.countdown import Countdown, longer
from kiosk.screens.widgets.markup import Tag, button, drawing
from kiosk.screens.widgets.qr import qr_svg
from kiosk.voice.comment import LONGEST

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

SHOWN_FOR_S = 90.0
"""Seconds for which the code stands on a screen that others see, too."""

MOST_OCTETS = 3 * LONGEST
"""Octets of a draft in a code that phones still read: a comment of any script, or a long draft."""


def address(public_url: str, exhibition: str, subject: str, language: str, draft: str) -> str:
    """Return the address that opens a phone's form with *draft* in it, about the same *subject*.

    The draft stands behind ``#d=``, base64url of UTF-8: a browser keeps that part to itself, so it
    reaches no server and no log, and the hub need not be there when the code is made.

    Raises:
        InvalidText: the draft is longer than a code holds.
    """
    octets = draft.encode()
    if len(octets) > MOST_OCTETS:
        raise InvalidText(
            "This is too long: {length} characters.",
            "Shorten it to {most} characters. Nothing of it is lost.",
            length=len(draft),
            most=len(octets[:MOST_OCTETS].decode(errors="ignore")),
        )
    carried = base64.urlsafe_b64encode(octets).decode().rstrip("=")
    return f"{public_url}/draft/{exhibition}/{subject}?lang={language}#d={carried}"


async def show(visit: Visit, exhibit: Exhibit, draft: str) -> None:
    """Show the code in place of the draft, which goes with it: once taken along, or in time.

    Raises:
        InvalidText: the draft is longer than a code holds; it stays where it is.
    """
    context, step = visit.context, visit.step
    target = address(context.public_url, step.exhibition, step.subject, step.language, draft)
    topic = visit.topic_of(exhibit)
    with visit.swap(visit.t("Go on writing on your phone"), "handover", topic):
        _Handover(visit, target, draft)
    visit.on_reword(partial(show, visit, exhibit, draft))
    visit.dock.show(topic, await fill.read_of(visit, exhibit), about=exhibit)


class _Handover:
    """The code, and the two ways on."""

    def __init__(self, visit: Visit, target: str, draft: str) -> None:
        self.visit = visit
        self.target = target
        self.draft = draft
        t = visit.t
        with Tag("div", None, "handover-words"):
            Tag("h1", t("Go on writing on your phone"))
            with Tag("ol", None, "handover-steps"):
                Tag("li", t("Scan the code with your phone's camera."))
                Tag("li", t("Your text is there. Go on, then send it."))
            Tag("p", t("The code holds your text itself: no server has seen it."), "hint")
            self._left = Tag("div", None, "handover-left")
            with Tag("div", None, "row"):
                button(t("I have it"), self._taken, "knob strong", "agree", data_taken="")
                button(t("Write on here"), self._return, "knob", "back", turns=True)
                longer(visit, SHOWN_FOR_S, self._prolong)
        self._code = Tag("div", None, "handover-code")
        self._begin()
        visit.on_tick(self._tick)

    def _begin(self) -> None:
        """Draw the code, anew when it is kept: the page hides each by a clock of its own."""
        self._left.clear()
        with self._left:
            until = self.visit.context.sessions.since_boot() + SHOWN_FOR_S
            self._countdown = Countdown(self.visit, until, SHOWN_FOR_S)
        self._code.clear()
        with self._code:
            # Not by the drawing's cache, which would keep the text beyond the visit.
            code = drawing(qr_svg(self.target, self.visit.t("Code with your draft")))
        code.props["data-hides-in"] = f"{self._countdown.left:.1f}"

    async def _prolong(self) -> None:
        if self._countdown.left > 0:
            self._begin()

    async def _tick(self) -> None:
        if self._countdown.left > 0:
            self._countdown.tick()
        else:
            await self._taken()

    async def _taken(self) -> None:
        self.target = self.draft = ""
        self.visit.session.drafts.pop(self.visit.step.subject, None)
        await self.visit.go(self.visit.step.to(steps.EXHIBIT, self.visit.step.subject))

    async def _return(self) -> None:
        self.visit.session.drafts[self.visit.step.subject] = self.draft
        await self.visit.refresh()
