"""What was found, drawn: cards with the words looked for marked, and a kind word where none is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kiosk.exhibition.localized import direction
from kiosk.exhibition.model import Exhibit, Kind, TopicDetails
from kiosk.exhibition.search_index import Found, Hit
from kiosk.exhibition.search_words import excerpt, marked
from kiosk.screens import theme
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.finding import search_groups
from kiosk.screens.touch.search_finder import ANSWER, VOICE
from kiosk.screens.touch.step import Step
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, button, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

BRIEF = 6
"""Cards seen while the keyboard is there."""

OF_EACH = 3
"""Cards of a group until all of it is wanted."""

Look = Callable[[str], Callable[[], object]]
"""Returns what looks for other words when it is pressed."""


def brief(visit: Visit, found: Found) -> None:
    """Put the best of everything on the screen, in one list."""
    with Tag("ul", None, "found brief"):
        for hit in found.hits[:BRIEF]:
            with Tag("li"):
                card(visit, hit)


class Groups:
    """Everything that was found, by groups; a long one shows the rest when it is asked to."""

    def __init__(self, visit: Visit, found: Found) -> None:
        self.visit = visit
        for group, hits in search_groups.grouped(found.hits).items():
            self._group(group, hits)

    def _group(self, group: str, hits: Sequence[Hit]) -> None:
        visit = self.visit
        with Tag("section", None, f"found-group {group}", aria_labelledby=f"found-{group}"):
            with Tag("h2", None, "minor", id=f"found-{group}"):
                Tag("span", search_groups.name(visit.t, group))
                Tag("span", visit.t.number(len(hits)), "found-count")
            cards = Tag("ul", None, "found")
            with cards:
                self._cards(hits[:OF_EACH])
            if len(hits) > OF_EACH:
                self._rest(cards, hits[OF_EACH:])

    def _cards(self, hits: Sequence[Hit]) -> list[Tag]:
        made = []
        for hit in hits:
            with Tag("li"):
                made.append(card(self.visit, hit))
        return made

    def _rest(self, cards: Tag, hits: Sequence[Hit]) -> None:
        def show() -> None:
            more.set_visibility(False)
            with cards:
                first, *_ = self._cards(hits)
            first.take_focus()  # who pressed has lost the button

        label = self.visit.t.plural("{n} more", "{n} more", len(hits))
        more = button(label, show, "knob quiet found-more", "down")


def card(visit: Visit, hit: Hit) -> Tag:
    """One thing that was found, and the way to it."""
    entry, t = hit.entry, visit.t
    exhibit = visit.exhibition.exhibits.get(entry.id)
    to = partial(visit.go, _step_to(visit, hit))
    made = button("", to, f"found-card of-{entry.kind}", data_found=entry.id)
    topic = visit.topic_of(exhibit)
    if topic is not None and isinstance(topic.details, TopicDetails):
        made.style(theme.in_colour(topic.details.colour))
    with made:
        with Tag("span", None, "found-kind"):
            Tag("span", _kind(visit, entry.kind, exhibit))
            if entry.language != visit.step.language:
                name = t.language_name(entry.language)
                Tag("span", t("in {language}", language=name), "found-language")
        if entry.kind == ANSWER:
            Tag("span", t("Answered by {name}", name=entry.title), "found-title")
        elif entry.title:
            _marked(visit, hit, entry.title, "found-title")
        if entry.text:
            said = entry.kind in {VOICE, ANSWER}
            css = "found-text quoted" if said else "found-text"
            unread = {"data_unread": ""} if entry.kind == VOICE else {}
            _marked(visit, hit, excerpt(entry.text, hit.terms), css, **unread)
    return made


def _step_to(visit: Visit, hit: Hit) -> Step:
    entry = hit.entry
    screens = {VOICE: steps.VOICE, ANSWER: steps.VOICE, str(Kind.TOPIC): steps.TOPIC}
    return visit.step.to(screens.get(entry.kind, steps.EXHIBIT), entry.leads_to or entry.id)


def _kind(visit: Visit, kind: str, exhibit: Exhibit | None) -> str:
    if kind == ANSWER:
        return visit.t("Official answer")
    if exhibit is None:
        return visit.t("A resident says")
    label = words.kind_label(visit.t, exhibit.kind)
    topic = visit.topic_of(exhibit)
    if topic is None or topic.id == exhibit.id:
        return label
    return f"{label} · {visit.text(topic.title).text}"


def _marked(visit: Visit, hit: Hit, text: str, css: str, **attributes: str) -> None:
    """A text as it was written, never as markup, with the words that were found marked."""
    language = hit.entry.language
    if language != visit.step.language:
        attributes |= {"lang": language, "dir": direction(language)}
    with Tag("span", None, css, **attributes):
        for part in marked(text, hit.terms):
            Tag("mark" if part.hit else "span", part.text)


def nothing(visit: Visit, query: str, found: Found, look: Look) -> None:
    """Say kindly that nothing was found, and lead on: words at hand, topics, voices."""
    t = visit.t
    with Tag("div", None, "nothing"):
        said = t("We found nothing for {words}.", words=t.quote(query))
        Tag("p", said, "large", data_unread="")  # nobody in the hall hears what was typed
        if found.instead:
            Tag("p", t("Did you mean:"), "hint")
            with Tag("p", None, "row"):
                for word in found.instead:
                    button(word, look(word), "knob")
        else:
            Tag("p", t("Try one word, or begin with a topic."), "hint")
        topics(visit)


def topics(visit: Visit) -> None:
    """The topics as ways, and all voices."""
    with Tag("ul", None, "row topic-ways"):
        for topic in visit.exhibition.topics():
            with Tag("li"):
                _topic(visit, topic)
        with Tag("li"):
            to = visit.way(steps.VOICES)
            button(visit.t("What residents say"), to, "knob quiet", "say")


def _topic(visit: Visit, topic: Exhibit) -> None:
    to = visit.way(steps.TOPIC, topic.id)
    made = button("", to, "knob quiet topic-way")
    if isinstance(topic.details, TopicDetails):
        made.style(theme.in_colour(topic.details.colour))
    with made:
        Tag("span", None, "dot", aria_hidden="true")
        shown("span", visit.text(topic.title))
