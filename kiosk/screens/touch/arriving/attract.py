"""The attract screen: one large question that the first touch answers, taking turns slowly.

What opens the exhibit of a turn is marked ``data-enters``: a touch on the poster presses it, too
(``attract.js``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from nicegui import ui
from sqlalchemy import Connection

from kiosk.errors import KioskError
from kiosk.exhibition.localized import direction
from kiosk.exhibition.model import Exhibit, Question
from kiosk.exhibition.voting_period import is_open, open_question
from kiosk.locale.translator import translator
from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.answering import answers, voting
from kiosk.screens.touch.answering.question import length_class
from kiosk.screens.touch.arriving import turns
from kiosk.screens.touch.arriving.turns import Turn
from kiosk.screens.touch.frame.languages import into
from kiosk.screens.touch.listening import newest
from kiosk.screens.touch.refusal import sentence
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.texts import labels, shut
from kiosk.screens.widgets.exchange import exchange
from kiosk.screens.widgets.markup import PRESS, Tag, button, icon, own_language, shown
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

TITLE = "attract-title"
MOST_CALLS = 3
"""Languages that are called in: more run out of a screen of 1280 × 800."""
LONGEST_PAUSE_S = 120
"""Seconds that a pause lasts at most: whoever asked for it has gone, and the poster hangs there."""


async def show(visit: Visit) -> None:
    """Show the first exhibit and begin to take turns."""
    await Attract(visit).begin()


class Attract:
    """Takes turns between the exhibition's chosen exhibits and the newest exchanges."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.turns: list[Turn] = []
        self.at = 0
        self.paused = False
        self.still = False
        """Whether it waits for good: the browser's owner asked for less motion."""
        self._seconds = 0.0
        self._asked: Question | None = None
        """The question that is on show, while it can be answered."""
        self._writing = False
        """Whether an answer is being written: whoever gave it is here, and is shown it next."""
        self._followed: PublicComment | None = None
        """The voice that is on show, as it was drawn."""
        self._problem = ""
        """Why the answer was refused, as long as this turn lasts."""

    async def begin(self) -> None:
        """Draw the first turn, call in other languages, and stand still for whom motion is ill."""
        await self._next_round()
        await self._draw()
        self._calls()
        ui.on("kiosk-still", self._stand_still)
        ui.on("kiosk-touched", self._touched)
        ui.on("kiosk-keyed", self._keyed)
        # The question that somebody reads stays, and so does what stands still.
        self.visit.on_reword(self._draw)

    async def _next_round(self) -> None:
        """Gather what takes turns anew: exchanges have come and gone since the last round."""
        exhibition = self.visit.exhibition
        chosen = [exhibition.exhibits[i] for i in exhibition.attract if i in exhibition.exhibits]
        newest = await self.visit.context.database.read(lambda c: turns.exchanges(c, self.visit))
        now = self.visit.context.clock()
        # Without any, as when every vote is over, the topics are the way in.
        due = [e for e in chosen if turns.is_due(e, now)] or exhibition.topics()
        self.turns = turns.a_round(due, newest, now)
        self.at = 0

    async def _tick(self) -> None:
        self._seconds += 1
        # Who fits the screen to herself is there: what she reads or hears must not turn away.
        if self._writing or self.visit.session.modes.chosen:
            return
        if self._is_outdated() and self.visit.context.nobody_visits() and not self._is_told():
            self.visit.end()
        elif self._asked is not None and not is_open(self._asked, self.visit.context.clock()):
            await self._draw()  # also where it stands still: the next touch would be refused
        elif self.paused:
            if not self.still and self._seconds >= LONGEST_PAUSE_S:
                self._pause()
        elif self._seconds >= self.visit.context.turn:
            await self._turn()

    def _is_told(self) -> bool:
        """Whether somebody is being told why her answer was refused; she has a turn to read it."""
        return bool(self._problem) and self._seconds < self.visit.context.turn

    def _is_outdated(self) -> bool:
        """Whether a new edition waits, or the exhibition this screen is for has come meanwhile."""
        first = self.visit.context.shelf.first()
        here = self.visit.exhibition.id
        return self.visit.context.shelf.waits() or (
            first is not None and first.exhibition.id != here
        )

    async def _turn(self) -> None:
        self._seconds = 0
        self.at += 1
        if self.at >= len(self.turns):
            await self._next_round()
        await self._draw()

    async def _draw(self, problem: str = "") -> None:
        visit, turn = self.visit, self.turns[self.at]
        filled, now = await visit.context.database.read(lambda c: self._look(c, turn))
        if visit.step.screen != steps.ATTRACT:
            return  # somebody touched the screen meanwhile, and is on another step by now
        if now is None:
            await self._pass_over(turn)
            return
        exhibit = self._exhibit_of(now)
        subject = "" if isinstance(now, PublicComment) else now.id
        visit.step = Step(visit.step.language, visit.step.exhibition, steps.ATTRACT, subject)
        topic = visit.topic_of(exhibit)
        self._asked = self._followed = None
        self._problem = visit.notice = problem
        with visit.swap(visit.text(visit.exhibition.title).text, "attract", topic) as screen:
            if isinstance(now, PublicComment):
                screen.props["data-fits"] = ".quotation, .answer-text"
                self._draw_exchange(now)
            else:
                screen.props["data-fits"] = "h1, .lead"
                self._draw_exhibit(now)
        visit.dock.show(topic, filled, about=exhibit)
        visit.on_tick(self._tick)
        if isinstance(now, PublicComment):
            self._follow(now)

    async def _pass_over(self, turn: Turn) -> None:
        """Leave out what may not be shown any more, or can be answered no more."""
        self.turns.remove(turn)
        if self.at >= len(self.turns):
            await self._next_round()
        await self._draw()

    def _follow(self, voice: PublicComment) -> None:
        """Draw anew as soon as the voice on show is no longer public, or is answered anew."""
        self._followed = voice

        async def changed() -> None:
            if self._followed is not voice:
                return  # it has had its turn: what is on show now is no affair of it
            _, now = await self.visit.context.database.read(lambda c: self._look(c, voice))
            if now != voice and self._followed is voice:
                await self._draw()

        self.visit.on_change(changed)

    def _look(self, connection: Connection, turn: Turn) -> tuple[int, Turn | None]:
        exhibit = self._exhibit_of(turn)
        filled = fill.of_exhibit(connection, self.visit.exhibition, exhibit) if exhibit else 0
        if isinstance(turn, PublicComment):
            return filled, turns.as_it_is_now(connection, self.visit, turn)
        due = turns.is_due(turn, self.visit.context.clock())
        return filled, turn if due else None

    def _exhibit_of(self, turn: Turn) -> Exhibit | None:
        """Return the exhibit itself, or the one that a voice speaks to."""
        if isinstance(turn, PublicComment):
            return self.visit.exhibition.exhibits.get(turn.exhibit)
        return turn

    def _draw_exhibit(self, exhibit: Exhibit) -> None:
        visit = self.visit
        question = self._asked = open_question(exhibit, visit.context.clock())
        labels.question_eyebrow(visit, exhibit)
        text = visit.text(question.text if question else exhibit.title)
        css = f"huge {length_class(text.text)}"
        enters = partial(visit.go, visit.step_of(exhibit))
        if question is None or not turns.answered_by_touch(question):
            shown("h1", text, css, id=TITLE)
            shown("p", visit.text(exhibit.lead), "lead")
            button(
                visit.t("Read and answer") if question else visit.t("Read on"),
                enters,
                "knob strong tall",
                "forward",
                turns=True,
                sign_after=True,
                data_enters="",
            )
        else:
            # A sentence that stands in is set in its own script: the headline has its language.
            with Tag("h1", None, css, id=TITLE, **own_language(text)):
                way = Tag("button", text.text, type="button", data_enters="")
                way.props["data-exhibit"] = exhibit.id
                way.on("click", enters, js_handler=PRESS)
            answers.offer(visit, question, partial(self._answered, exhibit), TITLE)
        self._foot()

    def _draw_exchange(self, voice: PublicComment) -> None:
        visit = self.visit
        Tag("h1", turns.headline(visit, voice), "eyebrow met")
        exchange(visit.t, voice, visit.context.clock(), visit.city_name, about=newest.about(visit))
        button(
            visit.t("What do you say?"),
            self._open_voice(voice),
            "knob strong tall",
            "forward",
            turns=True,
            sign_after=True,
            data_enters="",
        )
        self._foot()

    def _foot(self) -> None:
        with Tag("p", None, "label-line promise"):
            Tag("span", self.visit.t("No name, no account."))
            knob = button("", self._pause, "pause")
            self._knob = knob
        self._sign()

    def _sign(self) -> None:
        """Say on the knob what it does now; it stays the same one, so that focus stays on it."""
        t = self.visit.t
        sign, words = ("play", t("Go on")) if self.paused else ("pause", t("Pause"))
        self._knob.clear()
        with self._knob:
            icon(sign)
        held = "yes" if self.paused and not self.still else "no"
        self._knob.props.update({"aria-label": words, "data-held": held})
        self._knob.update()

    def _pause(self) -> None:
        self.paused = not self.paused
        self.still = False
        self._seconds = 0.0
        self._sign()

    def _touched(self) -> None:
        """Somebody touches anything but the knob: her turn begins anew, and a pause left ends.

        A question that turned away between finger and answer would lose the first touch.
        """
        self._seconds = 0.0
        if self.paused and not self.still and not self._knob.is_deleted:
            self._pause()

    def _keyed(self) -> None:
        """Somebody goes from key to key; what she paused stays so."""
        self._seconds = 0.0

    def _stand_still(self) -> None:
        """Wait to be told to go on: this browser's owner asked for less motion."""
        if self.paused or self._knob.is_deleted:
            return
        self._pause()
        self.still = True
        self._sign()

    def _open_voice(self, voice: PublicComment) -> Callable[[], Awaitable[None]]:
        async def opened() -> None:
            visit, about = self.visit, self._exhibit_of(voice)
            await visit.go(visit.step_of(about) if about else visit.step.to(steps.VOICES))

        return opened

    async def _answered(self, exhibit: Exhibit, choices: tuple[str, ...], tap: str) -> None:
        """Count an answer to the exhibit that it was drawn for, though another has its turn now."""
        assert exhibit.question is not None
        if self.visit.leads_away:
            return  # the poster that comes asks her anew: she would be counted twice
        self._writing = True
        try:
            await voting.cast(self.visit, exhibit.question, choices, tap)
        except KioskError as error:
            # Its own screen says since when, and what it came to, if this edition knows of it.
            if shut.knows(self.visit, exhibit.question, error):
                await self.visit.go(self.visit.step.to(steps.EXHIBIT, exhibit.id))
                return
            self._seconds = 0.0
            await self._draw(sentence(self.visit.t, error))
            return
        finally:
            self._writing = False
        await self.visit.go(self.visit.step.to(steps.EXHIBIT, exhibit.id))

    def _calls(self) -> None:
        """Call in a few languages, each opens the same question in it; all are behind one sign."""
        visit = self.visit
        with visit.bar.calls:
            for language in called(visit.context.languages, visit.exhibition.languages):
                self._call(language)
            every = button(
                "",
                css="knob round quiet",
                sign="language",
                data_opens="language",
                aria_haspopup="dialog",
                aria_label=visit.t("Choose your language"),
            )
            every.on("click", js_handler="(event) => kiosk.open(event)")

    def _call(self, language: str) -> None:
        async def called() -> None:
            await self.visit.go(into(self.visit, language))

        t = translator(language)
        button(
            t("Answer it"),
            called,
            "knob quiet call",
            lang=language,
            dir=direction(language),
        )


def called(offered: Sequence[str], written: Collection[str]) -> tuple[str, ...]:
    """Return the languages of the calls: those of the texts, then others.

    *offered* are the screen's languages; the first, its own, is that of all else on it.
    *written* are those of the exhibition's texts.
    """
    return tuple(sorted(offered[1:], key=lambda x: x not in written)[:MOST_CALLS])
