"""A topic: what was worked on, and its conclusions and statements as cards to leaf through."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit, Kind, Standing, TopicDetails
from kiosk.exhibition.voting_period import open_question
from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.frame.dock import poster
from kiosk.screens.touch.texts import labels, reading
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, picture, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

FIRST_KINDS = (Kind.CONCLUSION, Kind.STATEMENT, Kind.QUESTION)
"""What is leafed through first; everything else of the topic follows."""

STRIP = (430, 300)
"""Pixels of the pattern at a card's head on a screen of 1920 × 1080."""

PAGE = 2
"""Cards seen at once."""


async def show(visit: Visit, before: Leaves | None = None) -> None:
    """Show the topic; reworded, the cards that were leafed to *before*."""
    exhibition, topic = visit.exhibition, visit.subject()
    assert topic is not None
    filled = await visit.context.database.read(
        lambda connection: fill.of_exhibits(connection, exhibition)
    )
    with visit.swap(visit.text(topic.title).text, "topic", topic):
        with Tag("header", None, "opening"):
            labels.eyebrow(visit, topic)
            shown("h1", visit.text(topic.title))
            shown("p", visit.text(topic.lead), "lead")
            _what_is_known(visit, topic)
        with Tag("div", None, "leaves"):
            leaves = Leaves(visit, topic, _cards_of(visit, topic), filled, before)
    ours = [e.id for e in exhibition.in_topic(topic.id)]
    visit.dock.show(topic, sum(filled.get(i, 0) for i in (topic.id, *ours)), about=topic)
    visit.on_reword(partial(show, visit, leaves))


def _cards_of(visit: Visit, topic: Exhibit) -> list[Exhibit]:
    exhibits = [e for e in visit.exhibition.in_topic(topic.id) if e.kind is not Kind.CITY]
    order = {kind: place for place, kind in enumerate(FIRST_KINDS)}
    return sorted(exhibits, key=lambda e: order.get(e.kind, len(order)))


def _what_is_known(visit: Visit, topic: Exhibit) -> None:
    """Say who spoke and, where no conclusion is at hand, that none was published."""
    details = topic.details
    if isinstance(details, TopicDetails) and details.subtopics:
        with Tag("ul", None, "subtopics", aria_label=visit.t("Sub-topics")):
            for subtopic in details.subtopics:
                shown("li", visit.text(subtopic.text))
    with reading.column(visit):
        for passage in topic.passages:
            shown("p", visit.text(passage.text), "notice")
        if not topic.passages and not _concluded(visit, topic):
            Tag("p", visit.t("What this workshop concluded is not published."), "notice")
        labels.standing_line(visit, topic.standing, topic.sources)
        labels.translation_note(visit, visit.text(topic.lead))


def _concluded(visit: Visit, topic: Exhibit) -> bool:
    return any(e.kind is Kind.CONCLUSION for e in visit.exhibition.in_topic(topic.id))


class Leaves:
    """Cards, a few at once, with buttons to leaf on and back; the buttons stay in place."""

    def __init__(
        self,
        visit: Visit,
        topic: Exhibit,
        cards: list[Exhibit],
        filled: Mapping[str, int],
        before: Leaves | None,
    ) -> None:
        self.visit = visit
        self.topic = topic
        self.cards = cards
        self.filled = filled
        self.first: int = before.first if before else 0
        t = visit.t
        self._row = Tag("ul", None, "cards")
        with Tag("div", None, "leaf-row"):
            self._back = button(
                "",
                self._turn_back,
                "knob round",
                "back",
                turns=True,
                data_often="",
                aria_label=t("Cards before"),
            )
            self._place = Tag("p", "", "leaf-place", role="status")
            self._on = button(
                "",
                self._turn_on,
                "knob round",
                "next",
                turns=True,
                data_often="",
                aria_label=t("More cards"),
            )
        self._draw()

    def _turn_on(self) -> None:
        if self.first + PAGE < len(self.cards):
            self.first += PAGE
            self._draw()

    def _turn_back(self) -> None:
        if self.first > 0:
            self.first = max(0, self.first - PAGE)
            self._draw()

    def _draw(self) -> None:
        t, total = self.visit.t, len(self.cards)
        self._row.clear()
        with self._row:
            for card in self.cards[self.first : self.first + PAGE]:
                with Tag("li"):
                    self._card(card)
        last = min(self.first + PAGE, total)
        self._place.say(
            t("{first} to {last} of {all}", first=self.first + 1, last=last, all=total)
            if total
            else t("No cards yet.")
        )
        for knob, ends in ((self._back, self.first == 0), (self._on, last >= total)):
            knob.props.update({"aria-disabled": str(ends).lower()})
            knob.update()
            knob.set_visibility(total > PAGE)

    def _card(self, card: Exhibit) -> None:
        visit, details = self.visit, self.topic.details

        to = visit.way(steps.EXHIBIT, card.id)
        with button("", to, f"card kind-{card.kind}", data_exhibit=card.id):
            if isinstance(details, TopicDetails):
                with Tag("span", None, "card-pattern", aria_hidden="true"):
                    picture(poster(details, *STRIP, self.filled.get(card.id, 0)))
            _card_text(visit, card)


def _card_text(visit: Visit, card: Exhibit) -> None:
    """What is large is said by whom the card names: a conclusion, or a question put here."""
    asked = card.question if card.standing is Standing.PUT else None
    with Tag("span", None, "card-text"):
        if asked is not None:
            Tag("span", words.standing_label(visit.t, Standing.PUT), "card-kind who-asks")
            shown("span", visit.text(asked.text), "card-title")
            shown("span", visit.text(card.title), "card-about")
        else:
            Tag("span", words.kind_label(visit.t, card.kind), "card-kind")
            shown("span", visit.text(card.title), "card-title")
        labels.concluded_by(visit, labels.session(card), "card-about")
        asks = open_question(card, visit.context.clock()) is not None
        foot = visit.t("Answer it") if asks else visit.t("Read it")
        with Tag("span", None, "card-foot"):
            if card.standing is not Standing.PUT:
                Tag(
                    "span",
                    words.standing_label(visit.t, card.standing),
                    f"standing {card.standing}",
                )
            Tag("span", foot, "card-do")
