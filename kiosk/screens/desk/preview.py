"""An answer as residents will see it: below the voice that asked, and signed."""

from __future__ import annotations

from collections.abc import Sequence

from kiosk.exhibition.localized import direction
from kiosk.locale.translator import translator
from kiosk.screens.desk.card import about, apart
from kiosk.screens.desk.seat import Seat
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag, foreign
from kiosk.voice.comment import Comment

SHOWN = 3
"""Voices drawn above the answer; of the others the number is told."""


class Preview:
    """The exchange of the residents who asked and the office that answers."""

    def __init__(self, seat: Seat, comments: Sequence[Comment], signed: tuple[str, str]) -> None:
        self._seat = seat
        author, office = signed
        with Tag("div", None, "preview"):
            for comment in comments[:SHOWN]:
                self._voice(comment)
            if len(comments) > SHOWN:
                more = seat.t.plural(
                    "and {n} more resident", "and {n} more residents", len(comments) - SHOWN
                )
                Tag("p", more, "by")
            with Tag("div", None, "answer-box"):
                self._text = Tag("p", "", "answer-text")
                with Tag("p", None, "signed"):
                    Tag("strong", author)
                    city = seat.city_name(comments[0].place.city) if comments else ""
                    apart("span", office, "" if city in office else city)

    def show(self, text: str, language: str) -> None:
        """Show this wording."""
        t = self._seat.t
        shown = language if language and text.strip() else t.language
        self._text.props["lang"], self._text.props["dir"] = shown, direction(shown)
        self._text.say(text.strip() or t("The answer shows here while you write."))

    def _voice(self, comment: Comment) -> None:
        seat = self._seat
        with Tag("div", None, "voice"):
            quoted = translator(comment.language).quote(comment.text)
            foreign("blockquote", quoted, comment.language, "quotation")
            with Tag("p", None, "byline"):
                Tag("span", words.said_at(seat.t, comment.place.channel))
                about(seat, comment.exhibit)
