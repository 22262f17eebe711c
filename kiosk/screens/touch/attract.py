"""The attract screen: one large question that the first touch answers, taking turns slowly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.errors import KioskError
from kiosk.exhibition.localized import direction
from kiosk.exhibition.model import Exhibit, Question, QuestionKind
from kiosk.locale.translator import translator
from kiosk.screens.touch import answers, fill, labels, newest, voting
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.languages import into
from kiosk.screens.touch.question import length_class
from kiosk.screens.touch.refusal import sentence
from kiosk.screens.touch.step import Step
from kiosk.screens.widgets.exchange import exchange
from kiosk.screens.widgets.markup import Tag, button, shown
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

TITLE = "attract-title"
MOST_WORDS = 60
"""Words of an exchange that a passer-by is shown."""

MOST_CHOICES = 4
"""Questions with more answers than this are opened before they are answered."""

MOST_CALLS = 4
"""Languages that are called in: more run out of a screen of 1280 × 800."""


async def show(visit: Visit) -> None:
    """Show the first exhibit and begin to take turns."""
    await Attract(visit).begin()


class Attract:
    """Takes turns between the exhibition's chosen exhibits and the newest exchange."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        exhibition = visit.exhibition
        self.turns: list[Exhibit | None] = [
            exhibition.exhibits[i] for i in exhibition.attract if i in exhibition.exhibits
        ] or list(exhibition.topics()[:1])
        self.at = 0
        self.paused = False
        self._seconds = 0.0

    async def begin(self) -> None:
        """Draw the first turn; the exchange gets a turn of its own where there is a short one."""
        voice = await self.visit.context.database.read(lambda c: newest.voice(c, self.visit))
        if voice is not None and _is_brief(voice):
            self.turns.insert(min(2, len(self.turns)), None)
        await self._draw()
        self._calls()

    async def _tick(self) -> None:
        self._seconds += 1
        if self._is_outdated() and self.visit.context.nobody_visits():
            self.visit.end()
        # Who fits the screen to herself is there: what she reads or hears must not turn away.
        elif self.visit.session.modes.chosen:
            return
        elif not self.paused and self._seconds >= self.visit.context.turn:
            await self._turn()

    def _is_outdated(self) -> bool:
        """Whether a new edition waits, or the exhibition this screen is for has come meanwhile."""
        first = self.visit.context.shelf.first()
        here = self.visit.exhibition.id
        return self.visit.context.shelf.waits() or (
            first is not None and first.exhibition.id != here
        )

    async def _turn(self) -> None:
        self._seconds = 0
        self.at = (self.at + 1) % len(self.turns)
        await self._draw()

    async def _draw(self, problem: str = "") -> None:
        visit, exhibit = self.visit, self.turns[self.at]
        filled, voice = await visit.context.database.read(lambda c: self._look(c, exhibit))
        if exhibit is None and (voice is None or not _is_brief(voice)):
            self.turns.remove(None)
            self.at = 0
            await self._draw()
            return
        visit.step = Step(
            visit.step.language, visit.step.exhibition, steps.ATTRACT, exhibit.id if exhibit else ""
        )
        topic = visit.topic_of(exhibit) if exhibit else visit.topic_of(_about(visit, voice))
        visit.notice = problem
        with visit.swap(visit.text(visit.exhibition.title).text, "attract", topic):
            if exhibit is None and voice is not None:
                self._draw_exchange(voice)
            elif exhibit is not None:
                self._draw_exhibit(exhibit)
        visit.dock.show(topic, filled, about=exhibit)
        visit.on_tick(self._tick)
        if exhibit is None:
            self._follow(voice)

    def _follow(self, voice: PublicComment | None) -> None:
        """Draw anew as soon as the voice on show is no longer public, or is answered anew."""

        async def changed() -> None:
            _, newer = await self.visit.context.database.read(lambda c: self._look(c, None))
            if newer != voice:
                await self._draw()

        self.visit.on_change(changed)

    def _look(
        self, connection: Connection, exhibit: Exhibit | None
    ) -> tuple[int, PublicComment | None]:
        voice = newest.voice(connection, self.visit) if exhibit is None else None
        shown_one = exhibit or _about(self.visit, voice)
        exhibition = self.visit.exhibition
        filled = fill.of_exhibit(connection, exhibition, shown_one) if shown_one else 0
        return filled, voice

    def _draw_exhibit(self, exhibit: Exhibit) -> None:
        visit, question = self.visit, exhibit.question
        labels.question_eyebrow(visit, exhibit)
        text = visit.text(question.text if question else exhibit.title)
        shown("h1", text, f"huge {length_class(text.text)}", id=TITLE)
        if question is None or not _answerable(question):
            shown("p", visit.text(exhibit.lead), "lead")
            button(
                visit.t("Read and answer") if question else visit.t("Read on"),
                self._open,
                "knob strong tall",
                "forward",
                turns=True,
                sign_after=True,
            )
        else:
            answers.offer(visit, question, self._answered, TITLE)
        self._foot()

    def _draw_exchange(self, voice: PublicComment) -> None:
        visit = self.visit
        Tag("h1", visit.t("Asked here, answered there"), "eyebrow")
        exchange(visit.t, voice, visit.context.clock(), visit.city_name, about=newest.about(visit))
        button(
            visit.t("What do you say?"),
            self._open_voice(voice),
            "knob strong tall",
            "forward",
            turns=True,
            sign_after=True,
        )
        self._foot()

    def _foot(self) -> None:
        t = self.visit.t
        with Tag("p", None, "label-line promise"):
            Tag("span", t("No name, no account."))
            sign, words = ("play", t("Go on")) if self.paused else ("pause", t("Pause"))
            button("", self._pause, "pause", sign, aria_label=words)

    async def _pause(self) -> None:
        self.paused = not self.paused
        await self._draw()

    async def _open(self) -> None:
        await self.visit.go(self.visit.step.to(steps.EXHIBIT, self.visit.step.subject))

    def _open_voice(self, voice: PublicComment) -> Callable[[], Awaitable[None]]:
        async def opened() -> None:
            about = _about(self.visit, voice)
            step = self.visit.step
            await self.visit.go(
                step.to(steps.EXHIBIT, about.id) if about else step.to(steps.VOICES)
            )

        return opened

    async def _answered(self, choices: tuple[str, ...], tap: str) -> None:
        exhibit = self.turns[self.at]
        assert exhibit is not None
        assert exhibit.question is not None
        try:
            await voting.cast(self.visit, exhibit.question, choices, tap)
        except KioskError as error:
            await self._draw(sentence(self.visit.t, error))
            return
        await self._open()

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
    """Return the languages of the calls: the screen's own, those of the texts, then others.

    *offered* are the screen's languages, its own first; *written* those of the exhibition's texts.
    """
    own, *others = offered
    return (own, *sorted(others, key=lambda x: x not in written))[:MOST_CALLS]


def _answerable(question: Question) -> bool:
    few = len(question.choice_ids()) <= MOST_CHOICES
    return question.kind is QuestionKind.AGREE or (question.kind is QuestionKind.SINGLE and few)


def _is_brief(voice: PublicComment) -> bool:
    """Whether voice and answer can be read in passing."""
    texts = [voice.text, *(answer.text for answer in voice.answers)]
    return len(texts) > 1 and len(" ".join(texts).split()) <= MOST_WORDS


def _about(visit: Visit, voice: PublicComment | None) -> Exhibit | None:
    return visit.exhibition.exhibits.get(voice.exhibit) if voice else None
