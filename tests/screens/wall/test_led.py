"""Walls that are led: five scenes, by the desk or by keys, and only what is public."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest_asyncio
from sqlalchemy import Connection

from kiosk import ids
from kiosk.exhibition.model import CityDetails, Exhibit, Exhibition, Kind, Standing
from kiosk.moderation import actions, answers, leading, wall_store
from kiosk.moderation.answers import Draft
from kiosk.moderation.wall import EVERY_WALL, SceneName
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.voice import comment_store
from tests.screens.phone.hub import Hub, Phone, with_pages
from tests.screens.wall.watching import followed, watching
from tests.staff import writes
from tests.world import BENCHES, FERRY, LIBRARY, LINDMARK, PORT_AUBIER, SUNDAY, harbour, said

OFFICE = "Mayor of Lindmark"
GRANTS = (Grant(Role.MODERATOR), Grant(Role.MAYOR, office=OFFICE))
CLEO = Actor("cleo", "cleo", "Cleo Marsh", GRANTS)
"""She leads the debate, and in this small town she is its mayor, too."""


def with_cities(**more: tuple[float, float]) -> Exhibition:
    """The harbour with its two cities, a quiet town and *more* (latitude, longitude) on the map."""
    places = {LINDMARK: (55.0, 12.0), PORT_AUBIER: (43.0, 5.0), "quiet-town": (50.0, 8.0), **more}
    exhibition = with_pages(harbour())
    for name, (latitude, longitude) in places.items():
        city = Exhibit(
            name,
            Kind.CITY,
            "core",
            Standing.REPORTED,
            ("exhibition",),
            said(name.replace("-", " ").title()),
            details=CityDetails(latitude, longitude, "XX"),
        )
        exhibition = replace(exhibition, exhibits={**exhibition.exhibits, name: city})
    return exhibition


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub whose news are followed."""
    async with followed(tmp_path, with_cities()) as opened:
        yield opened


def leads(hub: Hub, scene: str, wall: str = EVERY_WALL) -> None:
    """Cleo tells walls what to show; nothing: by themselves."""
    lead = partial(leading.lead, city="", wall=wall, scene=SceneName.parse(scene), actor=CLEO)
    hub.database.write_now(partial(lead, exhibition="harbour", now=SUNDAY))


def says(hub: Hub, text: str, answer: str = "", **how: Any) -> str:
    """A resident's voice is published, and answered; return its id."""

    def say(c: Connection) -> str:
        comment = writes(c, text, **how)
        actions.approve(c, comment.id, 1, CLEO, SUNDAY, at_once=True)
        if answer:
            draft = Draft(ids.new_id(), "en", answer, (comment.id,))
            answers.save_draft(c, draft, CLEO, SUNDAY)
            answers.release(c, draft.id, 1, CLEO, SUNDAY)
        return comment.id

    return hub.database.write_now(say)


def takes_down(hub: Hub, comment: str) -> None:
    """Cleo takes a published voice off every screen."""

    def down(c: Connection) -> None:
        found = comment_store.get(c, comment)
        assert found is not None
        actions.unpublish(c, comment, found.revision, CLEO, SUNDAY, ground="insult")

    hub.database.write_now(down)


async def until(states: asyncio.Queue[Any], key: str) -> dict[str, Any]:
    """Wait for a state whose scene has this name."""
    async with asyncio.timeout(20):
        while True:
            state: dict[str, Any] = await states.get()
            if state["key"].startswith(key):
                return state


async def test_the_desk_leads_a_wall_through_a_debate(hub: Hub) -> None:
    """Asked without its tally, then revealed; voices, an answer, the map; then by itself."""
    await Phone(hub).votes(f"/q/{hub.code(BENCHES)}", "agree")
    voice = says(hub, "Where may we sit?", "Six benches come in April.")
    async with watching(hub, "lang=en") as states:
        await states.get()
        leads(hub, f"question {BENCHES}")
        asked = await until(states, f"question {BENCHES}")
        assert asked["sentence"] == "1 vote so far."
        assert {s["share"] for s in asked["segments"]} == {0}
        leads(hub, f"tally {BENCHES}")
        tally = await until(states, f"tally {BENCHES}")
        assert (tally["segments"][0]["share"], tally["voices"]) == (100, [])
        leads(hub, f"voices {voice}")
        heard = await until(states, f"voices {voice}")
        assert heard["voices"][0]["answers"] == []
        assert heard["voices"][0]["by"].splitlines()[1].startswith("answered by Cleo Marsh")
        leads(hub, f"answer {voice}")
        answer = await until(states, f"answer {voice}")
        assert answer["voices"][0]["answers"][0]["text"] == "Six benches come in April."
        leads(hub, f"map {BENCHES}")
        where = await until(states, f"map {BENCHES}")
        assert where["sentence"] == "1 vote and 1 voice from 1 city."
        leads(hub, "")
        await until(states, "tally")


async def test_what_is_taken_down_leaves_a_led_wall_at_once(hub: Hub) -> None:
    """Of two chosen voices one goes, then the other: the question stands there, asked."""
    two = [says(hub, words) for words in ("More benches.", "Fewer cars.")]
    leads(hub, "voices " + ",".join(two))
    async with watching(hub, "lang=en") as states:
        assert len((await until(states, "voices"))["voices"]) == 2
        takes_down(hub, two[0])
        left = await until(states, "voices")
        assert [v["first"] + v["rest"] for v in left["voices"]] == ["“Fewer cars.”"]
        takes_down(hub, two[1])
        empty = await until(states, f"question {BENCHES}")
        assert empty["voices"] == []
        assert "Fewer cars" not in str(empty)


