"""What residents say: of an exhibit, a topic or the whole, by what is wanted, a page at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.screens.touch.listening import newest, support, voices_filter
from kiosk.screens.touch.listening.voices_filter import Choice, Counts, Filters
from kiosk.screens.touch.texts import labels, reading
from kiosk.screens.widgets.exchange import exchange
from kiosk.screens.widgets.markup import Tag, button, shown
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment
from kiosk.voice.voices_store import Order

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
        self.choice = Choice() if self.exhibit else voices_filter.remembered(visit)
        self.starts: list[PublicComment | None] = [None]
        self.page: list[PublicComment] = []
        self.more = False
        self.counts: Counts = {}
        self._tools = support.Tools(visit)

    async def open(self) -> None:
        """Read the voices and draw the screen."""
        await self._read()
        visit, t = self.visit, self.visit.t
        about = self.exhibit
        topic = visit.topic_of(about)
        css = "voices of-one" if about else "voices"
        with visit.swap(t("What residents say"), css, topic):
            with Tag("header", None, "opening"):
                if about is not None:
                    labels.eyebrow(visit, about, title=True)
                Tag("h1", t("What residents say"))
                if about is not None and about.question is not None:
                    shown("p", visit.text(about.question.text), "lead")
                self._filters = Filters(visit, self.choice, self._choose)
            with reading.column(visit):
                self._box = Tag("div", None, "voice-list", aria_live="polite")
            self._foot()
        self._draw()
        visit.dock.show(topic, await fill.read_of(visit, about), about=about)
        visit.on_change(self._changed)
        visit.on_reword(self.open)  # the filter and the page that were chosen stay

    def _foot(self) -> None:
        t = self.visit.t
        with Tag("div", None, "leaf-row"):
            self._newer = button(
                t("Voices before"),
                self._to_newer,
                "knob quiet",
                "back",
                turns=True,
                data_often="",
                data_before="",
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
                to = self.visit.way(steps.COMMENT, self.exhibit.id)
                button(t("Say something"), to, "knob strong", "say")

    def _draw(self) -> None:
        self._filters.show(self.choice, self.counts)
        self._box.clear()
        with self._box:
            if not self.page:
                self._draw_nothing()
            for comment in self.page:
                self._voice(comment)
        self._newer.set_visibility(len(self.starts) > 1)
        self._older.set_visibility(self.more)

    def _draw_nothing(self) -> None:
        """Say kindly that a filter shows nothing, and lead on to what there is."""
        t, choice = self.visit.t, self.choice
        with Tag("div", None, "nothing"):
            Tag("p", self._why_nothing(), "empty large")
            with Tag("div", None, "row"):
                if choice.order is not Order.NEWEST:
                    newest_of = Choice(Order.NEWEST, choice.topic)
                    self._way(t("Show the newest"), newest_of)
                elif choice.topic:
                    self._way(t("Show all topics"), Choice())
                if self.exhibit is not None:
                    return
                if choice.topic:
                    words, to = t("To the topic"), self.visit.way(steps.TOPIC, choice.topic)
                else:
                    words, to = t("Choose a question"), self.visit.way(steps.HOME)
                button(words, to, "knob strong", "forward", turns=True)

    def _why_nothing(self) -> str:
        t = self.visit.t
        if self.choice.order is Order.SUPPORTED:
            return t(
                "No voice here was supported yet. Touch “I agree” under one that speaks for you."
            )
        if self.choice.order is Order.ANSWERED:
            return t("No voice here was answered yet. Answers come from the mayors’ offices.")
        return t("Nobody has spoken yet. Yours can be the first voice.")

    def _way(self, words: str, choice: Choice) -> None:
        async def go() -> None:
            await self._choose(choice)

        button(words, go, "knob", data_often="")

    def _voice(self, comment: PublicComment) -> None:
        visit = self.visit
        about = newest.about(visit) if self.exhibit is None else None
        exchange(visit.t, comment, visit.context.clock(), visit.city_name, self._tools.draw, about)

    async def _read(self) -> None:
        found, self.counts = await self.visit.context.database.read(self._look)
        self._take(found)

    async def _leaf(self) -> None:
        """Read the page that begins at the last of the starts; the counts stay as they are."""
        self._take(await self.visit.context.database.read(self._voices))
        self._draw()

    def _take(self, found: list[PublicComment]) -> None:
        self.page, self.more = found[:PAGE], len(found) > PAGE

    def _look(self, connection: Connection) -> tuple[list[PublicComment], Counts]:
        return self._voices(connection), voices_filter.count(connection, self.visit)

    def _voices(self, connection: Connection) -> list[PublicComment]:
        visit = self.visit
        if not voices_may_show(connection, visit.context.clock()):
            return []
        asked = voices_filter.wanted(visit, self.choice)
        return comment_actions.voices(connection, asked, PAGE + 1, self.starts[-1])

    async def _choose(self, choice: Choice) -> None:
        async with self.visit.in_turn():
            self.choice, self.starts = choice, [None]
            if self.exhibit is None:
                voices_filter.remember(self.visit, choice)
            await self._read()
            self._draw()

    async def _changed(self) -> None:
        """Follow what was published, taken down or supported; nothing moves without need.

        Voices that only changed places because they were supported stay where they are read.
        """
        before = self.page
        await self._read()
        self._tools.update(self.page)
        places = {comment.id: place for place, comment in enumerate(before)}
        if self.choice.order is Order.SUPPORTED and {c.id for c in self.page} == set(places):
            self.page.sort(key=lambda comment: places[comment.id])
        if support.same_voices(self.page, before):
            self._filters.show(self.choice, self.counts)
        else:
            self._draw()

    async def _to_older(self) -> None:
        async with self.visit.in_turn():
            if self.more:
                self.starts.append(self.page[-1])
                await self._leaf()

    async def _to_newer(self) -> None:
        async with self.visit.in_turn():
            if len(self.starts) > 1:
                self.starts.pop()
                await self._leaf()
