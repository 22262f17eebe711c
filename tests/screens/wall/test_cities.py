"""Walls of cities: a city in the address, with or without words of its own, and nobody's city."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest_asyncio

from kiosk.moderation import leading, wall_store
from kiosk.moderation.wall import EVERY_WALL
from tests.screens.phone.hub import Hub, Phone
from tests.screens.wall.test_led import CLEO, leads, until, with_cities
from tests.screens.wall.watching import followed, watching
from tests.world import BENCHES, FERRY, LINDMARK, PORT_AUBIER, SUNDAY, said

OWN_WORDS = "Benches for Lindmark’s harbour."


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub of no city: Lindmark shows the harbour in its own words, Port-Aubier as it is."""
    core = with_cities()
    benches = core.exhibits["benches"]
    assert benches.question is not None
    asked = replace(benches, question=replace(benches.question, text=said(OWN_WORDS)))
    lindmark = replace(core, city=LINDMARK, exhibits={**core.exhibits, "benches": asked})
    async with followed(tmp_path, core, {LINDMARK: lindmark}) as opened:
        yield opened


async def test_a_city_alone_is_enough_of_an_address(hub: Hub) -> None:
    """The first exhibition is shown as Lindmark shows it, on the page and by its stream."""
    held = f"hold=question {BENCHES}"
    assert OWN_WORDS in await Phone(hub).open(f"/wall?city={LINDMARK}&{held}")
    assert OWN_WORDS not in await Phone(hub).open(f"/wall?{held}")
    async with watching(hub, f"lang=en&city={LINDMARK}&{held}") as states:
        assert (await asyncio.wait_for(states.get(), 20))["text"] == OWN_WORDS


async def test_a_city_without_words_of_its_own_is_led_all_the_same(hub: Hub) -> None:
    """Every wall of Port-Aubier is told to show the ferry; Lindmark's and the hub's go on."""
    tell = partial(wall_store.tell, exhibition="harbour", city=PORT_AUBIER, wall=EVERY_WALL)
    hub.database.write_now(partial(tell, scene=f"question {FERRY}", now=SUNDAY))
    shown = f'data-key="question {FERRY}'
    assert shown in await Phone(hub).open(f"/wall?city={PORT_AUBIER}")
    assert shown not in await Phone(hub).open(f"/wall?city={LINDMARK}")
    assert shown not in await Phone(hub).open("/wall")
    async with watching(hub, f"lang=en&city={PORT_AUBIER}") as states:
        state = await asyncio.wait_for(states.get(), 20)
        assert state["key"].startswith(f"question {FERRY}")
    noted = hub.database.read_now(lambda c: wall_store.shown(c, "harbour"))
    assert set(noted) == {(PORT_AUBIER, "")}


async def test_a_wall_without_a_city_hangs_in_the_hubs_own(tmp_path: Path) -> None:
    """Lindmark's hub, and a wall named for no city: it is led, and the desk sees what it shows."""
    name = partial(leading.name_wall, name="Great hall", city="", actor=CLEO)
    async with followed(tmp_path, with_cities(), city=LINDMARK) as hub:
        hub.database.write_now(partial(name, exhibition="harbour", now=SUNDAY))
        leads(hub, f"question {FERRY}", "great-hall")
        shown = f'data-key="question {FERRY}'
        assert shown in await Phone(hub).open("/wall?x=harbour&wall=great-hall")
        assert shown not in await Phone(hub).open("/wall")
        async with watching(hub, "lang=en&x=harbour&wall=great-hall") as states:
            await until(states, f"question {FERRY}")
        noted = hub.database.read_now(lambda c: wall_store.shown(c, "harbour"))
        assert noted["", "great-hall"].scene == f"question {FERRY}"


async def test_a_city_that_nobody_knows_is_the_exhibition_itself(hub: Hub) -> None:
    """A made-up city shows what no city adds to, and is noted under no name of its own."""
    async with (
        watching(hub, "lang=en&city=nowhere") as one,
        watching(hub, "lang=en") as two,
    ):
        assert await asyncio.wait_for(one.get(), 20) == await asyncio.wait_for(two.get(), 20)
    noted = hub.database.read_now(lambda c: wall_store.shown(c, "harbour"))
    assert set(noted) == {("", "")}