async def test_one_wall_is_led_apart_and_noted(hub: Hub) -> None:
    """The great hall shows the map, the others turn; the desk reads what each shows, and why."""
    name = partial(leading.name_wall, name="Great hall", city="", actor=CLEO)
    hall = hub.database.write_now(partial(name, exhibition="harbour", now=SUNDAY))
    leads(hub, "map all", hall.id)
    async with (
        watching(hub, "lang=en&wall=great-hall") as great,
        watching(hub, "lang=en&wall=nobody-named-it") as other,
    ):
        await until(great, "map all")
        await until(other, "tally")
    shown = hub.database.read_now(lambda c: wall_store.shown(c, "harbour"))
    assert {w: (s.scene.split()[0], s.by) for w, s in shown.items()} == {
        ("", "great-hall"): ("map", "desk"),
        ("", ""): ("tally", "itself"),
    }


async def test_a_key_counts_until_the_desk_speaks_again(hub: Hub) -> None:
    """Who stands at the wall chose the map; the desk's next word takes its place."""
    leads(hub, f"question {BENCHES}")
    page = await Phone(hub).open("/wall")
    since = re.search(r'data-led="(\d+)"', page)
    assert since is not None
    async with watching(hub, f"lang=en&hold=map all&since={since[1]}") as states:
        await until(states, "map all")
        leads(hub, f"tally {FERRY}")
        assert (await until(states, f"tally {FERRY}"))["led"] > int(since[1])


async def test_a_held_voice_that_was_taken_down_is_its_question_after_a_break_too(hub: Hub) -> None:
    """The line breaks, and the wall asks again: page and stream show the same, and stay still."""
    voice = says(hub, "Fewer cars.")
    takes_down(hub, voice)
    held = f"hold=voices {voice}&since=0"
    assert f'data-key="question {BENCHES}' in await Phone(hub).open(f"/wall?{held}")
    async with watching(hub, f"lang=en&{held}") as states:
        first = await asyncio.wait_for(states.get(), 20)
        assert first["key"].startswith(f"question {BENCHES}")


async def test_made_up_moments_are_no_walls_of_their_own(hub: Hub) -> None:
    """Somebody adds numbers to a wall's address: it is one wall, and the desk's word reaches it."""
    leads(hub, f"question {BENCHES}")
    page = await Phone(hub).open("/wall")
    since = re.search(r'data-led="(\d+)"', page)
    assert since is not None

    async def watched_by(stack: AsyncExitStack, query: str) -> asyncio.Queue[Any]:
        return await stack.enter_async_context(watching(hub, f"lang=en{query}"))

    async with AsyncExitStack() as stack:
        late = [
            await watched_by(stack, f"&hold=map all&since={each}")
            for each in (since[1], int(since[1]) + 5, 10**17)
        ]
        early = [await watched_by(stack, each) for each in ("", "&hold=map all&since=0")]
        for states in late:
            await until(states, "map all")
        for states in early:
            await until(states, f"question {BENCHES}")
        assert hub.app.public.broadcast.working == 2
        leads(hub, f"tally {FERRY}")
        for states in (*late, *early):
            await until(states, f"tally {FERRY}")


async def test_each_key_brings_what_fits_to_what_is_shown(hub: Hub) -> None:
    """From the ferry's tally: its question, its map, its voice; again the same key: the next."""
    says(hub, "Near the market.", "By the old pier.", exhibit="ferry")
    says(hub, "Mehr Bänke!", language="de")
    phone = Phone(hub)

    async def key(shown: str, kind: str) -> str:
        page = await phone.open(f"/wall?after={shown}&kind={kind}")
        found = re.search(r'<main data-key="(\S+ \S+)', page)
        assert found is not None
        return found[1]

    assert await key(f"tally {FERRY}", "question") == f"question {FERRY}"
    assert await key(f"question {FERRY}", "question") != f"question {FERRY}"
    assert await key(f"tally {FERRY}", "map") == f"map {FERRY}"
    assert await key(f"map {FERRY}", "map") == "map all"
    first = await key(f"tally {FERRY}", "voices")
    assert "Near the market." in phone.page.text
    assert await key(first, "voices") != first
    await key(first, "answer")
    assert "By the old pier." in phone.page.text


async def test_the_map_tells_where_votes_come_from(hub: Hub) -> None:
    """Circles grow with what came; a city from which nothing came is a hollow point."""
    for _ in range(3):
        await Phone(hub).votes(f"/q/{hub.code(BENCHES)}", "agree")
    says(hub, "À la bibliothèque", place=LIBRARY, language="fr")
    async with watching(hub, f"lang=en&hold=map {BENCHES}") as states:
        state = await until(states, f"map {BENCHES}")
        dots = {dot["id"]: dot for dot in state["dots"]}
        assert (dots[LINDMARK]["count"], dots[PORT_AUBIER]["count"]) == ("3", "1")
        assert dots[LINDMARK]["radius"] > dots[PORT_AUBIER]["radius"] > dots["quiet-town"]["radius"]
        assert dots["quiet-town"]["name"] == ""
        assert state["sentence"] == "3 votes and 1 voice from 2 cities."


async def test_the_keys_are_told_on_the_wall(hub: Hub) -> None:
    """A sheet behind "?" names every key; a wall of one question has none."""
    page = await Phone(hub).open("/wall")
    told = re.findall(r"<kbd>(.+?)</kbd>", page)
    assert told == ["Q", "T", "V", "A", "M", "Space", "P", "?"]
    assert "<kbd>" not in await Phone(hub).open(f"/wall/{BENCHES}")
