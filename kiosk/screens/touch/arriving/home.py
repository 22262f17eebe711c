"""The home screen: the topics as posters that voices fill, and the ways to everything else."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit, Kind, TopicDetails
from kiosk.screens import theme
from kiosk.screens.touch import fill
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.arriving import summit
from kiosk.screens.touch.frame.dock import poster
from kiosk.screens.touch.listening import newest
from kiosk.screens.touch.step import Step
from kiosk.screens.touch.together import tour_way
from kiosk.screens.touch.ways import lists
from kiosk.screens.widgets.markup import Tag, button, picture, shown
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

POSTER = (300, 400)
"""Pixels of a topic's poster on a screen of 1920 × 1080."""


async def show(visit: Visit) -> None:
    """Show the home screen."""
    exhibition = visit.exhibition

    def look(connection: Connection) -> tuple[dict[str, int], PublicComment | None]:
        return fill.of_topics(connection, exhibition), newest.voice(connection, visit)

    filled, voice = await visit.context.database.read(look)
    title = visit.text(exhibition.title)
    with visit.swap(title.text, "home"):
        with Tag("header", None, "opening"):
            motto = visit.text(exhibition.motto)
            if motto:
                summit.line(visit)
            shown("h1", motto or title)
            shown("p", visit.text(exhibition.invitation), "lead")
        with Tag("ul", None, f"posters n{len(exhibition.topics())}"):
            for topic in exhibition.topics():
                with Tag("li"):
                    _poster(visit, topic, filled.get(topic.id, 0))
        _ways(visit)
    visit.dock.show(None)
    newest.hang(visit, voice)
    shown_voice = voice

    async def changed() -> None:
        """A voice that was taken down leaves the poster at once."""
        nonlocal shown_voice
        _, newer = await visit.context.database.read(look)
        if newer != shown_voice:
            shown_voice = newer
            visit.dock.voice.clear()
            newest.hang(visit, newer)

    visit.on_change(changed)


def _poster(visit: Visit, topic: Exhibit, filled: int) -> None:
    details = topic.details
    made = button("", visit.way(steps.TOPIC, topic.id), "poster", data_topic=topic.id)
    if not isinstance(details, TopicDetails):
        return
    made.style(theme.in_colour(details.colour))
    with made:
        with Tag("span", None, "poster-pattern", aria_hidden="true"):
            picture(poster(details, *POSTER, filled))
        with Tag("span", None, "poster-name"):
            shown("span", visit.text(topic.title), "name")
            with Tag("span", None, "about"):
                for subtopic in details.subtopics:
                    shown("span", visit.text(subtopic.text))


def _ways(visit: Visit) -> None:
    """The great ways as tiles, then the smaller ones; a way without content is not there."""
    t, exhibition = visit.t, visit.exhibition
    with Tag("nav", None, "great-ways", aria_label=t("Choose a way")):
        for kind, words in (
            (Kind.CITY, t("Map of the cities")),
            (Kind.TIMELINE, t("Timeline")),
            (Kind.SESSION, t("Programme")),
            (Kind.DECLARATION, t("Declaration")),
        ):
            if lists.found(exhibition, kind):
                _way(visit, words, lists.way(visit, kind), _SIGNS[kind], css="great-way")
        _way(visit, t("Voices"), visit.step.to(steps.VOICES), "say", css="great-way")
        _way(visit, t("Search"), visit.step.to(steps.SEARCH), "search", css="great-way")
    with Tag("nav", None, "ways", aria_label=t("More of the exhibition")):
        for kind in (Kind(name) for name in lists.KINDS):
            found = lists.found(exhibition, kind)
            if found and kind not in _GREAT:
                words = lists.heading(t, kind, len(found))
                _way(visit, words, lists.way(visit, kind), _SIGNS[kind])
        tour_way.offer(visit, "way", t("Guided tour"))
        words = t("For groups") if visit.party is None else t("Your group")
        _way(visit, words, visit.step.to(steps.GROUP), "group")
        _other_exhibitions(visit)


def _other_exhibitions(visit: Visit) -> None:
    t = visit.t
    for other in visit.context.shelf.ids():
        hung = visit.context.shelf.get(other)
        if hung and other != visit.exhibition.id:
            words = (
                t("See the full chain with an example")
                if hung.exhibition.example
                else t("To the real exhibition")
            )
            _way(visit, words, Step(visit.step.language, other), "forward", turns=True)


def _way(
    visit: Visit, words: str, step: Step, sign: str, *, css: str = "way", turns: bool = False
) -> None:
    button(words, partial(visit.go, step), css, sign, turns=turns)


_GREAT = frozenset({Kind.CITY, Kind.TIMELINE, Kind.SESSION, Kind.DECLARATION})
"""Kinds that have a screen of their own, to which a tile leads."""

_SIGNS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.DECLARATION: "declaration",
        Kind.TIMELINE: "timeline",
        Kind.SESSION: "programme",
        Kind.CITY: "cities",
        Kind.COMMITMENT: "commitments",
        Kind.WORD: "words",
        Kind.PRACTICE: "practice",
        Kind.RESOURCE: "resource",
        Kind.MEDIA: "enlarge",
        Kind.CONCLUSION: "agree",
        Kind.STATEMENT: "say",
        Kind.QUESTION: "say",
    }
)
