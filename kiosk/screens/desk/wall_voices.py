"""The published voices that a wall can show, to be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(slots=True)
class _Box:
    """A voice's box on the page, the words beside it, and what they say."""

    label: Tag
    words: Tag
    said: tuple[str, ...] = ()


class WallVoices:
    """The boxes; each stays where it is, ticked or not, while others come and go."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._boxes: dict[str, _Box] = {}
        with Tag("fieldset", None, "wall-voices"):
            Tag("legend", seat.t("Published voices: tick up to {n}", n=MOST_VOICES))
            self._place = Tag("div", None, "wall-boxes")
            with Tag("div") as self._none:
                told = seat.t("What is published on this question shows here.")
                empty(seat.t("Nothing is public yet."), told)

    def tell(self, voices: Sequence[PublicComment]) -> None:
        """Add what came, take out what went, write what changed: a tick is the browser's alone."""
        self._none.set_visibility(not voices)
        for gone in self._boxes.keys() - {voice.id for voice in voices}:
            self._boxes.pop(gone).label.delete()
        for place, voice in enumerate(voices):
            box = self._boxes.get(voice.id) or self._box(voice.id)
            if self._place.default_slot.children[place] is not box.label:
                box.label.move(target_index=place)
            self._write(box, voice)

    def _box(self, voice: str) -> _Box:
        with self._place, Tag("label", None, "box wall-box") as label:
            tick = Tag("input", type="checkbox", name_="voices")
            tick.props["^value"] = voice
            self._boxes[voice] = made = _Box(label, Tag("span", None, "wall-said"))
        return made

    def _write(self, box: _Box, voice: PublicComment) -> None:
        authors = [answer.author for answer in voice.answers[:1]]
        said = (voice.exhibit, voice.text, voice.language, *authors)
        if said == box.said:
            return
        box.said = said
        box.words.clear()
        with box.words:
            with Tag("span", None, "kicker"):
                about(self.seat, voice.exhibit)
            words = translator(voice.language).quote(voice.text)
            foreign("span", words, voice.language, "wall-words")
            for author in authors:
                signed = self.seat.t("answered by {signed}", signed=author)
                Tag("span", signed, "wall-answered")
