"""One comment on the desk: its words as large as they fit, and all that is needed to judge it."""

from __future__ import annotations

from kiosk.exhibition.model import Exhibit, TopicDetails
from kiosk.locale.translator import translator
from kiosk.people.permissions import Permission
from kiosk.screens import theme
from kiosk.screens.desk import names
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, drawing, foreign, shown
from kiosk.screens.widgets.pattern import pattern
from kiosk.voice.comment import Comment

_SIZES = ((60, "size-1"), (140, "size-2"), (280, "size-3"))
"""Characters up to which a text is set in this size."""


def card(seat: Seat, comment: Comment) -> Tag:
    """Draw a comment with the exhibit that it answers and the facts about it."""
    exhibit = seat.exhibition.exhibits.get(comment.exhibit)
    with Tag("article", None, "voice-card", data_card=comment.id) as made:
        _band(seat, made, exhibit)
        with Tag("div", None, "voice-body"):
            _about(seat, comment, exhibit)
            quotation(comment)
            facts(seat, comment)
    return made


def quotation(comment: Comment, css: str = "") -> Tag:
    """Draw the words in their own language's quotation marks, in the size that their length allows.

    Residents' text enters the page here, as text.
    """
    size = next((css for most, css in _SIZES if len(comment.text) <= most), "size-4")
    text = translator(comment.language).quote(comment.text)
    return foreign("blockquote", text, comment.language, css or size)


def facts(seat: Seat, comment: Comment) -> None:
    """The line under the words: language, where and how it came in, when, its public number."""
    t, place = seat.t, comment.place
    scope = seat.actor.scope(Permission.READ_VOICES, seat.exhibition.id)
    city = seat.city_name(place.city) if scope.every or len(scope.cities) > 1 else ""
    pairs = [
        (t("Number"), (comment.voice_number,)),
        (t("Language"), (t.language_name(comment.language),)),
        (t("Came in by"), (names.channel(t, place.channel),)),
        (t("Place"), (place.place, city)),
        (t("Received"), (t.ago(comment.received_at, seat.now()),)),
    ]
    with Tag("dl", None, "facts"):
        for term, told in pairs:
            if any(told):
                with Tag("div"):
                    Tag("dt", term)
                    apart("dd", *told)


def apart(name: str, *parts: str, css: str = "") -> Tag:
    """Return an element with parts that keep their own direction: names in two scripts."""
    with Tag(name, None, f"apart {css}") as made:
        for number, part in enumerate(p for p in parts if p):
            if number:
                Tag("span", " · ")
            Tag("bdi", part)
    return made


def about(seat: Seat, exhibit_id: str) -> Tag:
    """Return the title of the exhibit that a comment answers."""
    exhibit = seat.exhibition.exhibits.get(exhibit_id)
    if exhibit is None:
        return Tag("span", seat.t("An exhibit that is no longer shown"), "about")
    return shown("span", exhibit.title.pick(seat.language, seat.exhibition.fallbacks()), "about")


def _about(seat: Seat, comment: Comment, exhibit: Exhibit | None) -> None:
    with Tag("p", None, "kicker"):
        if exhibit is not None:
            Tag("span", words.kind_label(seat.t, exhibit.kind), "kind")
        about(seat, comment.exhibit)
    if exhibit is not None and exhibit.question is not None:
        asked = exhibit.question.text.pick(seat.language, seat.exhibition.fallbacks())
        shown("p", asked, "asked")


def _band(seat: Seat, made: Tag, exhibit: Exhibit | None) -> None:
    """The topic's pattern at the card's edge: colour and shape say what it is about."""
    topic = seat.exhibition.exhibits.get(exhibit.topic) if exhibit else None
    details = topic.details if topic else None
    if not isinstance(details, TopicDetails):
        Tag("div", None, "band", aria_hidden="true")
        return
    made.style(theme.in_colour(details.colour))
    with Tag("div", None, "band", aria_hidden="true"):
        drawing(pattern(details.pattern, details.colour, 84, 1260, 8, scale=0.5))
