"""The home screen: the topics as posters that voices fill, and the ways to everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit, Kind, TopicDetails
from kiosk.screens import theme
from kiosk.screens.touch import fill, lists, newest
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.dock import poster
from kiosk.screens.touch.step import Step
from kiosk.screens.widgets.markup import Tag, button, drawing, shown
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
            shown("h1", visit.text(exhibition.motto) or title)
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
    async def open_topic() -> None:
        await visit.go(visit.step.to(steps.TOPIC, topic.id))

    details = topic.details
    made = button("", open_topic, "poster", data_topic=topic.id)
    if not isinstance(details, TopicDetails):
        return
    made.style("; ".join(f"{k}: {v}" for k, v in theme.topic_style(details.colour).items()))
    with made:
        with Tag("span", None, "poster-pattern", aria_hidden="true"):
            drawing(poster(details, *POSTER, filled))
        with Tag("span", None, "poster-name"):
            shown("span", visit.text(topic.title), "name")
            subtopics = [visit.text(s.text).text for s in details.subtopics]
            Tag("span", " · ".join(subtopics), "about")


def _ways(visit: Visit) -> None:
    t = visit.t
    with Tag("nav", None, "ways", aria_label=t("More of the exhibition")):
        for kind in lists.KINDS:
            found = lists.found(visit.exhibition, Kind(kind))
            if found:
                _way(visit, lists.heading(t, Kind(kind), len(found)), lists.way(visit, kind), kind)
        _way(visit, t("Voices"), visit.step.to(steps.VOICES), "say")
        for other in visit.context.shelf.ids():
            hung = visit.context.shelf.get(other)
            if hung and other != visit.exhibition.id:
                words = (
                    t("See the full chain with an example")
                    if hung.exhibition.example
                    else t("To the real exhibition")
                )
                _way(visit, words, Step(visit.step.language, other), "forward", turns=True)


def _way(visit: Visit, words: str, step: Step, sign: str, *, turns: bool = False) -> None:
    async def go() -> None:
        await visit.go(step)

    button(words, go, "knob quiet", _SIGNS.get(sign, sign), turns=turns)


_SIGNS = {
    "declaration": "declaration",
    "timeline": "timeline",
    "session": "programme",
    "city": "cities",
    "commitment": "commitments",
    "word": "words",
    "practice": "practice",
    "resource": "resource",
    "media": "enlarge",
    "conclusion": "agree",
    "statement": "say",
    "question": "say",
}
