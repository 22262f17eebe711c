"""The map of the cities: land and points, and how much came from where."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection

from kiosk import ids
from kiosk.exhibition.localized import Shown
from kiosk.exhibition.model import CityDetails, Exhibit, Kind
from kiosk.exhibition.voting_period import is_open
from kiosk.moderation.wall import ALL, SceneKind, SceneName
from kiosk.screens.phone.visit import Visit
from kiosk.screens.wall.scene import Dot, Scene, build
from kiosk.screens.widgets import map_land, words
from kiosk.screens.widgets.map_projection import Frame, Point, Window
from kiosk.screens.widgets.map_spread import Label, Named, Room, Spread, leader, spread
from kiosk.voice import city_voice_store, tally_store

FEW = 3
"""Cities that must have spoken for the map to come closer: one alone in a plain could lie anywhere.
"""

FIELD = (58.0, 33.0)
"""Width and height of the map, in hundredths of the wall's width."""

MOST_NAMES = 8
"""Cities that are named: those from which most came. More names could not be read from afar."""

LETTER, NARROW_LETTER, PADDING, NAME = 1.15, 0.95, 1.4, 2.9
"""Hundredths of the wall's width that a letter of a name takes, in Latin or Cyrillic and in Arabic,
the space around a name, and its height."""

DIGITS = 3
"""Least digits for which there is room behind a name: it stays where it is up to 999."""

SMALLEST, LARGEST, AFAR = 1.3, 4.4, 2.4
"""Diameters of a city's circle: its area grows with what came from it. Seen from *AFAR*, a larger
one would hide the cities around it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What came from each city, by its id; what no city on the map stands for is elsewhere."""

    votes: Mapping[str, int]
    voices: Mapping[str, int]

    def of(self, city: str) -> int:
        """How many votes and voices came from a city."""
        return self.votes.get(city, 0) + self.voices.get(city, 0)


async def of_map(v: Visit, exhibit: Exhibit | None) -> Scene | None:
    """Return where votes and voices come from, on one question or all; None without cities."""
    cities = [e for e in v.exhibition.of_kind(Kind.CITY) if isinstance(e.details, CityDetails)]
    if not cities:
        return None
    counts = await v.context.database.read(lambda c: count(c, v, exhibit))
    speaking = sorted((c for c in cities if counts.of(c.id)), key=lambda c: -counts.of(c.id))
    question = exhibit.question if exhibit else None
    named = speaking[:MOST_NAMES]
    name = SceneName(SceneKind.MAP, question.id if question else ALL)
    text = question.text if question else v.exhibition.title
    frame = frame_of(cities, counts)
    dots = await asyncio.to_thread(_dots, v, cities, frame, named, counts)
    return build(
        v,
        exhibit,
        f"{name} {frame} {_places_of(dots)}",
        v.t("Where it comes from"),
        v.pick(text) if question else _headline(v, len(cities), v.pick(text)),
        question is not None and is_open(question, v.context.now()),
        sentence=_sentence(v, counts, len(speaking)),
        dots=dots,
        frame=str(frame),
        votes=sum(counts.votes.values()),
    )


def _places_of(dots: Sequence[Dot]) -> str:
    """Return what differs once other names are shown, or the same elsewhere: then it is redrawn.

    Not who leads: while a hall votes, that may change with every vote.
    """
    return ids.digest(str(sorted((dot.id, dot.left, dot.top) for dot in dots if dot.name)))[:8]


def _headline(v: Visit, cities: int, title: Shown) -> Shown:
    said = v.t.plural("{n} city, one exhibition", "{n} cities, one exhibition", cities)
    return Shown(said, v.t.language, fallback=False) if cities > 1 else title


def count(connection: Connection, v: Visit, exhibit: Exhibit | None) -> Counts:
    """Return what came from each city, on one exhibit or on all."""
    asked = [exhibit] if exhibit else list(v.exhibition.exhibits.values())
    questions = [e.question.id for e in asked if e.question is not None]
    votes = tally_store.ballots_by_city(connection, questions) if questions else {}
    voices: Counter[str] = Counter()
    for (city, about), number in city_voice_store.counts(connection, v.exhibition.id).items():
        if exhibit is None or about == exhibit.id:
            voices[city] += number
    return Counts(votes, voices)


