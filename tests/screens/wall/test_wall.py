"""The wall: a question with its live tally, the newest voices, and removal at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.screens.phone.hub import Hub, Phone
from tests.screens.wall.watching import followed, watching
from tests.world import BENCHES


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub whose news are followed."""
    async with followed(tmp_path) as opened:
        yield opened


async def test_ada_votes_and_the_wall_that_ben_watches_counts_it(hub: Hub) -> None:
    """The tally moves without a reload, well within a second."""
    async with watching(hub, f"q={BENCHES}&lang=en") as states:
        first = await asyncio.wait_for(states.get(), 5)
        assert first["sentence"] == "No votes yet. Yours can be the first."
        await Phone(hub).votes(f"/q/{hub.code(BENCHES)}", "agree")
        moved = await asyncio.wait_for(states.get(), 5)
        assert moved["votes"] == 1
        assert moved["segments"][0]["share"] == 100


async def test_all_walls_that_are_alike_get_the_same_message(hub: Hub) -> None:
    """Two walls of one question share one channel; another language has its own."""
    async with (
        watching(hub, f"q={BENCHES}&lang=en") as one,
        watching(hub, f"q={BENCHES}&lang=en") as two,
    ):
        assert await asyncio.wait_for(one.get(), 5) == await asyncio.wait_for(two.get(), 5)
        async with watching(hub, f"q={BENCHES}&lang=fr") as french:
            french_state = await asyncio.wait_for(french.get(), 5)
            assert french_state["over"].startswith("La ville qui communique")


async def test_open_streams_end_with_the_process(hub: Hub) -> None:
    """Asked to stop, the hub lets its walls go at once."""
    async with watching(hub, f"q={BENCHES}&lang=en") as states:
        await asyncio.wait_for(states.get(), 5)
        hub.app.public.broadcast.end()
        assert await asyncio.wait_for(states.get(), 5) is None


async def test_without_script_the_wall_shows_the_state_at_load(hub: Hub) -> None:
    """The page holds everything; the script only keeps it fresh, allowed by its nonce alone."""
    phone = Phone(hub)
    await phone.votes(f"/q/{hub.code(BENCHES)}", "disagree")
    page = await phone.open(f"/wall/{BENCHES}")
    assert "1 vote" in page
    assert 'role="img"' in page
    policy = phone.page.headers["content-security-policy"]
    assert "script-src 'nonce-" in policy
    assert "unsafe" not in policy


async def test_the_wall_of_everything_turns_from_question_to_question(hub: Hub) -> None:
    """After twenty seconds another question has the wall."""
    phone = Phone(hub)
    await phone.open("/wall")
    first = phone.headline
    hub.clock.passes(seconds=20)
    await phone.open("/wall")
    assert phone.headline != first


async def test_a_question_that_is_not_on_show_has_no_wall(hub: Hub) -> None:
    """The address of an older exhibition says so."""
    phone = Phone(hub)
    await phone.open("/wall/harbour/core/nothing")
    assert phone.page.status_code == 404


async def test_a_wall_led_by_hand_stays_with_what_was_chosen(hub: Hub) -> None:
    """Cleo asks for the next question, then holds it: the others turn, hers does not."""
    phone = Phone(hub)
    first = _key(await phone.open("/wall"))
    second = _key(await phone.open(f"/wall?after={first}&kind="))
    assert second != first
    assert second.startswith("tally ")
    hub.clock.passes(seconds=20 * 7)
    page = await phone.open(f"/wall?hold={second}")
    assert _key(page) == second
    async with watching(hub, f"lang=en&hold={second}") as states:
        state = await asyncio.wait_for(states.get(), 5)
        assert state["key"].startswith(second)


async def test_without_a_voice_the_wall_stays_where_it_is(hub: Hub) -> None:
    """Nobody has spoken yet: the key "v" changes nothing."""
    phone = Phone(hub)
    first = _key(await phone.open("/wall"))
    for kind in ("voices", "answer", "gallery"):
        assert _key(await phone.open(f"/wall?after={first}&kind={kind}")) == first


async def test_what_nobody_asked_has_no_stream_of_its_own(hub: Hub) -> None:
    """A made-up name to hold is no reason to look for states once more."""
    async with (
        watching(hub, "lang=en&hold=question nothing") as one,
        watching(hub, "lang=en") as two,
    ):
        assert await asyncio.wait_for(one.get(), 5) == await asyncio.wait_for(two.get(), 5)


def _key(page: str) -> str:
    """Return the name of the turn that a page of the wall shows."""
    key = re.search(r'<main data-key="([^"]+)"', page)
    assert key is not None
    return " ".join(key[1].split()[:2])
