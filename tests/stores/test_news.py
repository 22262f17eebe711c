"""News of other processes' commits: heard or seen at once, also after the line was cut."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import text

from kiosk.database.connection import Database
from kiosk.live.changes import SURE_S, Changes
from kiosk.live.ticker import tick
from kiosk.messaging import feed_store
from kiosk.voice import tally_store
from tests.world import ADAS_PHONE, BENCHES, SUNDAY

_CUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = 'kiosk-live' AND datname = current_database()"
)


@pytest.fixture
def elsewhere(database: Database) -> Iterator[Database]:
    """Another process's connections to the same database, as far as the database can tell."""
    opened = Database.open(database.url)
    yield opened
    opened.close()


@asynccontextmanager
async def following(*all_changes: Changes) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(changes.follow()) for changes in all_changes]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - another process moves it
            await asyncio.sleep(0.005)


async def publish(database: Database) -> int:
    return await database.write(
        lambda c: feed_store.append(c, "comment", "harbour", "", {}, SUNDAY)
    )


async def heard_after(changes: Changes, database: Database) -> float:
    """Publish something elsewhere; return the seconds until *changes* know of it."""
    position = await publish(database)
    begun = time.perf_counter()
    await until(lambda: changes.head >= position)
    return time.perf_counter() - begun


async def test_another_process_publishes_and_this_one_hears_of_it(
    database: Database, elsewhere: Database
) -> None:
    """Nobody looks once a second only: a publication is known within a fifth of that.

    Each of the twenty comes just after the one before was heard of: who looks once a second would
    be a second late for all but the first. A busy machine may hold some up, not all.
    """
    changes = Changes(database)
    async with following(changes):
        await until(lambda: changes.head >= 0 and (changes.hears or database.dialect == "sqlite"))
        took = [await heard_after(changes, elsewhere) for _ in range(20)]
    assert min(took[1:]) < SURE_S / 5


async def test_news_go_on_while_the_line_is_cut(database: Database, elsewhere: Database) -> None:
    """The server ends the line: publications are still seen, and it is heard from again."""
    if database.dialect == "sqlite":
        pytest.skip("there is no line to a file")
    changes = Changes(database)
    async with following(changes):
        await until(lambda: changes.hears)
        elsewhere.read_now(lambda c: c.execute(_CUT).all())
        await until(lambda: not changes.hears)
        assert changes.turn
        await heard_after(changes, elsewhere)
        await until(lambda: changes.hears)
        await heard_after(changes, elsewhere)


async def test_one_of_several_publishes_and_another_takes_over(
    database: Database, elsewhere: Database
) -> None:
    """Two processes follow one database: one has the turn; when it ends, the other gets it."""
    if database.dialect == "sqlite":
        pytest.skip("several public processes need PostgreSQL")
    one, two = Changes(database), Changes(elsewhere)
    async with following(two):
        async with following(one):
            await until(lambda: one.hears and two.hears)
            await until(lambda: one.turn or two.turn)
            assert one.turn != two.turn
        await until(lambda: two.hears and two.turn)


async def test_without_the_turn_nothing_is_published(database: Database) -> None:
    """A vote waits for the process that has the turn, and is told once by it."""
    has_turn = False
    database.write_now(lambda c: tally_store.move(c, BENCHES, ADAS_PHONE, {"*": 1}))
    looked = asyncio.Event()

    def turn() -> bool:
        looked.set()
        return has_turn

    ticking = asyncio.create_task(tick(database, lambda: SUNDAY, turn))
    await looked.wait()
    assert await database.read(feed_store.head) == 0
    has_turn = True
    async with asyncio.timeout(20):
        while not await database.read(feed_store.head):  # noqa: ASYNC110 - another process moves it
            await asyncio.sleep(0.01)
    ticking.cancel()
    with suppress(asyncio.CancelledError):
        await ticking
    assert await database.read(feed_store.head) == 1
