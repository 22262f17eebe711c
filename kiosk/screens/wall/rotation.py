"""Which scene has its turn on a wall that shows everything: questions, and voices between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from kiosk.exhibition.model import Exhibit
from kiosk.screens.phone.asking import is_open
from kiosk.screens.phone.visit import Visit
from kiosk.screens.wall import scene
from kiosk.screens.wall.scene import Scene
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment

TURN_S = 20
"""Seconds that a scene stays; all walls of a hub turn at the same moment."""
MOST_VOICES = 6
VOICE_AFTER = 2
"""A voice follows each so many questions."""

Turn = Exhibit | PublicComment


QUESTION, VOICE = "question", "voice"
"""The kinds of turns, with which their names begin."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody at a wall's keyboard chose; without any, the clock decides."""

    hold: str = ""
    """Name of the turn that stays, such as ``voice 01a1…``."""
    after: str = ""
    """Name of the turn whose next one is asked for."""
    kind: str = ""
    """Kind that the next one is of; any, if empty."""


async def now_showing(v: Visit, wish: Wish = Wish()) -> Scene | None:
    """Return the scene whose turn it is; None where there is nothing to show."""
    voices = await v.context.database.read(
        partial(scene.newest, exhibition=v.exhibition.id, most=MOST_VOICES)
    )
    held = await _held(v, wish.after or wish.hold, voices)
    turns = order(questions(v), [*voices, *held])
    for turn in chosen(turns, wish) or _from(turns, v.context.now()):
        if isinstance(turn, PublicComment):
            found = await scene.of_voice(v, turn)
            if found is not None:
                return found
        elif turn.question is not None:
            return await scene.of_question(v, turn, turn.question)
    return None


async def _held(v: Visit, name: str, voices: Sequence[PublicComment]) -> list[PublicComment]:
    """Return the voice of this name if it is public and no longer among the newest ones."""
    kind, _, comment = name.partition(" ")
    if kind != VOICE or any(voice.id == comment for voice in voices):
        return []
    found = await v.context.database.read(
        partial(comment_actions.published_comment, comment=comment)
    )
    return [found] if found is not None and found.exhibition == v.exhibition.id else []


async def known(v: Visit, hold: str) -> str:
    """Return *hold* if a turn has this name; else none, so that all such walls are one."""
    if hold in [name_of(exhibit) for exhibit in questions(v)]:
        return hold
    return hold if await _held(v, hold, []) else ""


def name_of(turn: Turn) -> str:
    """Return a turn's name, with which its scene's key begins."""
    if isinstance(turn, PublicComment):
        return f"{VOICE} {turn.id}"
    return f"{QUESTION} {turn.question.id if turn.question else turn.id}"


def chosen(turns: list[Turn], wish: Wish) -> list[Turn]:
    """Return what was wished for and what follows it; nothing, if it is not (any more) there."""
    names = [name_of(turn) for turn in turns]
    if wish.after in names:
        at = names.index(wish.after)
        others = [*turns[at + 1 :], *turns[:at]]
        return [*(t for t in others if name_of(t).startswith(wish.kind)), turns[at]]
    if wish.hold in names:
        at = names.index(wish.hold)
        return [*turns[at:], *turns[:at]]
    return []


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
