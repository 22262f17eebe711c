"""What walls are told, whole states in the feed; and what each showed last, kept beside it.

A wall's state is an entry of the feed with the wall as its subject: it survives a restart, moves
the head that open walls follow in every process, and takes the place of the one before.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection

from kiosk.messaging import feed_store, heads
from kiosk.moderation.wall import EVERY_WALL, Led, Showing, Wall

KIND = "wall"
_SHOWS = "wall-shows:"


def subject(exhibition: str, city: str, wall: str) -> str:
    """Return under which name the feed keeps a wall's state."""
    return f"{exhibition}/{city}/{wall}"


def tell(
    connection: Connection, exhibition: str, city: str, wall: str, scene: str, now: datetime
) -> int:
    """Tell a wall, or every one of a city or exhibition, what to show; return the position."""
    known = named(connection, exhibition, city, wall)
    body = {"name": known.name if known else "", "scene": scene}
    where = subject(exhibition, city, wall)
    return feed_store.append(connection, KIND, exhibition, city, body, now, subject=where)


def add(connection: Connection, wall: Wall, now: datetime) -> None:
    """Give a wall a name; it has been told nothing yet."""
    where = subject(wall.exhibition, wall.city, wall.id)
    body = {"name": wall.name}
    feed_store.append(connection, KIND, wall.exhibition, wall.city, body, now, subject=where)


def remove(connection: Connection, wall: Wall, now: datetime) -> None:
    """Forget a wall's name; one that is still open under it goes on as one without a name."""
    where = subject(wall.exhibition, wall.city, wall.id)
    feed_store.append(
        connection, KIND, wall.exhibition, wall.city, {"name": ""}, now, subject=where
    )


def led(connection: Connection, exhibition: str, city: str, wall: str = "") -> Led:
    """Return what a wall was told last: by itself, with its city's, or with the exhibition's."""
    wanted = {subject(exhibition, "", EVERY_WALL), subject(exhibition, city, EVERY_WALL)}
    known = hanging(connection, exhibition, city, wall) if wall else None
    if known is not None:
        wanted.add(subject(exhibition, known.city, wall))
    found = feed_store.of_subjects(connection, KIND, sorted(wanted))
    told = [entry for entry in found if "scene" in entry.body]
    last = max(told, key=lambda entry: entry.position, default=None)
    return Led(str(last.body["scene"]), last.position) if last else Led()


def named(connection: Connection, exhibition: str, city: str, wall: str) -> Wall | None:
    """Return the wall of this id if it has a name."""
    walls = everyone(connection, exhibition)
    return next((w for w in walls if (w.city, w.id) == (city, wall)), None)


def hanging(connection: Connection, exhibition: str, city: str, wall: str) -> Wall | None:
    """Return the wall of this id that hangs in a city: one without a city hangs in the hub's."""
    return named(connection, exhibition, city, wall) or named(connection, exhibition, "", wall)


def everyone(connection: Connection, exhibition: str) -> list[Wall]:
    """Return the walls of an exhibition that have names, by name."""
    found = []
    for entry in feed_store.of_kind(connection, KIND, exhibition):
        wall = entry.subject.rsplit("/", 1)[-1]
        if entry.body.get("name"):
            scene = str(entry.body.get("scene", ""))
            found.append(Wall(wall, str(entry.body["name"]), exhibition, entry.city, scene))
    return sorted(found, key=lambda each: (each.name, each.id))


def note(connection: Connection, exhibition: str, city: str, wall: str, showing: Showing) -> None:
    """Keep what a wall shows, for who leads it; nobody is told."""
    kept = msgspec.json.encode((showing.scene, showing.by, showing.at)).decode()
    heads.write(connection, _SHOWS + subject(exhibition, city, wall), kept)


def shown(connection: Connection, exhibition: str) -> dict[tuple[str, str], Showing]:
    """Return what each wall showed last, by (city, id); an empty id: those without a name."""
    found = {}
    for name, value in heads.under(connection, f"{_SHOWS}{exhibition}/").items():
        city, wall = name.removeprefix(f"{_SHOWS}{exhibition}/").split("/", 1)
        found[city, wall] = Showing(*msgspec.json.decode(value, type=tuple[str, str, float]))
    return found
