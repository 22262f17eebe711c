"""The wall: a question with its live tally, the newest voices, and removal at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from sqlalchemy import Connection

from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import Edition, FileRecord, edition_id
from kiosk.exhibition.model import Exhibition, Standing
from kiosk.messaging.envelope import Message
from kiosk.sync import groups
from kiosk.voice.group import Hands, Raised
from kiosk.voice.place import Channel, Place
from tests.screens.phone.hub import Hub, Phone, Shelf, with_pages
from tests.screens.wall.watching import followed, watching
from tests.world import BENCHES, LINDMARK, SUNDAY, harbour, said

HALL = Place("harbour", LINDMARK, "Town hall", Channel.GROUP, "kiosk-town-hall")
FOURTEEN: Raised = (("agree", 14), ("disagree", 6), ("pass", 4))


@pytest_asyncio.fixture
async def hub(tmp_path: Path) -> AsyncIterator[Hub]:
    """A hub whose news are followed."""
    async with followed(tmp_path) as opened:
        yield opened


async def test_ada_votes_and_the_wall_that_ben_watches_counts_it(hub: Hub) -> None:
    """The tally moves without a reload, well within a second."""
    async with watching(hub, f"q={BENCHES}&lang=en") as states:
        first = await asyncio.wait_for(states.get(), 20)
        assert first["sentence"] == "No votes yet. Yours can be the first."
        await Phone(hub).votes(f"/q/{hub.code(BENCHES)}", "agree")
        moved = await asyncio.wait_for(states.get(), 20)
        assert moved["votes"] == 1
        assert moved["segments"][0]["share"] == 100


async def test_a_vote_that_is_over_or_has_not_begun_is_put_to_nobody(tmp_path: Path) -> None:
    """Somebody leads to the benches before, in and after their two days."""
    async with followed(tmp_path, _asked_on_monday_and_tuesday()) as hub:
        soon = "This vote has not begun."
        assert await _told(hub) == [soon, f"{soon} It opens on 7 September 2026, 14:00 UTC."]
        hub.clock.passes(days=1)
        assert await _told(hub) == ["No votes yet. Yours can be the first."] * 2
        hub.clock.passes(days=2)
        over = "This vote is over."
        assert await _told(hub) == [over, f"{over} It ended on 9 September 2026, 14:00 UTC."]


async def test_a_vote_that_is_over_tells_what_it_came_to(tmp_path: Path) -> None:
    """Ada voted in time; the wall, open all the while, is drawn anew when the vote ends."""
    async with followed(tmp_path, _asked_on_monday_and_tuesday()) as hub:
        hub.clock.passes(days=1)
        await Phone(hub).votes(f"/q/{hub.code(BENCHES)}", "agree")
        question, tally = await _scenes(hub)
        assert "over" not in question["sentence"] + tally["sentence"]
        hub.clock.passes(days=2)
        question, later = await _scenes(hub)
        assert question["sentence"] == "This vote is over."
        assert later["sentence"] == f"This vote is over. {tally['sentence']}"
        assert later["segments"] == tally["segments"]
        assert later["key"] != tally["key"], "its code must invite nobody any more"


def _asked_on_monday_and_tuesday() -> Exhibition:
    """The harbour, where the benches' vote begins a day after the story does, and lasts for two."""
    world = harbour()
    benches = world.exhibits["benches"]
    assert benches.question is not None
    begins, ends = SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=3)
    asked = replace(benches, question=replace(benches.question, opens_at=begins, closes_at=ends))
    return with_pages(replace(world, exhibits={**world.exhibits, "benches": asked}))


async def _scenes(hub: Hub) -> list[dict[str, Any]]:
    """Return the question of the benches as a key brings it, and its tally."""
    found = []
    for query in (f"hold=question {BENCHES}", f"q={BENCHES}"):
        async with watching(hub, f"{query}&lang=en") as states:
            found.append(await asyncio.wait_for(states.get(), 20))
    return found


async def _told(hub: Hub) -> list[str]:
    return [re.sub(r"\s", " ", scene["sentence"]) for scene in await _scenes(hub)]


async def test_a_conclusions_question_is_asked_by_the_exhibition(tmp_path: Path) -> None:
    """What a workshop concluded is reported; nobody there asked what residents think of it."""
    world = harbour()
    concluded = replace(world.exhibits["benches"], standing=Standing.REPORTED)
    world = replace(world, exhibits={**world.exhibits, "benches": concluded})
    async with followed(tmp_path, with_pages(world)) as hub:
        async with watching(hub, f"q={BENCHES}&lang=en") as states:
            scene = await asyncio.wait_for(states.get(), 20)
            assert scene["over"].endswith("Put to you by this exhibition")
        page = await Phone(hub).open(f"/q/{hub.code(BENCHES)}")
        asked, reported = page.index("Put to you by this exhibition"), page.index("Reported.")
        assert asked < page.index("<h1>") < reported


async def raises(hub: Hub, raised: Raised, seq: int) -> None:
    """The hands of a class come in from a touchscreen."""
    hands = Hands(f"4b-{seq}", "4b", BENCHES, 24, raised, HALL, SUNDAY, seq)
    body = msgspec.json.encode(groups.body_of(hands))
    message = Message(hands.id, seq, groups.KIND, msgspec.Raw(body), "")
    take = partial(groups.take, origin=HALL.origin, message=message, now=SUNDAY)
    await hub.database.write(take)


