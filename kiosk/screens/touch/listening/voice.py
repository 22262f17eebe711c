"""One voice by itself, with its answers: where the search leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.screens.touch.listening import newest, support
from kiosk.screens.touch.texts import reading
from kiosk.screens.widgets.exchange import exchange
from kiosk.screens.widgets.markup import Tag, button
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.exhibition.model import Exhibit
    from kiosk.screens.touch.visit import Visit


async def show(visit: Visit) -> None:
    """Show the voice; one that was taken down leaves at once, and it is said."""
    await OneVoice(visit).open()


class OneVoice:
    """The screen, which follows what becomes of its voice."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.voice: PublicComment | None = None
        self._tools = support.Tools(visit)

    @property
    def about(self) -> Exhibit | None:
        """The exhibit that the voice speaks to."""
        return self.visit.exhibition.exhibits.get(self.voice.exhibit) if self.voice else None

    async def open(self) -> None:
        """Read the voice and draw the screen."""
        visit, t = self.visit, self.visit.t
        self.voice = await visit.context.database.read(self._look)
        topic = visit.topic_of(self.about)
        with visit.swap(t("What residents say"), "voices one-voice", topic):
            with Tag("header", None, "opening"):
                Tag("h1", t("A resident says"))
            with reading.column(visit):
                self._box = Tag("div", None, "voice-list single", aria_live="polite")
            with Tag("div", None, "leaf-row"):
                if self.about is not None:
                    to = visit.way(steps.COMMENT, self.about.id)
                    button(t("Say something"), to, "knob strong", "say")
                to = visit.way(steps.VOICES)
                button(t("All voices"), to, "knob quiet", "forward", turns=True)
        self._draw()
        visit.dock.show(topic, await fill.read_of(visit, self.about), about=self.about)
        visit.on_change(self._changed)

    def _look(self, connection: Connection) -> PublicComment | None:
        visit = self.visit
        if not voices_may_show(connection, visit.context.clock()):
            return None
        found = comment_actions.published_comment(connection, visit.step.subject)
        return found if found and found.exhibition == visit.exhibition.id else None

    def _draw(self) -> None:
        visit, t = self.visit, self.visit.t
        self._box.clear()
        with self._box:
            if self.voice is None:
                Tag("p", t("This voice is not on show any more."), "empty large")
                return
            about = newest.about(visit)
            now = visit.context.clock()
            exchange(t, self.voice, now, visit.city_name, self._tools.draw, about)

    async def _changed(self) -> None:
        before = [self.voice] if self.voice else []
        self.voice = await self.visit.context.database.read(self._look)
        after = [self.voice] if self.voice else []
        if support.same_voices(before, after):
            self._tools.update(after)
        else:
            self._draw()
