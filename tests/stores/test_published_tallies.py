"""Changed tallies reach the feed: also the vote that is committed while they are published."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import text

from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.live.tallies import publish_tallies
from kiosk.live.ticker import rest_after
from kiosk.messaging import feed_store
from kiosk.voice import tally_store
from tests.world import ADAS_PHONE, BENCHES, SUNDAY

_WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def _publish(database: Database) -> list[str]:
    return database.write_now(partial(publish_tallies, now=SUNDAY))


def _told(database: Database) -> int:
    """Return how many ballots the feed tells of."""
    entries = database.read_now(lambda c: feed_store.after(c, 0, 100))
    rows = entries[-1].body["rows"] if entries else []
    return sum(row[-1] for row in rows if row[-2] == "*")


def _vote(database: Database) -> None:
    database.write_now(lambda c: tally_store.move(c, BENCHES, ADAS_PHONE, {"*": 1, "agree": 1}))


def test_a_change_is_published_once(database: Database) -> None:
    """Ada votes; the tally is published, and not again until somebody else votes."""
    _vote(database)
    assert _publish(database) == [BENCHES]
    assert _publish(database) == []
    _vote(database)
    assert _publish(database) == [BENCHES]
    assert _told(database) == 2


def test_a_vote_committed_beside_a_publication_is_published(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ben's vote waits for its commit at one worker while another publishes Ada's: both show."""
    if database.dialect == "sqlite":
        pytest.skip("one writer at a time: nothing is ever beside")
    # When it gives up is the next story's.
    monkeypatch.setattr(tally_store, "_GIVE_UP_SOON", text("SET LOCAL lock_timeout = '60s'"))
    _vote(database)
    written, go = threading.Event(), threading.Event()

    def ben() -> None:
        with database.engine.begin() as connection:
            tally_store.move(connection, BENCHES, ADAS_PHONE, {"*": 1, "agree": 1})
            written.set()
            go.wait(20)

    with ThreadPoolExecutor(2) as others:
        voting = others.submit(ben)
        assert written.wait(20)
        publishing = others.submit(_publish, database)
        asyncio.run(_until_it_waits(database, publishing.done))
        go.set()
        voting.result(20)
        publishing.result(20)
    while database.read_now(tally_store.any_changed):
        _publish(database)
    assert _told(database) == 2


def test_a_publication_gives_up_before_a_vote_does(database: Database) -> None:
    """A vote is held up for long: the publication fails in good time, the next one tells it."""
    if database.dialect == "sqlite":
        pytest.skip("one writer at a time: nothing is ever beside")
    _vote(database)
    with database.engine.begin() as connection:
        tally_store.move(connection, BENCHES, ADAS_PHONE, {"*": 1, "agree": 1})
        with pytest.raises(Unavailable):
            _publish(database)
    assert _publish(database) == [BENCHES]
    assert _told(database) == 2


async def _until_it_waits(database: Database, done: Callable[[], bool]) -> None:
    """Return once a transaction waits for another's lock; or is through, as it must not be."""
    async with asyncio.timeout(20):
        while not done() and not database.read_now(lambda c: c.execute(_WAITING).scalar_one()):  # noqa: ASYNC110 - another process moves it
            await asyncio.sleep(0.01)


def test_large_tallies_are_published_less_often_but_every_second() -> None:
    """Ten screens: five times a second; a thousand, whose tallies take long: once a second."""
    assert rest_after(0.004) == 0.2
    assert rest_after(0.1) == pytest.approx(0.5)
    assert rest_after(3.0) == 1.0
