"""How the desk names walls, and what they show."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.exhibition.model import Exhibit, Question
from kiosk.locale.translator import Translator
from kiosk.moderation.wall import SceneKind, SceneName, Showing
from kiosk.screens.desk.seat import Seat

OPEN_S = 25.0
"""Seconds within which an open wall has been heard of."""

LONGEST = 70
"""Characters of a voice by which it is known again."""


def kind(t: Translator, scene: SceneKind) -> str:
    """Return what a scene is called."""
    return {
        SceneKind.QUESTION: t("Question"),
        SceneKind.TALLY: t("Tally"),
        SceneKind.VOICES: t("Voices"),
        SceneKind.ANSWER: t("Answer"),
        SceneKind.MAP: t("Map"),
    }[scene]


def scene(seat: Seat, name: str, voices: Mapping[str, str]) -> str:
    """Return a scene in one line; *voices* has the words of those that may be shown, by id."""
    found = SceneName.parse(name)
    if found is None:
        return seat.t("nothing yet")
    return " · ".join(
        part for part in (kind(seat.t, found.kind), _about(seat, found, voices)) if part
    )


def _about(seat: Seat, found: SceneName, voices: Mapping[str, str]) -> str:
    t = seat.t
    if found.comments:
        said = [short(voices[each]) for each in found.comments if each in voices]
        return t.list(t.quote(each) for each in said) if said else t("no longer public")
    exhibit = asking(seat, found.question)
    if exhibit is not None and exhibit.question is not None:
        return text_of(seat, exhibit.question)
    return seat.exhibition.title.pick(seat.language, seat.exhibition.fallbacks()).text


def short(words: str) -> str:
    """Return the beginning of a voice."""
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def text_of(seat: Seat, question: Question) -> str:
    """Return a question in her language."""
    return question.text.pick(seat.language, seat.exhibition.fallbacks()).text


def asking(seat: Seat, question: str) -> Exhibit | None:
    """Return the exhibit that asks a question."""
    every = seat.exhibition.exhibits.values()
    return next((e for e in every if e.question and e.question.id == question), None)


def state(seat: Seat, showing: Showing | None, voices: Mapping[str, str]) -> str:
    """Return what a wall shows now and who chose it; or that it is not open."""
    t = seat.t
    if showing is None or seat.now().timestamp() - showing.at > OPEN_S:
        return t("Not open now.")
    by = {"desk": t("from the desk"), "keys": t("by a key at the wall")}
    shown = scene(seat, showing.scene, voices)
    return f"{shown} ({by.get(showing.by, t('by itself'))})"
