"""What residents say to an exhibit, beside it, with the way to say something oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.listening import support
from kiosk.screens.widgets.exchange import exchange
from kiosk.screens.widgets.markup import Tag, button
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

MOST = 4
"""Voices read for the column; the one that was answered is preferred."""


class Said:
    """The column at the side: one exchange, the ways to all of them and to the keyboard."""

    def __init__(self, visit: Visit, exhibit: Exhibit, voices: tuple[PublicComment, ...]) -> None:
        self.visit = visit
        self.exhibit = exhibit
        self.voices = voices
        self._tools = support.Tools(visit)
        t = visit.t
        with Tag("section", None, "said-column", aria_labelledby="said-title"):
            Tag("h2", t("What residents say"), id="said-title")
            self._box = Tag("div", None, "said-box", aria_live="polite")
            with Tag("div", None, "said-do"):
                button(t("Say something"), self._say, "knob", "say", data_say="")
                self._way = Tag("div", None, "said-way")
        self._draw()

    def update(self, voices: tuple[PublicComment, ...]) -> None:
        """Take newer voices; a voice that was taken down leaves at once."""
        before, self.voices = self.voices, voices
        self._tools.update(voices)
        if not support.same_voices(before, voices):
            self._draw()

    def _draw(self) -> None:
        visit, t = self.visit, self.visit.t
        self._box.clear()
        self._way.clear()
        with self._box:
            if not self.voices:
                Tag("p", t("Nobody has spoken yet. Yours can be the first voice."), "empty")
                return
            first = next((v for v in self.voices if v.answers), self.voices[0])
            exchange(t, first, visit.context.clock(), visit.city_name, self._tools.draw)
        if len(self.voices) > 1:
            with self._way:
                every = visit.way(steps.VOICES, self.exhibit.id)
                button(t("All voices on this"), every, "word-link")

    async def _say(self) -> None:
        await self.visit.go(self.visit.step.to(steps.COMMENT, self.exhibit.id))
