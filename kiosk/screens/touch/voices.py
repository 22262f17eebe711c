"""All voices, of an exhibit or of the whole exhibition, newest first, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.screens.touch import labels, newest, reading, report
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.screens.widgets.exchange import exchange
from kiosk.screens.widgets.markup import Tag, button, shown
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

PAGE = 4
"""Voices on a page."""


async def show(visit: Visit) -> None:
    """Show the first page of voices."""
    await Voices(visit).open()


class Voices:
    """Pages by key, not by number: a voice that comes meanwhile moves none of the others."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.exhibit = visit.subject()
        self.starts: list[PublicComment | None] = [None]
        self.page: list[PublicComment] = []
        self.more = False

    async def open(self) -> None:
        """Read the newest voices and draw the screen."""
        await self._read()
        visit, t = self.visit, self.visit.t
        about = self.exhibit
        topic = visit.topic_of(about)
        with visit.swap(t("What residents say"), "voices", topic):
            with Tag("header", None, "opening"):
                if about is not None:
                    labels.eyebrow(visit, about, title=True)
                Tag("h1", t("What residents say"))
                if about is not None and about.question is not None:
                    shown("p", visit.text(about.question.text), "lead")
            with reading.column(visit):
                self._box = Tag("div", None, "voice-list", aria_live="polite")
            self._foot()
            self._draw()
        visit.dock.show(topic, about=about)
        visit.on_change(self._changed)

    def _foot(self) -> None:
        t = self.visit.t
        with Tag("div", None, "leaf-row"):
            self._newer = button(
                t("Newer voices"), self._to_newer, "knob quiet", "back", turns=True, data_often=""
            )
            self._older = button(
                t("More voices"),
                self._to_older,
                "knob",
                "next",
                turns=True,
                sign_after=True,
                data_often="",
                data_more="",
            )
            if self.exhibit is not None:
                Tag("span", None, "space")
                button(t("Say something"), self._say, "knob strong", "say")

    def _draw(self) -> None:
        t = self.visit.t
        self._box.clear()
        with self._box:
            if not self.page:
                Tag("p", t("Nobody has spoken yet. Yours can be the first voice."), "empty large")
                if self.exhibit is None:
                    button(t("Choose a question"), self._home, "knob strong", "forward", turns=True)
            for comment in self.page:
                self._voice(comment)
        self._newer.set_visibility(len(self.starts) > 1)
        self._older.set_visibility(self.more)

    def _voice(self, comment: PublicComment) -> None:
        visit = self.visit
        about = newest.about(visit) if self.exhibit is None else None
        exchange(
            visit.t, comment, visit.context.clock(), visit.city_name, report.tool(visit), about
        )

    async def _read(self) -> None:
        found = await self.visit.context.database.read(self._look)
        self.page, self.more = found[:PAGE], len(found) > PAGE

    def _look(self, connection: Connection) -> list[PublicComment]:
        visit = self.visit
        if not voices_may_show(connection, visit.context.clock()):
            return []
        return comment_actions.published_comments(
            connection,
            visit.exhibition.id,
            self.exhibit.id if self.exhibit else "",
            most=PAGE + 1,
            before=self.starts[-1],
        )

    async def _changed(self) -> None:
        before = self.page
        await self._read()
        if self.page != before:
            self._draw()

    async def _to_older(self) -> None:
        if self.more:
            self.starts.append(self.page[-1])
            await self._read()
            self._draw()

    async def _to_newer(self) -> None:
        if len(self.starts) > 1:
            self.starts.pop()
            await self._read()
            self._draw()

    async def _home(self) -> None:
        await self.visit.go(self.visit.step.to(steps.HOME))

    async def _say(self) -> None:
        if self.exhibit is not None:
            await self.visit.go(self.visit.step.to(steps.COMMENT, self.exhibit.id))
