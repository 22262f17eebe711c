"""The map while a hall votes: circles grow, names stay, and neither hides another."""

from __future__ import annotations

import math
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest_asyncio

from kiosk.screens.wall.cities import LETTER, placed
from kiosk.screens.widgets.map_spread import Named
from kiosk.voice import tally_store
from kiosk.voice.place import Channel, Place
from tests.screens.phone.hub import Hub, Phone
from tests.screens.wall.test_led import with_cities
from tests.screens.wall.watching import followed
from tests.world import BENCHES, LINDMARK, PORT_AUBIER

OLD_QUAY, HILLSIDE, QUIET_TOWN = "old-quay", "hillside", "quiet-town"
SILENT = "far-shore"
"""From here nothing comes."""
FIVE = (LINDMARK, PORT_AUBIER, QUIET_TOWN, OLD_QUAY, HILLSIDE)
TALL = 1.75
"""Height of a name's letters, in the units of the map."""


@dataclass(frozen=True)
class Seen:
    """What a hall sees of the map: its key, circles (x, y, radius) and names (x, y, width)."""

    key: str
    circles: dict[str, tuple[float, float, float]]
    names: dict[str, tuple[float, float, float]]

    def hidden(self) -> set[tuple[str, str]]:
        """Names that lie on a circle, each with the circle's city."""
        return {
            (name, city)
            for name, (left, top, wide) in self.names.items()
            for city, (x, y, radius) in self.circles.items()
            if math.hypot(max(0.0, abs(x - left) - wide / 2), max(0.0, abs(y - top) - TALL / 2))
            < radius
        }


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub with six cities on its map: two close to the quiet town, one to the east."""
    more = {OLD_QUAY: (49.0, 9.0), SILENT: (50.0, 11.0), HILLSIDE: (48.2, 16.4)}
    async with followed(tmp_path, with_cities(**more)) as opened:
        yield opened


async def _votes(hub: Hub, city: str, number: int = 1) -> Seen:
    """Votes come in from a city; return the map then."""
    place = Place("harbour", city, "Town hall", Channel.PHONE)
    move = partial(tally_store.move, question=BENCHES, place=place)
    hub.database.write_now(partial(move, by={"*": number, "agree": number}))
    page = await Phone(hub).open(f"/wall?hold=map {BENCHES}")
    key = re.search(r'<main data-key="([^"]+)"', page)
    assert key is not None
    circles = re.findall(r'<circle data-city="([^"]+)" cx="(.+?)" cy="(.+?)" r="(.+?)"', page)
    names = re.findall(r'<text x="(.+?)" y="(.+?)"[^>]*>(.+?) <tspan [^>]*>(.+?)</tspan>', page)
    return Seen(
        key[1].rsplit(" ", 2)[0],  # what follows is of the poster's pattern
        {id_: (float(x), float(y), float(r)) for id_, x, y, r in circles},
        {
            name: (float(x), float(y), LETTER * len(f"{name} {count}"))
            for x, y, name, count in names
        },
    )


async def test_names_stay_where_they_are_while_a_hall_votes(hub: Hub) -> None:
    """Once all five have spoken, two hundred votes move no name: the code is never taken away."""
    crowd = Random(7).choices(FIVE, (6, 5, 5, 3, 1), k=200)
    keys = [(await _votes(hub, city)).key for city in (*FIVE, *crowd)]
    changes = [n for n, (before, after) in enumerate(pairwise(keys), 1) if before != after]
    assert changes
    assert max(changes) < len(FIVE), f"the map was drawn anew at the votes {changes}"


def test_a_name_without_room_leaves_its_circle_in_sight() -> None:
    """Eight cities on one coast: some are not named, whoever leads, and no name hides one."""
    crowd = [Named(f"city-{n}", (20 + 0.9 * n, 15 + 0.8 * (n % 3)), 14.0, 2.2) for n in range(8)]
    labels = placed(crowd, ())
    assert 0 < len(labels) < len(crowd)
    covered = [
        (label.id, city.id)
        for label in labels.values()
        for city in crowd
        if label.target.covers(city.at, city.circle)
    ]
    assert not covered
    assert placed(crowd[::-1], ()) == labels


async def test_no_name_lies_on_a_circle(hub: Hub) -> None:
    """Whoever leads by far, or nobody: no circle is under its own name or a neighbour's.

    Nor is the hollow one of a city from which nothing came yet.
    """
    for city in (QUIET_TOWN, *FIVE):
        seen = await _votes(hub, city)
        assert not seen.hidden()
    for city in FIVE:
        for number in (3, 30, 300):
            seen = await _votes(hub, city, number)
            assert set(seen.circles) == {*FIVE, SILENT}
            assert len(seen.names) == len(FIVE)
            assert not seen.hidden()
