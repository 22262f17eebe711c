"""Leading a debate: walls are told what to show, by someone who may, and only what is public."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from sqlalchemy import Connection

from kiosk.errors import InvalidText, NotFound
from kiosk.moderation import wall_store
from kiosk.moderation.wall import EVERY_WALL, SceneKind, SceneName, Wall
from kiosk.people.permissions import Permission
from kiosk.people.staff import Actor
from kiosk.voice import comment_actions

LONGEST_NAME = 60
"""Characters of a wall's name."""


def lead(
    connection: Connection,
    city: str,
    wall: str,
    scene: SceneName | None,
    actor: Actor,
    exhibition: str,
    now: datetime,
) -> None:
    """Tell a wall, or :data:`EVERY_WALL` of a city or of all, what to show; None: by itself.

    Raises:
        Forbidden: she may not lead walls there.
        NotFound: there is no such wall, or a voice is not public (any more), or has no answer.
    """
    actor.require(Permission.LEAD_WALLS, exhibition, city)
    if wall != EVERY_WALL and wall_store.named(connection, exhibition, city, wall) is None:
        raise NotFound("This wall has no name here any more.", "Choose another one.")
    if scene is not None:
        _require_public(connection, scene, exhibition)
    wall_store.tell(connection, exhibition, city, wall, str(scene or ""), now)


def _require_public(connection: Connection, scene: SceneName, exhibition: str) -> None:
    for comment in scene.comments:
        found = comment_actions.published_comment(connection, comment)
        if found is None or found.exhibition != exhibition:
            raise NotFound("This voice is not public any more.", "Choose another one.")
        if scene.kind is SceneKind.ANSWER and not found.answers:
            raise NotFound("This voice has no official answer yet.", "Choose another one.")
    if scene.kind is SceneKind.VOICES and not scene.comments:
        raise NotFound("No voice is chosen.", "Tick the ones that the wall shall show.")


def name_wall(
    connection: Connection, name: str, city: str, actor: Actor, exhibition: str, now: datetime
) -> Wall:
    """Give a wall a name, by which it can be led apart from the others.

    Raises:
        Forbidden: she may not lead walls there.
        InvalidText: the name is empty or longer than :data:`LONGEST_NAME`.
    """
    actor.require(Permission.LEAD_WALLS, exhibition, city)
    kept = " ".join(name.split())
    if not kept or len(kept) > LONGEST_NAME:
        raise InvalidText("A wall needs a short name.", "Name where it hangs: “Great hall”.")
    taken = {wall.id for wall in wall_store.everyone(connection, exhibition)}
    made = Wall(_free(kept, taken), kept, exhibition, city, "")
    wall_store.add(connection, made, now)
    return made


def forget_wall(
    connection: Connection, city: str, wall: str, actor: Actor, exhibition: str, now: datetime
) -> None:
    """Take a wall's name away; it then goes with those that have none.

    Raises:
        Forbidden: she may not lead walls there.
        NotFound: there is no such wall.
    """
    actor.require(Permission.LEAD_WALLS, exhibition, city)
    found = wall_store.named(connection, exhibition, city, wall)
    if found is None:
        raise NotFound("This wall has no name here any more.", "Choose another one.")
    wall_store.remove(connection, found, now)


def _free(name: str, taken: set[str]) -> str:
    """Return the name as an address writes it, with a number where another wall has it."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "wall"
    others = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
    return slug if slug not in taken else next(each for each in others if each not in taken)
