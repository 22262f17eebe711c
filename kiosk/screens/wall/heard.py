"""The scenes of residents' voices: chosen ones side by side, and one with its official answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit
from kiosk.exhibition.voting_period import is_open
from kiosk.moderation.wall import SceneName
from kiosk.screens.phone.said import Voice, voice
from kiosk.screens.phone.visit import Visit
from kiosk.screens.wall.scene import Scene, build
from kiosk.screens.widgets import words
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment

_SIZES = (("brief", 70), ("short", 140), ("fair", 240), ("middle", 380))
"""Up to how many letters words are set in each size; longer ones in the smallest."""

_WHOLE = 24
"""Letters up to which a piece of who spoke, such as “56 minutes ago”, stands on one line."""

_EACH = 60
"""Letters' worth of room that another voice takes by itself."""


async def of_voices(v: Visit, name: SceneName) -> Scene | None:
    """Return the voices of a scene that are public now; None where none of them is."""
    found = await _public(v, name)
    exhibit = _exhibit_of(v, found)
    if exhibit is None:
        return None
    t, one = v.t, len(found) == 1
    return build(
        v,
        exhibit,
        name,
        t("A resident says") if one else t("Residents say"),
        v.pick(exhibit.question.text if exhibit.question else exhibit.title),
        _asks(v, exhibit),
        voices=tuple(without_answer(v, each) for each in found),
        size=_size(sum(len(each.text) for each in found) + _EACH * (len(found) - 1)),
    )


async def of_answer(v: Visit, name: SceneName) -> Scene | None:
    """Return a voice with its official answer; None where it is not public, or not answered."""
    found = [each for each in await _public(v, name) if each.answers][:1]
    exhibit = _exhibit_of(v, found)
    if exhibit is None:
        return None
    shown = voice(v, found[0])
    return build(
        v,
        exhibit,
        name,
        v.t("An official answer"),
        v.pick(exhibit.question.text if exhibit.question else exhibit.title),
        _asks(v, exhibit),
        voices=(replace(shown, by=unbroken(shown.by)),),
        size=_size(len(found[0].text) + len(found[0].answers[0].text)),
    )


def without_answer(v: Visit, comment: PublicComment) -> Voice:
    """Return a voice whose answer, if it has one, is one line: the answer's scene is another."""
    shown = voice(v, comment)
    by = [unbroken(shown.by)]
    if shown.answers:
        by.append(v.t("answered by {signed}", signed=shown.answers[0].signed))
    # In a line of its own: beside who said it, whoever answered is taken for the speaker.
    return replace(shown, by="\n".join(by), answers=[])


def unbroken(by: str) -> str:
    """Return who spoke, where and when so that no line ends within a short piece of it."""
    pieces = by.split(" · ")
    whole = (words.unbroken(each) if len(each) <= _WHOLE else each for each in pieces)
    return f"{words.UNBROKEN}· ".join(whole)


async def _public(v: Visit, name: SceneName) -> list[PublicComment]:
    def look(connection: Connection) -> list[PublicComment]:
        each = (comment_actions.published_comment(connection, i) for i in name.comments)
        return [one for one in each if one is not None and one.exhibition == v.exhibition.id]

    return await v.context.database.read(look)


def _exhibit_of(v: Visit, found: Sequence[PublicComment]) -> Exhibit | None:
    return v.exhibition.exhibits.get(found[0].exhibit) if found else None


def _asks(v: Visit, exhibit: Exhibit) -> bool:
    return exhibit.question is not None and is_open(exhibit.question, v.context.now())


def _size(length: int) -> str:
    return next((size for size, most in _SIZES if length <= most), "long")


def published(connection: Connection, exhibition: str, most: int) -> list[PublicComment]:
    """Return the newest published voices of an exhibition."""
    return comment_actions.published_comments(connection, exhibition, most=most)


async def newest(v: Visit, most: int) -> list[PublicComment]:
    """Return the newest published voices of the exhibition on show."""
    return await v.context.database.read(partial(published, exhibition=v.exhibition.id, most=most))
