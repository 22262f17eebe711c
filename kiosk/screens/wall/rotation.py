"""Which scene has its turn on a wall that shows everything: questions, and voices between them."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from kiosk.exhibition.model import Exhibit
from kiosk.screens.phone.asking import is_open
from kiosk.screens.phone.visit import Visit
from kiosk.screens.wall import scene
from kiosk.screens.wall.scene import Scene
from kiosk.voice.comment import PublicComment

TURN_S = 20
"""Seconds that a scene stays; all walls of a hub turn at the same moment."""
MOST_VOICES = 6
VOICE_AFTER = 2
"""A voice follows each so many questions."""

Turn = Exhibit | PublicComment


async def now_showing(v: Visit) -> Scene | None:
    """Return the scene whose turn it is; None where there is nothing to show."""
    voices = await v.context.database.read(
        partial(scene.newest, exhibition=v.exhibition.id, most=MOST_VOICES)
    )
    turns = order(questions(v), list(voices))
    for turn in _from(turns, v.context.now()):
        if isinstance(turn, PublicComment):
            found = await scene.of_voice(v, turn)
            if found is not None:
                return found
        elif turn.question is not None:
            return await scene.of_question(v, turn, turn.question)
    return None


def questions(v: Visit) -> list[Exhibit]:
    """Return the exhibits that can be answered now, those the exhibition leads with first."""
    now = v.context.now()
    leading = [v.exhibition.exhibits[i] for i in v.exhibition.attract if i in v.exhibition.exhibits]
    every = {e.id: e for e in (*leading, *v.exhibition.exhibits.values())}
    return [e for e in every.values() if e.question and is_open(e.question, now)]


def order(asked: list[Exhibit], voices: list[PublicComment]) -> list[Turn]:
    """Return the turns of one round: after each two questions a voice, as long as there are any."""
    turns: list[Turn] = []
    left = list(voices)
    for count, exhibit in enumerate(asked, 1):
        turns.append(exhibit)
        if count % VOICE_AFTER == 0 and left:
            turns.append(left.pop(0))
    return [*turns, *left]


def _from(turns: list[Turn], now: datetime) -> list[Turn]:
    if not turns:
        return []
    turn = int(now.timestamp()) // TURN_S % len(turns)
    return [*turns[turn:], *turns[:turn]]