async def test_a_class_raises_hands_and_the_wall_tells_them_apart(hub: Hub) -> None:
    """Ada votes alone; 24 raise hands: the wall says so below, and no bar and no number moves."""
    await Phone(hub).votes(f"/q/{hub.code(BENCHES)}", "disagree")
    async with watching(hub, f"q={BENCHES}&lang=en") as states:
        before = await asyncio.wait_for(states.get(), 20)
        assert before["hands"] == ""
        await raises(hub, FOURTEEN, 1)
        told = await _with_hands(states, "24 people")
        assert told["hands"] == (
            "Hands of 1 group with 24 people: Agree: 14, Disagree: 6 and Pass: 4."
            " They are counted apart from the votes."
        )
        assert told == before | {"hands": told["hands"]}
        page = await Phone(hub).open(f"/wall/{BENCHES}")
        assert f'<p class="hands" data-k="hands">{told["hands"]}</p>' in page
        await raises(hub, (), 2)
        assert await _with_hands(states, "") == before


async def test_hands_like_votes_are_not_told_while_the_question_is_only_asked(hub: Hub) -> None:
    """The scene that asks shows no result, neither residents' nor a group's."""
    await raises(hub, FOURTEEN, 1)
    page = await Phone(hub).open(f"/wall?hold=question {BENCHES}")
    assert 'data-kind="question"' in page
    assert "24 people" not in page


async def _with_hands(states: asyncio.Queue[Any], words: str) -> dict[str, Any]:
    """Wait for a state that tells of hands in these words; without words: of none."""
    async with asyncio.timeout(20):
        while True:
            state: dict[str, Any] = await states.get()
            if words in state["hands"] and bool(words) == bool(state["hands"]):
                return state


async def test_all_walls_that_are_alike_get_the_same_message(hub: Hub) -> None:
    """Two walls of one question share one channel; another language has its own."""
    async with (
        watching(hub, f"q={BENCHES}&lang=en") as one,
        watching(hub, f"q={BENCHES}&lang=en") as two,
    ):
        assert await asyncio.wait_for(one.get(), 20) == await asyncio.wait_for(two.get(), 20)
        async with watching(hub, f"q={BENCHES}&lang=fr") as french:
            french_state = await asyncio.wait_for(french.get(), 20)
            assert french_state["over"].startswith("La ville qui communique")


@pytest.mark.parametrize(
    ("wall", "ends"), [(f"q={BENCHES}", True), (f"hold=question {BENCHES}", False)]
)
async def test_an_open_wall_has_the_words_of_a_new_edition(
    hub: Hub, tmp_path: Path, wall: str, *, ends: bool
) -> None:
    """Ines mends a word in what is asked, and may end the vote: the wall is told of both."""
    async with watching(hub, f"lang=en&{wall}") as states:
        before = await asyncio.wait_for(states.get(), 20)
        core = hub.app.public.hall.editions["harbour"].view()
        benches = core.exhibits["benches"]
        assert benches.question is not None
        closes = hub.clock() - timedelta(hours=1) if ends else None
        asked = replace(benches.question, text=said("More benches!"), closes_at=closes)
        exhibits = {**core.exhibits, "benches": replace(benches, question=asked)}
        hub.app.public.library = Shelf(tmp_path, replace(core, exhibits=exhibits))
        hub.database.write_now(_releases_again)
        await hub.app.public.refresh()
        async with asyncio.timeout(20):
            while (after := await states.get())["text"] != "More benches!":
                pass
    assert after["key"] != before["key"]
    assert (before["asks"], after["asks"]) == (True, not ends)


def _releases_again(connection: Connection) -> None:
    files = {"exhibition.toml": FileRecord("0" * 64, 1)}
    edition = Edition(edition_id(files), "harbour", 2, files, SUNDAY, "Ines")
    edition_store.keep(connection, edition)
    edition_store.release(connection, edition, "Ines", SUNDAY)


async def test_open_streams_end_with_the_process(hub: Hub) -> None:
    """Asked to stop, the hub lets its walls go at once."""
    async with watching(hub, f"q={BENCHES}&lang=en") as states:
        await asyncio.wait_for(states.get(), 20)
        hub.app.public.broadcast.end()
        assert await asyncio.wait_for(states.get(), 20) is None


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
        state = await asyncio.wait_for(states.get(), 20)
        assert state["key"].startswith(second)


async def test_without_a_voice_the_wall_stays_where_it_is(hub: Hub) -> None:
    """Nobody has spoken yet: the key "v" changes nothing."""
    phone = Phone(hub)
    first = _key(await phone.open("/wall"))
    for kind in ("voices", "answer", "gallery"):
        assert _key(await phone.open(f"/wall?after={first}&kind={kind}")) == first


async def test_an_address_that_somebody_typed_is_no_fault(hub: Hub) -> None:
    """No feed reaches this position, or it is no number: the wall shows a scene all the same."""
    wall = Phone(hub)
    for since in ("9" * 5_000, "-1", "²", "1e9"):
        assert _key(await wall.open(f"/wall?hold=question%20{BENCHES}&since={since}"))
        assert wall.page.status_code == 200


async def test_what_nobody_asked_has_no_stream_of_its_own(hub: Hub) -> None:
    """A made-up name to hold is no reason to look for states once more."""
    async with (
        watching(hub, "lang=en&hold=question nothing") as one,
        watching(hub, "lang=en") as two,
    ):
        assert await asyncio.wait_for(one.get(), 20) == await asyncio.wait_for(two.get(), 20)


def _key(page: str) -> str:
    """Return the name of the turn that a page of the wall shows."""
    key = re.search(r'<main data-key="([^"]+)"', page)
    assert key is not None
    return " ".join(key[1].split()[:2])