def _sentence(v: Visit, counts: Counts, speaking: int) -> str:
    """Say what came from how many cities, and that some came from elsewhere."""
    t = v.t
    votes, voices = sum(counts.votes.values()), sum(counts.voices.values())
    if not votes + voices:
        return t("Nothing has come in yet. Yours can be the first.")
    said = [words.votes(t, votes)] if votes else []
    said += [t.plural("{n} voice", "{n} voices", voices)] if voices else []
    if not speaking:
        return t("{what}, none from a city on this map.", what=t.list(said))
    return t.plural("{what} from {n} city.", "{what} from {n} cities.", speaking, what=t.list(said))


def _dots(
    v: Visit,
    cities: Sequence[Exhibit],
    frame: Frame,
    named: Sequence[Exhibit],
    counts: Counts,
) -> tuple[Dot, ...]:
    said = {city.id: v.pick(city.title) for city in named}
    numbers = {city.id: v.t.number(counts.of(city.id)) for city in named}
    most = max((counts.of(city.id) for city in cities), default=0)
    largest = LARGEST if len(named) >= FEW else AFAR
    sizes = {city.id: _size(counts.of(city.id), most, largest) for city in cities}
    window = Window(frame, *FIELD)
    points = {city.id: window.at(_place(city)) for city in cities}
    digits = max(DIGITS, len(v.t.number(most)))
    others = [
        Named(i, at, 0.0, largest / 2 if sizes[i] else 0.0)
        for i, at in points.items()
        if i not in said
    ]
    shown = [Named(i, points[i], _width(said[i].text, digits), largest / 2) for i in said]
    labels = placed(shown, others)
    found = []
    for city in sorted(cities, key=lambda c: -counts.of(c.id)):
        x, y = points[city.id]
        dot = Dot(city.id, round(x, 2), round(y, 2), sizes[city.id])
        label = labels.get(city.id)
        if label is not None:
            at, line = label.target, leader(label.point, label.target)[1]
            name = said[city.id]
            dot = replace(
                dot,
                name=name.text,
                language=name.language,
                count=numbers[city.id],
                left=round(at.x, 2),
                top=round(at.y, 2),
                line=f"M{x:.2f} {y:.2f}L{line[0]:.2f} {line[1]:.2f}",
            )
        found.append(dot)
    return tuple(found)


def _size(number: int, most: int, largest: float) -> float:
    """Return a circle's radius: areas compare as numbers do, but none is too small to see."""
    return round(max(SMALLEST, largest * (number / most) ** 0.5) / 2, 2) if number else 0.0


def _width(name: str, digits: int) -> float:
    """Return how wide a name is with a number of so many digits."""
    narrow = any("\u0590" <= letter <= "\u08ff" for letter in name)
    return PADDING + (NARROW_LETTER if narrow else LETTER) * (len(name) + 1 + digits)


def _place(city: Exhibit) -> Point:
    details = city.details
    assert isinstance(details, CityDetails)
    return details.longitude, details.latitude


def frame_of(cities: Sequence[Exhibit], counts: Counts) -> Frame:
    """Return the part of the Earth that is shown: where much comes from, or every city."""
    speaking = [city for city in cities if counts.of(city.id)]
    return Frame.around(_place(city) for city in (cities if len(speaking) < FEW else speaking))


def placed(named: Sequence[Named], others: Sequence[Named]) -> dict[str, Label]:
    """Return where names stand in the field, by their cities' ids.

    A name for which there is no room is left out. Each leaves the points of *others* in sight where
    it can, and the largest circle free around every city that speaks, however much came from there:
    a name that moved with every vote could not be read, and the wall would be drawn anew each time.
    Nor does the order tell which name is left out, since that changes with votes.
    """
    left, unnamed = sorted(named, key=lambda each: each.id), list(others)
    while left:
        here, seen = tuple(left), tuple(unnamed)
        tried = _spread(here, seen)
        if tried.groups:  # better on the point of a silent city than nowhere
            tried = _spread(here, tuple(each for each in seen if each.circle))
        if not tried.groups:
            return {label.id: label for label in tried.labels}
        crowded = {id_ for group in tried.groups for id_ in group.ids}
        last = next(each for each in reversed(left) if each.id in crowded)
        left.remove(last)
        unnamed.append(replace(last, wide=0.0))
    return {}


@lru_cache(maxsize=64)
def _spread(named: tuple[Named, ...], others: tuple[Named, ...]) -> Spread:
    return spread(named, Room(*FIELD, name=NAME, group=NAME), others=others)


def land(folder: Path, frame: str) -> tuple[str, str]:
    """Return the land's outline and its view box, for the field of a map of this frame."""
    shown = Frame.parse(frame)
    if shown is None:
        return "", ""
    return map_land.outline(folder, shown), Window(shown, *FIELD).view_box(map_land.GRAIN)
