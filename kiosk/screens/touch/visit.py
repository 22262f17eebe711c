"""One open page of the touchscreen: its stage, poster and bar, and the step that it shows."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from kiosk.errors import KioskError, Unavailable
from kiosk.exhibition.localized import Localized, Shown
from kiosk.exhibition.model import Exhibit, Exhibition, Kind, Question, TopicDetails
from kiosk.locale.translator import Translator, translator
from kiosk.screens import theme
from kiosk.screens.touch import modes, resume
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.context import Hung, TouchContext
from kiosk.screens.touch.fallbacks import FallbackNote
from kiosk.screens.touch.group_party import Party
from kiosk.screens.touch.parts import Foot, Poster, Reporting
from kiosk.screens.touch.session import GRACE_S, Session
from kiosk.screens.touch.step import Step
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, icon

Show = Callable[["Visit"], Awaitable[None]]

log = logging.getLogger("kiosk.touch")


class Visit:
    """A browser page; a step is shown by clearing the stage and filling it again."""

    stage: Tag
    dock: Poster
    bar: Foot
    root: Tag
    report: Reporting

    def __init__(self, context: TouchContext, browser: str, hung: Hung, step: Step) -> None:
        self.context = context
        self.browser = browser
        self.session: Session = context.sessions.of(browser)
        self.session.touched = context.sessions.since_boot()  # a page comes of a touch
        self.hung = hung
        self.step = step
        self.t: Translator = translator(step.language)
        self.fallbacks = FallbackNote(self.t)
        self.screens: Mapping[str, Show] = {}
        self.notice = ""
        self.leads_away = False
        self.is_forgotten = False
        self.modes_heard = 0
        """Presses of this page that turned a mode on or off, as ``modes.js`` counts them."""
        self._changed: Callable[[], Awaitable[None]] | None = None
        self._reworded: Callable[[], Awaitable[None]] | None = None
        self._ticked: list[Callable[[], Awaitable[None]]] = []
        self._count = 0
        self._turn = asyncio.Lock()

    @property
    def exhibition(self) -> Exhibition:
        """The exhibition on show."""
        return self.hung.exhibition

    @property
    def participant(self) -> str:
        """Under which this visit's votes count here."""
        return self.session.participant(self.exhibition.id)

    @property
    def party(self) -> Party | None:
        """The group that stands here, if it was opened for this exhibition."""
        party = self.session.party
        return party if party is not None and party.exhibition == self.exhibition.id else None

    def gather(self, party: Party) -> None:
        """A group is here from now on: it may talk for longer than one visitor stays silent."""
        self.session.party = party
        self.root.props["data-idle-after"] = str(self.idle_after)
        self.root.update()
        self.bar.fit()

    @property
    def idle_after(self) -> int:
        """Seconds without a touch until this visit is over."""
        alone, together = self.context.idle_after, self.context.group_idle_after
        return alone if self.session.party is None else max(alone, together)

    def text(self, localized: Localized) -> Shown:
        """Return a text in the visitor's language, or in the first fallback that has it."""
        return self.fallbacks.seen(self._picked(localized))

    def _picked(self, localized: Localized) -> Shown:
        easy = modes.EASY in self.session.modes
        return localized.pick(self.step.language, self.exhibition.fallbacks(), easy=easy)

    def answer(self, question: Question, choice: str) -> Shown:
        """Return an answer's name in the visitor's language, or in the first fallback."""
        language, fallbacks = self.step.language, self.exhibition.fallbacks()
        label = words.choice_label(self.t, question, choice, language, fallbacks)
        return self.fallbacks.seen(label)

    def subject(self) -> Exhibit | None:
        """The exhibit that the present step is about."""
        return self.exhibition.exhibits.get(self.step.exhibit)

    def topic_of(self, exhibit: Exhibit | None) -> Exhibit | None:
        """The topic an exhibit belongs to; a topic's own is itself."""
        if exhibit is None:
            return None
        if isinstance(exhibit.details, TopicDetails):
            return exhibit
        return self.exhibition.exhibits.get(exhibit.topic)

    def city_name(self, city: str) -> str:
        """A city's name in the visitor's language; an unknown id as it is."""
        found = self.exhibition.exhibits.get(city)
        return self.text(found.title).text if found else city

    async def go(self, step: Step) -> None:
        """Show another step; one in another language or exhibition loads its own page."""
        if not self.here():
            return
        if (step.language, step.exhibition) != (self.step.language, self.step.exhibition):
            self.session.arrive(step)
            self._lead_to(step.path)
            return
        async with self._turn:
            self.step = step
            await self.show()

    def way(self, screen: str, subject: str = "") -> Callable[[], Awaitable[None]]:
        """Return what leads to another step, for the button that does."""
        return partial(self.go, self.step.to(screen, subject))

    def step_of(self, exhibit: Exhibit) -> Step:
        """The step that opens an exhibit; a topic has a screen of its own."""
        screen = steps.TOPIC if exhibit.kind is Kind.TOPIC else steps.EXHIBIT
        return self.step.to(screen, exhibit.id)

    def in_turn(self) -> asyncio.Lock:
        """Held while a touch is counted and drawn: no look begun before puts older figures back."""
        return self._turn

    async def show(self) -> None:
        """Show the present step; what cannot be shown is said, with what to do next.

        In turn, once the page is there: an older look would be drawn over a newer step.
        """
        self._changed, self._reworded, self._ticked = None, None, []
        self.session.arrive(self.step)
        await self._draw(partial(self.screens[self.step.screen], self))

    async def refresh(self) -> None:
        """Show the present step anew, whichever it is once what is under way has been drawn."""
        async with self._turn:
            await self.show()

    async def reword(self) -> None:
        """Show the present step in the words that the visitor chose just now."""
        async with self._turn:
            if self._reworded is None:
                await self.show()
                return
            asked, self._ticked = self._ticked, []
            await self._draw(self._reworded)
            self._ticked = self._ticked or asked  # what could not be drawn goes on as it was

    async def _draw(self, draw: Callable[[], Awaitable[None]]) -> None:
        self.fallbacks.begin()
        try:
            await draw()
        except KioskError as error:
            self._say_trouble(error)
        except Exception:  # a screen in a hall shows no traceback: it says so and leads on
            log.exception("the step %s cannot be shown", self.step.screen)
            self._say_trouble(
                Unavailable("Something on this screen is broken.", "Go back, or begin again.")
            )

    async def back(self) -> None:
        """Return to the step before; without one, to the screen above this one, and on upwards."""
        before = self.session.before()
        if before is None:
            before = self._above()
            self.session.came_by(before)
        await self.go(before)

    def _above(self) -> Step:
        exhibit = self.subject()
        if self.step.screen in (steps.COMMENT, steps.VOICES, steps.RECEIPT) and exhibit:
            return self.step.to(steps.EXHIBIT, exhibit.id)
        if self.step.screen == steps.EXHIBIT and exhibit and exhibit.topic:
            return self.step.to(steps.TOPIC, exhibit.topic)
        return self.step.to(steps.HOME)

    @contextmanager
    def swap(self, title: str, css: str = "", topic: Exhibit | None = None) -> Iterator[Tag]:
        """Clear the stage; what is made inside the block is the new step, titled *title*."""
        self._count += 1
        self.stage.clear()
        self.stage.props.update(
            {
                "data-step": str(self._count),
                "data-path": self.step.path,
                "data-title": f"{title} · {self._picked(self.exhibition.title).text}",
            }
        )
        self.stage.update()
        self._dress(topic)
        with self.stage:
            self.fallbacks.draw()
        with self.stage, Tag("div", None, f"screen {css}") as screen:
            if self.notice:
                trouble(self.notice)
                self.notice = ""
            yield screen
        self.bar.fit()

    def _dress(self, topic: Exhibit | None) -> None:
        details = topic.details if topic else None
        colour = details.colour if isinstance(details, TopicDetails) else theme.INK
        self.root.style(replace=theme.in_colour(colour))
        self.root.props["data-screen"] = self.step.screen
        self.sign()

    def sign(self) -> None:
        """Give the page the thread by which this visit goes on after a restart (``line.js``)."""
        signed = resume.thread(self.context, self.browser, self.session)
        self.root.props["data-thread"] = signed
        self.root.update()

    def on_change(self, changed: Callable[[], Awaitable[None]]) -> None:
        """Have *changed* called after each commit for as long as this step is shown."""
        self._changed = changed

    def on_reword(self, reworded: Callable[[], Awaitable[None]]) -> None:
        """Have *reworded* draw this step in other words, where showing it anew would begin anew."""
        self._reworded = reworded

    def on_tick(self, ticked: Callable[[], Awaitable[None]]) -> None:
        """Have *ticked* called once a second for as long as this step is shown."""
        if ticked not in self._ticked:  # a step that draws itself anew asks again
            self._ticked.append(ticked)

    async def changed(self) -> None:
        """Bring the shown step up to date, in place, and the dialog that may lie over it.

        Also the one that is on its way: it may have read before what was committed.
        """
        await self.report.changed()
        async with self._turn:
            if self._changed is not None:
                await self._changed()

    async def tick(self) -> None:
        """A second has passed."""
        closes = self.step.screen == steps.ATTRACT and self.context.is_closed()
        if self._is_over() or closes:
            self.end()
        if self.leads_away:
            return
        self.dock.tick()
        shown = self._ticked
        for ticked in tuple(shown):
            if shown is self._ticked:  # the one before may have led to another step
                await ticked()

    def end(self) -> None:
        """The visit is over: forget everything of it and begin again."""
        self.context.visits.discard(self)
        self.context.sessions.end(self.browser, self.session)
        self._lead_to("/")

    def _lead_to(self, path: str) -> None:
        """Have the page put another in its place; the browser's history keeps none of them."""
        self.leads_away = True
        self.root.props.update({"data-leads-to": path})
        self.root.update()

    def forget(self) -> None:
        """Let go of everything that was done in this visit; its page is gone."""
        self.session, self.is_forgotten = Session(), True
        self._changed, self._reworded, self._ticked = None, None, []

    def here(self) -> bool:
        """Somebody is there; false for who comes so late that the visit is over."""
        if self._is_over():
            self.end()
            return False
        self.session.touched = self.context.sessions.since_boot()
        return True

    def _is_over(self) -> bool:
        """Whether nobody was there for so long that the page should have ended the visit."""
        alone = self.context.sessions.since_boot() - self.session.touched
        return self.step.screen != steps.ATTRACT and alone > self.idle_after + GRACE_S

    def _say_trouble(self, error: KioskError) -> None:
        t = self.t
        with self.swap(t("This cannot be shown now"), "centred"):
            Tag("h1", t("This cannot be shown now."))
            Tag(
                "p",
                f"{t(error.message, **error.values)} {t(error.cure, **error.values)}".strip(),
                "lead",
            )
        self.dock.show(None)


def trouble(sentence: str) -> Tag:
    """Return the sentence that says what went wrong, read out at once."""
    box = Tag("p", None, "trouble", role="alert")
    with box:
        icon("alert")
        Tag("span", sentence)
    return box
