"""Streams of states: one message for all, few a second, whole after a break, nobody waited for."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import httpx
import pytest

from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.live import broadcast as streams
from kiosk.live.broadcast import REST_S, STILL_HERE, Broadcast, Channel, State
from kiosk.live.changes import Changes
from kiosk.live.places import Places
from tests.screens.wall.watching import followed
from tests.screens.wall.watching import watching as watching_hub
from tests.world import BENCHES, FERRY


@pytest.fixture
def broadcast(tmp_path: Path) -> Iterator[Broadcast]:
    """The streams of a process whose news nobody follows: states change when they are asked."""
    database = Database.open(f"sqlite:///{tmp_path / 'hub.db'}")
    yield Broadcast(Changes(database), slow=0.3)
    database.close()


class Watcher:
    """A wall at the end of a stream; *stuck* takes the first message and then nothing more."""

    def __init__(self, *, stuck: bool = False) -> None:
        self.seen: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        self._stuck = stuck

    async def take(self, message: bytes) -> None:
        if self._stuck and self.seen.qsize():
            await asyncio.Event().wait()
        await self.seen.put((time.monotonic(), message))

    async def next(self) -> tuple[float, bytes]:
        return await asyncio.wait_for(self.seen.get(), 20)


def each_time_another() -> State:
    """A state that is never the same twice."""
    numbers = count(1)

    async def state() -> bytes:
        return b"data: %d\n\n" % next(numbers)

    return state


@asynccontextmanager
async def watching(channel: Channel, *watchers: Watcher) -> AsyncIterator[list[asyncio.Task[None]]]:
    tasks = [asyncio.create_task(channel.watch(each.take)) for each in watchers]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_all_who_watch_the_same_are_handed_one_message(broadcast: Broadcast) -> None:
    """Fifty walls, one encoded message: not fifty that are equal, but the very same octets."""
    walls = [Watcher() for _ in range(50)]
    async with watching(broadcast.channel("benches", each_time_another(), 0.01), *walls):
        messages = {id(message) for wall in walls for _, message in [await wall.next()]}
        assert len(messages) == 1
        assert broadcast.watchers == 50
    assert broadcast.watchers == 0


async def test_who_asks_at_the_same_moment_is_handed_one_message_too(broadcast: Broadcast) -> None:
    """The hub restarts and all walls of the hall come at once: still one state for them all."""
    state = each_time_another()
    channels = {broadcast.channel("benches", state, 60) for _ in range(20)}
    assert len(channels) == 1
    walls = [Watcher() for _ in channels]
    async with watching(channels.pop(), *walls):
        await walls[0].next()
        assert broadcast.working == 1
    assert broadcast.working == 0
    async with asyncio.timeout(20):
        while vars(broadcast)["_channels"]:  # what nobody watches is not kept
            gc.collect()
            await asyncio.sleep(0.01)


async def test_no_more_than_five_messages_a_second(broadcast: Broadcast) -> None:
    """However fast the tally moves, the wall's readers are given time to read."""
    wall = Watcher()
    async with watching(broadcast.channel("benches", each_time_another(), 0.001), wall):
        at = [(await wall.next())[0] for _ in range(6)]
    assert at[-1] - at[0] >= 5 * REST_S * 0.95


async def test_who_comes_back_after_a_break_is_shown_everything_at_once(
    broadcast: Broadcast,
) -> None:
    """Ben's wall loses its line and asks again: the first message is the whole present state."""

    async def state() -> bytes:
        return b"data: 7 votes\n\n"

    channel = broadcast.channel("benches", state, 60)
    ben, clara = Watcher(), Watcher()
    async with watching(channel, clara):
        async with watching(channel, ben):
            assert await ben.next()
        ben_again = Watcher()
        async with watching(broadcast.channel("benches", state, 60), ben_again):
            assert (await ben_again.next())[1] == b"data: 7 votes\n\n"


async def test_a_slow_reader_is_let_go_and_nobody_waits_for_it(broadcast: Broadcast) -> None:
    """One wall takes nothing more: the other goes on, and the slow one's stream ends."""
    slow, quick = Watcher(stuck=True), Watcher()
    channel = broadcast.channel("benches", each_time_another(), 0.01)
    async with watching(channel, slow, quick) as (slow_one, quick_one):
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(asyncio.shield(slow_one), 20)
        assert slow.seen.qsize() == 1
        before = quick.seen.qsize()
        assert before > 1
        async with asyncio.timeout(20):
            while quick.seen.qsize() == before:  # noqa: ASYNC110 - the stream moves it
                await asyncio.sleep(0.01)
        assert not quick_one.done()
        assert channel.watchers == 1


async def test_what_a_reader_missed_is_not_kept_for_it(broadcast: Broadcast) -> None:
    """A wall that took long for one message gets the newest next, none of those between."""
    taken: list[bytes] = []
    go, states = asyncio.Event(), asyncio.Queue[None]()
    state = each_time_another()

    async def counted() -> bytes:
        await states.put(None)
        return await state()

    async def take(message: bytes) -> None:
        taken.append(message)
        if len(taken) == 1:
            await go.wait()

    broadcast.slow = 60
    channel = broadcast.channel("benches", counted, 0.001)
    task = asyncio.create_task(channel.watch(take))
    for _ in range(4):
        await asyncio.wait_for(states.get(), 20)
    go.set()
    while len(taken) < 2:  # noqa: ASYNC110 - the stream moves it
        await asyncio.sleep(0.01)
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert int(taken[1].split()[1]) >= 3


