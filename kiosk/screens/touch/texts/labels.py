"""The museum label of an exhibit: what it is, how firmly it stands, who says so, who translated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kiosk.exhibition.localized import Shown
from kiosk.exhibition.model import ConclusionDetails, Exhibit, Standing, TopicDetails
from kiosk.screens.touch import modes
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, foreign, shown

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

OWN_SOURCE = "exhibition"
"""The source that is this exhibition itself: its standing says so already."""


def eyebrow(visit: Visit, exhibit: Exhibit, *, title: bool = False, who_asks: bool = False) -> None:
    """The line above the headline: topic, sub-topic, then the exhibit's kind or its title."""
    topic = visit.topic_of(exhibit)
    with Tag("p", None, "eyebrow"):
        if topic is not None:
            Tag("span", None, "dot", aria_hidden="true")
            if topic.id != exhibit.id:
                shown("span", visit.text(topic.title), "strong")
                _subtopic(visit, topic, exhibit)
        if title:
            shown("span", visit.text(exhibit.title), "aside-title")
        else:
            Tag("span", words.kind_label(visit.t, exhibit.kind))
        if who_asks and exhibit.question is not None:
            Tag("span", words.standing_label(visit.t, Standing.PUT), "who-asks")


def concluded_by(visit: Visit, reached_in: str, css: str) -> None:
    """Say which session reached a conclusion, where it is known."""
    found = visit.exhibition.exhibits.get(reached_in)
    if found is not None:
        title = visit.text(found.title).text
        Tag("span", visit.t("Concluded by: {session}", session=title), css)


def question_eyebrow(visit: Visit, exhibit: Exhibit) -> None:
    """The line above the attract screen's sentence: exhibition, topic, and who says it."""
    topic = visit.topic_of(exhibit)
    with Tag("p", None, "eyebrow"):
        Tag("span", None, "dot", aria_hidden="true")
        shown("span", visit.text(visit.exhibition.title), "strong")
        if topic is not None and topic.id != exhibit.id:
            shown("span", visit.text(topic.title))
        Tag("span", words.who_says(visit.t, exhibit), "who-asks")


def _subtopic(visit: Visit, topic: Exhibit, exhibit: Exhibit) -> None:
    details = topic.details
    if isinstance(details, TopicDetails):
        for subtopic in details.subtopics:
            if subtopic.id == exhibit.subtopic:
                shown("span", visit.text(subtopic.text), "subtopic")


def session(exhibit: Exhibit) -> str:
    """Return the id of the session that reached a conclusion, empty for anything else."""
    return exhibit.details.session if isinstance(exhibit.details, ConclusionDetails) else ""


def standing_line(
    visit: Visit, standing: Standing, sources: Sequence[str], reached_in: str = ""
) -> None:
    """The label that says how firmly a sentence stands, who reached it, and its sources."""
    t = visit.t
    with Tag("p", None, "label-line"):
        Tag(
            "span",
            words.standing_label(t, standing),
            f"standing {standing}",
            title=words.standing_meaning(t, standing),
        )
        concluded_by(visit, reached_in, "by-whom")
        for source in words.sources_of(t, visit.exhibition, sources):
            if source.id != OWN_SOURCE:
                with Tag("span", None, "source"):
                    Tag("span", t("Source:"), "source-word")
                    foreign("cite", source.title, source.language)
                    rest = words.cited(t, source)
                    if rest:
                        Tag("span", rest)


def translation_note(visit: Visit, text: Shown) -> None:
    """Say when a text is a machine's translation, and whether it is in easy language."""
    t = visit.t
    if modes.EASY in visit.session.modes:
        words = t("In easy language") if text.easy else t("There is no easy version of this yet.")
        Tag("p", words, "translated easy-mark")
    if text.status == "machine, unreviewed" and text.easy:
        Tag("p", t("Put into easy language by a machine, not reviewed by a person"), "translated")
    elif text.status == "machine, unreviewed" and text.translated_from:
        Tag("p", t("Machine translation, not reviewed by a person"), "translated")
    elif text.status == "machine, unreviewed":
        Tag("p", t("Text by a machine, not reviewed by a person"), "translated")
    elif text.status == "reviewed" and text.translated_from and not text.easy:
        name = t.language_name(text.translated_from)
        Tag("p", t("Translated from {language}, reviewed", language=name), "translated")
