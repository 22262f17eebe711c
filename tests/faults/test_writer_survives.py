"""The one thread that writes outlives whatever meets it: else every later write would wait."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kiosk import ids
from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from kiosk.sync import submit
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from tests.faults.power.visitors import opened
from tests.faults.sqlite_c import LIBRARY
from tests.faults.vfs.faulty import FULL, Fault, FaultyDisk
from tests.world import BENCHES, SUNDAY, TOWN_HALL

VISITORS = 8


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Database]:
    database = opened(tmp_path / "kiosk.db")
    yield database
    database.close()


async def everybody_votes(screen: Database) -> list[object]:
    """Eight visitors vote at the same moment; return what each was told."""
    votes = (
        partial(
            submit.cast_ballot,
            cast=Cast(ids.new_id(), BENCHES, ids.new_id(), ("agree",), TOWN_HALL, SUNDAY),
            now=SUNDAY,
        )
        for _ in range(VISITORS)
    )
    told = await asyncio.gather(*map(screen.write, votes), return_exceptions=True)
    return list(told)


async def test_a_lock_that_cannot_be_opened_refuses_all_and_later_votes_count(
    screen: Database, tmp_path: Path
) -> None:
    """As on a disk mounted read-only after an error, or with too many files open."""
    lock = tmp_path / "kiosk.db.lock"
    lock.unlink()
    lock.mkdir()
    async with asyncio.timeout(20):
        told = await everybody_votes(screen)
        assert [type(each) for each in told] == [Unavailable] * VISITORS
        lock.rmdir()
        assert not any(isinstance(each, Exception) for each in await everybody_votes(screen))
    tally = await screen.read(partial(actions.tally_of, question=BENCHES))
    assert tally.ballots == VISITORS


async def test_a_listener_that_fails_holds_up_nobody(screen: Database) -> None:
    """Somebody who wanted to hear of commits has gone without a word."""

    def gone() -> None:
        raise RuntimeError("Event loop is closed")

    screen.committed.append(gone)
    async with asyncio.timeout(20):
        for _ in range(2):
            assert not any(isinstance(each, Exception) for each in await everybody_votes(screen))


def test_a_first_start_on_a_full_disk_is_refused_in_words(tmp_path: Path) -> None:
    """The tables cannot be made: the operator reads what to do, and the next start makes them."""
    disk = FaultyDisk(tmp_path)
    with disk.on():
        database = Database.open(f"sqlite:///{tmp_path / 'kiosk.db'}")
        try:
            full = Fault("xWrite", 40, FULL, for_good=True)
            with disk.failing(full), pytest.raises(Unavailable, match="cannot be kept"):
                database.migrate()
            database.migrate()
            assert database.is_current()
        finally:
            database.close()
    assert LIBRARY.sqlite3_vfs_find(b"faulty") is None