async def test_a_quiet_stream_says_that_it_is_there(
    broadcast: Broadcast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing changes for long: a line that no screen shows keeps the connection open."""
    monkeypatch.setattr(streams, "KEEP_ALIVE_S", 0.1)

    async def state() -> bytes:
        return b"data: 7 votes\n\n"

    wall = Watcher()
    async with watching(broadcast.channel("benches", state, 60), wall):
        assert (await wall.next())[1].startswith(b"data: ")
        assert (await wall.next())[1] == STILL_HERE


async def test_a_stream_that_cannot_look_does_not_say_that_it_is_there(
    broadcast: Broadcast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the database refuses, a wall must not take its old figures for live ones."""
    monkeypatch.setattr(streams, "KEEP_ALIVE_S", 0.1)
    numbers = count(1)

    async def state() -> bytes:
        number = next(numbers)
        if 1 < number < 6:
            raise Unavailable("The database cannot be read.", "Try again in a moment.")
        return b"data: 7 votes\n\n"

    wall = Watcher()
    async with watching(broadcast.channel("benches", state, 60), wall):
        assert (await wall.next())[1].startswith(b"data: ")
        assert [(await wall.next())[1] for _ in range(2)] == [STILL_HERE] * 2
        assert next(numbers) > 6


async def test_a_state_that_fails_once_does_not_end_the_stream(broadcast: Broadcast) -> None:
    """What nobody foresaw is logged; the wall shows what it showed, then the next state."""
    numbers = count(1)

    async def state() -> bytes:
        number = next(numbers)
        if number == 2:
            raise ValueError("nobody foresaw this")
        return b"data: %d\n\n" % number

    wall = Watcher()
    async with watching(broadcast.channel("benches", state, 0.01), wall):
        assert (await wall.next())[1] == b"data: 1\n\n"
        assert (await wall.next())[1] == b"data: 3\n\n"


async def test_the_end_reaches_also_who_has_only_just_asked(broadcast: Broadcast) -> None:
    """Two ask for the same before either watches: both are let go when the process ends."""
    state = each_time_another()
    channels = [broadcast.channel("benches", state, 60) for _ in range(2)]
    walls = [Watcher() for _ in channels]
    tasks = [
        asyncio.create_task(channel.watch(wall.take))
        for channel, wall in zip(channels, walls, strict=True)
    ]
    for wall in walls:
        await wall.next()
    broadcast.end()
    await asyncio.wait_for(asyncio.gather(*tasks), 20)


def test_places_are_limited_for_one_and_for_all_and_come_free_again() -> None:
    """One address takes half at most, all together no more than there are; nothing is kept."""
    places = Places(most=4, most_of_one=2)
    assert [places.take("one") for _ in range(3)] == [True, True, False]
    assert [places.take(each) for each in ("two", "three", "four")] == [True, True, False]
    places.leave("one")
    assert places.take("four")
    assert not places.take("one")
    for each in ("one", "two", "three", "four"):
        places.leave(each)
    assert not vars(places)["_taken"]


def test_scenes_that_somebody_chose_are_limited_and_come_free_again() -> None:
    """A third choice finds no room; who joins one of the two does, and who chose nothing."""
    places = Places(most_chosen=2)
    assert [places.take("one", each) for each in ("map", "tally", "voices")] == [True, True, False]
    assert places.take("two", "map")
    assert places.take("two")
    places.leave("one", "map")
    assert not places.take("one", "voices"), "the other still watches the map"
    places.leave("two", "map")
    assert places.take("one", "voices")


async def test_a_choice_too_many_is_told_to_come_again_and_other_walls_go_on(
    tmp_path: Path,
) -> None:
    """Ben's key brings a scene of its own when there is no room: 503; walls that turn have it."""
    async with followed(tmp_path) as hub:
        hub.app.public.broadcast.places = Places(most_chosen=1)
        transport = httpx.ASGITransport(app=hub.app)
        async with watching_hub(hub, f"lang=en&hold=tally {BENCHES}") as states:
            assert await asyncio.wait_for(states.get(), 20)
            async with httpx.AsyncClient(transport=transport, base_url="http://hub") as ben:
                asked = ben.get("/wall/stream", params={"hold": f"tally {FERRY}"})
                answer = await asyncio.wait_for(asked, 20)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
            for query in ("lang=en", f"lang=en&hold=tally {BENCHES}", f"lang=en&q={FERRY}"):
                async with watching_hub(hub, query) as others:
                    assert await asyncio.wait_for(others.get(), 20)
        async with watching_hub(hub, f"lang=en&hold=tally {FERRY}") as states:
            assert await asyncio.wait_for(states.get(), 20)


async def test_a_stream_too_many_is_told_to_come_again_and_one_that_ends_makes_room(
    tmp_path: Path,
) -> None:
    """Ben's wall finds every place taken: 503 at once; when Ada's leaves, he has hers."""
    async with followed(tmp_path) as hub:
        hub.app.public.broadcast.places = Places(most=1)
        async with watching_hub(hub, "lang=en") as states:
            assert await asyncio.wait_for(states.get(), 20)
            transport = httpx.ASGITransport(app=hub.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://hub") as ben:
                answer = await asyncio.wait_for(ben.get("/wall/stream"), 20)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
        async with watching_hub(hub, "lang=en") as states:
            assert await asyncio.wait_for(states.get(), 20)
