"""Which voices a visitor wants: newest, most supported or answered; of all topics or of one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit, TopicDetails
from kiosk.screens import theme
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.screens.widgets.markup import Tag, button, shown
from kiosk.voice import voices_store
from kiosk.voice.voices_store import Order, Wanted

if TYPE_CHECKING:
    from kiosk.locale.translator import Translator
    from kiosk.screens.touch.visit import Visit

ORDER, TOPIC = "order", "topic"
"""Under which the visit's memory keeps what is wanted."""

Counts = Mapping[Order, Mapping[str, int]]
"""How many voices each exhibit has, by what is wanted."""


def label(t: Translator, order: Order) -> str:
    """Return the name of a filter."""
    return {
        Order.NEWEST: t("Newest"),
        Order.SUPPORTED: t("Most supported"),
        Order.ANSWERED: t("Answered"),
    }[order]


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted: an order, and the id of a topic, or empty for all."""

    order: Order = Order.NEWEST
    topic: str = ""


def remembered(visit: Visit) -> Choice:
    """Return what this visit wanted last."""
    looks_for = visit.session.looks_for
    topic = looks_for.get(TOPIC, "")
    known = topic in {t.id for t in visit.exhibition.topics()}
    order = looks_for.get(ORDER, "")
    return Choice(Order(order) if order in list(Order) else Order.NEWEST, topic if known else "")


def remember(visit: Visit, choice: Choice) -> None:
    """Keep it until the visit ends."""
    visit.session.looks_for[ORDER] = str(choice.order)
    visit.session.looks_for[TOPIC] = choice.topic


def wanted(visit: Visit, choice: Choice) -> Wanted:
    """Return what the database is asked for; an exhibit's own screen shows that exhibit only."""
    about = visit.subject()
    return Wanted(visit.exhibition.id, choice.order, _exhibits(visit, about, choice.topic))


def _exhibits(visit: Visit, about: Exhibit | None, topic: str) -> tuple[str, ...] | None:
    if about is not None:
        return (about.id,)
    if not topic:
        return None
    return (topic, *(exhibit.id for exhibit in visit.exhibition.in_topic(topic)))


def count(connection: Connection, visit: Visit) -> Counts:
    """Return how many voices each filter would show."""
    if not voices_may_show(connection, visit.context.clock()):
        return {order: {} for order in Order}
    exhibition = visit.exhibition.id
    return {order: voices_store.counts(connection, exhibition, order) for order in Order}


class Filters:
    """The large buttons; each says how many voices it shows, also none."""

    def __init__(self, visit: Visit, choice: Choice, chosen: Callable[[Choice], Awaitable[None]]):
        self.visit = visit
        self.choice = choice
        self._chosen = chosen
        self._numbers: list[tuple[Choice, Tag, Tag]] = []
        t = visit.t
        with Tag("div", None, "filters orders", role="group", aria_label=t("Which voices")):
            for order in Order:
                self._button(Choice(order, choice.topic), label(t, order), "by-order")
        if visit.subject() is None and len(visit.exhibition.topics()) > 1:
            self._topics()

    def _topics(self) -> None:
        visit, t = self.visit, self.visit.t
        with Tag("div", None, "filters topics", role="group", aria_label=t("Which topic")):
            self._button(Choice(self.choice.order), t("All topics"), "by-topic")
            for topic in visit.exhibition.topics():
                self._button(Choice(self.choice.order, topic.id), "", "by-topic", topic)

    def _button(self, choice: Choice, words: str, css: str, topic: Exhibit | None = None) -> None:
        async def choose() -> None:
            await self._chosen(self._meant(choice, css))

        made = button("", choose, f"filter {css}", data_often="")
        if topic is not None and isinstance(topic.details, TopicDetails):
            made.style(theme.in_colour(topic.details.colour))
        with made:
            if topic is not None:
                Tag("span", None, "dot", aria_hidden="true")
                shown("span", self.visit.text(topic.title))
            else:
                Tag("span", words)
            number = Tag("span", "", "filter-count")
        self._numbers.append((choice, made, number))

    def _meant(self, choice: Choice, css: str) -> Choice:
        """An order keeps the topic that is chosen now, a topic the order."""
        if css == "by-order":
            return Choice(choice.order, self.choice.topic)
        return Choice(self.choice.order, choice.topic)

    def show(self, choice: Choice, counts: Counts) -> None:
        """Mark what is chosen, and say how many voices each button shows."""
        self.choice = choice
        for meant, made, number in self._numbers:
            by_order = "by-order" in made.classes
            now = self._meant(meant, "by-order" if by_order else "by-topic")
            pressed = now == choice
            made.props.update({"aria-pressed": str(pressed).lower()})
            made.update()
            number.say(self.visit.t.number(self._count(now, counts)))

    def _count(self, choice: Choice, counts: Counts) -> int:
        of = wanted(self.visit, choice).exhibits
        found = counts.get(choice.order, {})
        return sum(n for exhibit, n in found.items() if of is None or exhibit in of)
