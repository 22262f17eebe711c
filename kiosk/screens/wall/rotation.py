"""Which scene has its turn on a wall that nobody leads: tallies, voices between them, the map."""

from __future__ import annotations

from datetime import datetime

from kiosk.exhibition.model import Exhibit, Kind
from kiosk.exhibition.voting_period import is_open
from kiosk.moderation.wall import ALL, SceneKind, SceneName
from kiosk.screens.phone.visit import Visit
from kiosk.screens.wall import heard
from kiosk.voice.comment import PublicComment

TURN_S = 20
"""Seconds that a scene stays; all walls of a hub turn at the same moment."""
MOST_VOICES = 6
VOICE_AFTER = 2
"""A voice follows each so many questions."""
FEWEST_CITIES = 2
"""Cities from which a map has something to tell."""


async def a_round(v: Visit) -> list[SceneName]:
    """Return the turns of one round, as things are now."""
    voices = await heard.newest(v, MOST_VOICES)
    turns = order(questions(v), voices)
    if turns and len(v.exhibition.of_kind(Kind.CITY)) >= FEWEST_CITIES:
        turns.append(SceneName(SceneKind.MAP, ALL))
    return turns


def questions(v: Visit) -> list[Exhibit]:
    """Return the exhibits that can be answered now, those the exhibition leads with first."""
    now = v.context.now()
    leading = [v.exhibition.exhibits[i] for i in v.exhibition.attract if i in v.exhibition.exhibits]
    every = {e.id: e for e in (*leading, *v.exhibition.exhibits.values())}
    return [e for e in every.values() if e.question and is_open(e.question, now)]


def order(asked: list[Exhibit], voices: list[PublicComment]) -> list[SceneName]:
    """Return the turns of one round: after each two questions a voice, as long as there are any."""
    turns: list[SceneName] = []
    left = [name_of(voice) for voice in voices]
    for count, exhibit in enumerate(asked, 1):
        assert exhibit.question is not None
        turns.append(SceneName(SceneKind.TALLY, exhibit.question.id))
        if count % VOICE_AFTER == 0 and left:
            turns.append(left.pop(0))
    return [*turns, *left]


def name_of(voice: PublicComment) -> SceneName:
    """Return the scene in which a voice has its turn: with its answer, once it has one."""
    if voice.answers:
        return SceneName(SceneKind.ANSWER, voice.id)
    return SceneName.of_voices((voice.id,))


def from_now(turns: list[SceneName], now: datetime) -> list[SceneName]:
    """Return the turns in their order, beginning with the one whose time it is."""
    if not turns:
        return []
    turn = int(now.timestamp()) // TURN_S % len(turns)
    return [*turns[turn:], *turns[:turn]]
