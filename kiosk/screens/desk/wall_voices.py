"""The published voices that a wall can show, to be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from kiosk.locale.translator import translator
from kiosk.moderation.wall import MOST_VOICES
from kiosk.people.staff import Actor
from kiosk.screens.desk import wall_words
from kiosk.screens.desk.card import about
from kiosk.screens.desk.seat import Act, Seat
from kiosk.screens.desk.shell import empty
from kiosk.screens.widgets.markup import Tag, foreign
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment

MOST = 30
"""Voices that are listed: the newest."""


def find(seat: Seat, question: str) -> Act[list[PublicComment]]:
    """Return the reading function of the newest voices on a question, or on everything."""
    exhibition = seat.exhibition.id
    exhibit = wall_words.asking(seat, question)

    def look(c: Connection, actor: Actor, now: datetime) -> list[PublicComment]:
        del actor, now
        here = exhibit.id if exhibit else ""
        return comment_actions.published_comments(c, exhibition, here, most=MOST)

    return look


class WallVoices:
    """The boxes; those that are ticked stay ticked while others come and go."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._known: Sequence[PublicComment] | None = None
        with Tag("fieldset", None, "wall-voices"):
            Tag("legend", seat.t("Published voices: tick up to {n}", n=MOST_VOICES))
            self._place = Tag("div", None, "wall-boxes")

    def tell(self, voices: Sequence[PublicComment]) -> None:
        """Draw them anew if they are others, or answered by now."""
        if voices == self._known:
            return
        self._known = voices
        self._place.clear()
        with self._place:
            for voice in voices:
                self._box(voice)
            if not voices:
                told = self.seat.t("What is published on this question shows here.")
                empty(self.seat.t("Nothing is public yet."), told)

    def _box(self, voice: PublicComment) -> None:
        t = self.seat.t
        with Tag("label", None, "box wall-box"):
            box = Tag("input", type="checkbox", name_="voices")
            box.props["^value"] = voice.id
            with Tag("span", None, "wall-said"):
                with Tag("span", None, "kicker"):
                    about(self.seat, voice.exhibit)
                words = translator(voice.language).quote(voice.text)
                foreign("span", words, voice.language, "wall-words")
                for answer in voice.answers[:1]:
                    Tag("span", t("answered by {signed}", signed=answer.author), "wall-answered")
