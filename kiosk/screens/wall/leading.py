"""What a wall shows now: what the desk or a key chose, or else whatever has its turn."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kiosk.exhibition.model import Exhibit
from kiosk.moderation import wall_store
from kiosk.moderation.wall import ALL, Led, SceneKind, SceneName
from kiosk.screens.phone.visit import Visit
from kiosk.screens.wall import asked, cities, heard, rotation
from kiosk.screens.wall.scene import Scene
from kiosk.voice import comment_store
from kiosk.voice.comment import PublicComment

LOOK_BACK = 40
"""Newest voices among which the keys find the next one, and the next answer."""

DESK, KEYS, ITSELF = "desk", "keys", "itself"
"""Who chose what is shown."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody at a wall's keyboard chose; the desk's later word takes its place."""

    hold: str = ""
    """Name of the scene that stays, such as ``tally harbour/core/benches``."""
    since: int = 0
    """The desk's last word when it was chosen."""


@dataclass(frozen=True, slots=True)
class Now:
    """The scene that is shown, and who chose it."""

    scene: Scene | None
    by: str


async def now_showing(v: Visit, wall: str, wish: Wish = Wish()) -> Now:
    """Return the scene that a wall shows; None where there is nothing to show."""
    last = await led(v, wall)
    held = bool(wish.hold) and last.position <= wish.since
    wanted = SceneName.parse(wish.hold if held else last.scene)
    if wanted is not None:
        found = await now_of(v, wanted)
        if found is not None:
            return Now(told(found, last.position), KEYS if held else DESK)
    for name in rotation.from_now(await rotation.a_round(v), v.context.now()):
        found = await of_name(v, name, beside=True)
        if found is not None:
            return Now(told(found, last.position), ITSELF)
    return Now(None, ITSELF)


def told(scene: Scene, position: int) -> Scene:
    """Return a scene with the desk's last word to this wall."""
    return replace(scene, led=position)


def name_in(scene: Scene | None) -> str:
    """Return the name with which a scene's key begins."""
    return " ".join(scene.key.split()[:2]) if scene else ""


async def led(v: Visit, wall: str) -> Led:
    """Return what the desk told a wall last."""
    city, exhibition = city_of(v), v.exhibition.id
    return await v.context.database.read(lambda c: wall_store.led(c, exhibition, city, wall))


def city_of(v: Visit) -> str:
    """Return the city that a wall belongs to: the one whose view it shows, or the hub's own."""
    return v.exhibition.city or v.context.city


async def of_name(v: Visit, name: SceneName, *, beside: bool = False) -> Scene | None:
    """Return the scene of a name; None where it is not, or not any more, to be shown."""
    if name.kind is SceneKind.VOICES:
        return await heard.of_voices(v, name)
    if name.kind is SceneKind.ANSWER:
        return await heard.of_answer(v, name)
    if name.kind is SceneKind.MAP and name.subject == ALL:
        return await cities.of_map(v, None)
    exhibit = asking(v, name.subject)
    if exhibit is None or exhibit.question is None:
        return None
    if name.kind is SceneKind.MAP:
        return await cities.of_map(v, exhibit)
    if name.kind is SceneKind.QUESTION:
        return await asked.of_question(v, exhibit, exhibit.question)
    return await asked.of_tally(v, exhibit, exhibit.question, beside=beside)


def asking(v: Visit, question: str) -> Exhibit | None:
    """Return the exhibit that asks a question, open or closed."""
    every = v.exhibition.exhibits.values()
    return next((e for e in every if e.question and e.question.id == question), None)


async def now_of(v: Visit, name: SceneName) -> Scene | None:
    """Return the scene of a name, or the question in place of voices that may not be shown."""
    return await of_name(v, name) or await _instead(v, name)


async def _instead(v: Visit, name: SceneName) -> Scene | None:
    """Return the question that voices answered which may not be shown any more."""
    exhibit = await about(v, name)
    if not name.comments or exhibit is None or exhibit.question is None:
        return None
    return await asked.of_question(v, exhibit, exhibit.question)


async def about(v: Visit, name: SceneName | None) -> Exhibit | None:
    """Return the exhibit that a scene is about, as far as it is about one."""
    if name is None:
        return None
    if name.question:
        return asking(v, name.question)
    if not name.comments:
        return None
    first = name.comments[0]
    found = await v.context.database.read(lambda c: comment_store.get(c, first))
    return v.exhibition.exhibits.get(found.exhibit) if found else None


async def after_key(v: Visit, shown: SceneName | None, kind: str) -> SceneName | None:
    """Return what a key brings: the scene of this *kind* that fits what is shown, or its next.

    Without a kind, whatever follows in the wall's own turns; None where there is none.
    """
    if not kind:
        return _next(await rotation.a_round(v), shown)
    if kind not in {str(each) for each in SceneKind}:
        return None
    wanted = SceneKind(kind)
    exhibit = await about(v, shown)
    question = exhibit.question.id if exhibit and exhibit.question else ""
    if wanted is SceneKind.MAP:
        again = shown is not None and shown.kind is wanted and bool(shown.question)
        return SceneName(wanted, ALL if again or not question else question)
    if wanted in {SceneKind.VOICES, SceneKind.ANSWER}:
        return await _next_voice(v, shown, wanted, exhibit)
    every = [e.question.id for e in rotation.questions(v) if e.question]
    names = [SceneName(wanted, each) for each in every]
    if question and (shown is None or shown.kind is not wanted):
        return SceneName(wanted, question)
    return _next(names, shown)


async def _next_voice(
    v: Visit, shown: SceneName | None, wanted: SceneKind, exhibit: Exhibit | None
) -> SceneName | None:
    def fits(voice: PublicComment) -> bool:
        return wanted is SceneKind.VOICES or bool(voice.answers)

    def look(connection: Connection) -> list[PublicComment]:
        # Leafing goes on in one order, wherever it began.
        leafing = shown is not None and shown.kind is wanted
        from_here = exhibit.id if exhibit and not leafing else ""
        return [c for c in _newest(connection, v, from_here) if fits(c)]

    found = await v.context.database.read(look)
    return _next([SceneName(wanted, each.id) for each in found], shown)


def _newest(connection: Connection, v: Visit, exhibit: str) -> list[PublicComment]:
    """Return the newest voices, those on what is shown first."""
    every = heard.published(connection, v.exhibition.id, LOOK_BACK)
    here = [c for c in every if c.exhibit == exhibit]
    return [*here, *(c for c in every if c.exhibit != exhibit)]


def _next(names: list[SceneName], shown: SceneName | None) -> SceneName | None:
    """Return the name after *shown* in a round, the first where it is not in it."""
    if not names:
        return None
    at = names.index(shown) + 1 if shown in names else 0
    return names[at % len(names)]
