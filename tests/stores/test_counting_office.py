"""The counting office writes votes in a process of its own: nobody is thanked for a lost one."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from kiosk.apps import counting
from kiosk.database.connection import Database
from kiosk.errors import InvalidBallot, Overloaded, QuestionClosed, Unavailable
from kiosk.live.changes import Changes
from kiosk.live.ticker import publish, tick
from kiosk.messaging import feed_store
from kiosk.voice import actions, office
from kiosk.voice.ballot import Cast
from kiosk.voice.office import Office
from kiosk.voice.office_wire import Frames, as_told, frame
from tests.stores.test_many_votes import vote
from tests.world import BENCHES, NIGHT_BUS, SUNDAY, harbour

NEVER_OPENS = (sys.executable, "-c", "import sys; sys.stdin.read()")


@pytest.fixture
def hub(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Database:
    """The hub, with the harbour exhibition released; its office finds it by the settings."""
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path))
    monkeypatch.setenv("KIOSK_DATABASE_URL", database.url)
    return database


@asynccontextmanager
async def opened(hub: Database) -> AsyncIterator[Office]:
    """The hub's office, once votes go there."""
    its = Office(hub, counting.COMMAND)
    running = asyncio.create_task(its.run())
    await its.open.wait()
    try:
        yield its
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def votes_on(hub: Database, question: str = BENCHES) -> dict[str, int]:
    """What the tally of a question says."""
    return dict(hub.read_now(lambda c: actions.tally_of(c, question)).by_choice)


async def test_a_halls_votes_are_counted_by_the_office(hub: Database) -> None:
    """Two hundred phones answer at once: each is counted once, and this process wrote none."""
    before = hub.writing.written
    async with opened(hub) as its:
        await asyncio.gather(*(its.count(vote(f"phone-{n}", "agree")) for n in range(200)))
        assert votes_on(hub) == {"agree": 200, "*": 200}
        assert (its.written, its.waiting) == (200, 0)
        assert its.commits < 200
    assert hub.writing.written == before


async def test_the_office_begins_while_others_still_vote(
    hub: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty phones answer in one turn of the loop: the first leave before it ends."""
    left: list[int] = []

    def counted(casts: list[Cast]) -> bytes:
        left.append(len(casts))
        return frame(casts)

    monkeypatch.setattr(office, "frame", counted)
    async with opened(hub) as its:
        waits = [its.count(vote(f"phone-{n}", "agree")) for n in range(office.TOGETHER + 6)]
        assert left == [office.TOGETHER]
        await asyncio.gather(*waits)
    assert left == [office.TOGETHER, 6]
    assert votes_on(hub) == {"agree": office.TOGETHER + 6, "*": office.TOGETHER + 6}


async def test_a_refused_vote_is_told_why_and_its_neighbours_count(hub: Database) -> None:
    """Ben chooses what is not offered, Cleo comes too late; Ada between them is counted."""
    async with opened(hub) as its:
        ben, ada, cleo = await asyncio.gather(
            its.count(vote("ben", "maybe")),
            its.count(vote("ada", "agree")),
            its.count(vote("cleo", "agree", on=NIGHT_BUS)),
            return_exceptions=True,
        )
    assert isinstance(ben, InvalidBallot)
    assert ben.cure == "Choose one of the answers shown."
    assert ada is None
    assert isinstance(cleo, QuestionClosed)
    assert votes_on(hub) == {"agree": 1, "*": 1}


async def test_who_changes_the_answer_at_once_is_counted_once(hub: Database) -> None:
    """Ada taps three answers before the first is on the disk: the last one counts."""
    async with opened(hub) as its:
        taps = [its.count(vote("ada", answer)) for answer in ("agree", "pass", "disagree")]
        await asyncio.gather(*taps)
    assert votes_on(hub) == {"disagree": 1, "*": 1}


async def test_an_office_that_was_killed_opens_again(hub: Database) -> None:
    """It is killed under load: who was not thanked sends again; all are counted once."""
    async with opened(hub) as its:
        casts = [vote(f"phone-{n}", "agree") for n in range(300)]
        sent = [asyncio.ensure_future(its.count(cast)) for cast in casts]
        await asyncio.sleep(0)  # each has handed its vote over
        assert its.waiting == len(casts)
        os.kill(its.process, signal.SIGKILL)
        told = await asyncio.gather(*sent, return_exceptions=True)
        again = [cast for cast, error in zip(casts, told, strict=True) if error is not None]
        assert all(error is None or isinstance(error, Unavailable) for error in told)
        await asyncio.gather(*(its.count(cast) for cast in again))
        assert votes_on(hub) == {"agree": 300, "*": 300}
        await its.open.wait()
        await its.count(vote("dilek", "pass"))
    assert votes_on(hub) == {"agree": 300, "pass": 1, "*": 301}


async def test_while_no_office_is_open_votes_are_written_here(hub: Database) -> None:
    """An office that does not come to open keeps nobody waiting."""
    its = Office(hub, NEVER_OPENS)
    running = asyncio.create_task(its.run())
    await its.count(vote("ada", "agree"))
    assert votes_on(hub) == {"agree": 1, "*": 1}
    assert its.written == 0
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_what_was_handed_over_is_answered_when_the_hub_is_asked_to_end(
    hub: Database,
) -> None:
    """The hub ends while a hall votes: every vote that waited is counted and thanked."""
    async with opened(hub) as its:
        sent = [asyncio.ensure_future(its.count(vote(f"p-{n}", "agree"))) for n in range(50)]
        await asyncio.sleep(0)  # each has handed its vote over; the hub ends now
    await asyncio.gather(*sent)
    assert votes_on(hub) == {"agree": 50, "*": 50}


async def a_publication(hub: Database, its: Office, head: int) -> None:
    """Tick as the hub does, until the feed's head is behind *head*."""
    changes = Changes(hub)
    tasks = [
        asyncio.create_task(changes.follow()),
        asyncio.create_task(tick(hub, lambda: SUNDAY, elsewhere=its.publish)),
    ]
    await changes.beyond(head, 20)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert changes.head > head


async def test_the_office_publishes_what_its_votes_changed(hub: Database) -> None:
    """Screens hear of a vote by a commit of the office; no thread of the hub held a lock for it."""
    before = hub.writing.written
    head = hub.read_now(feed_store.head)
    async with opened(hub) as its:
        await its.count(vote("ada", "agree"))
        await a_publication(hub, its, head)
    assert hub.writing.written == before


async def test_publication_goes_on_when_the_office_was_killed(hub: Database) -> None:
    """It dies as it is asked to publish: that is said, and the next time what changed is told."""
    async with opened(hub) as its:
        await its.count(vote("ada", "agree"))
        os.kill(its.process, signal.SIGSTOP)
        asked = its.publish(SUNDAY)
        assert asked is not None
        os.kill(its.process, signal.SIGKILL)
        with pytest.raises(Unavailable):
            await asked
        assert its.publish(SUNDAY) is None
        head = hub.read_now(feed_store.head)
        await a_publication(hub, its, head)


async def test_too_many_are_refused_before_they_are_begun(
    hub: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three may wait; the fourth is asked to come again, and is not counted."""
    monkeypatch.setattr(office, "MOST_WAITING", 3)
    async with opened(hub) as its:
        waiting = [its.count(vote(f"phone-{n}", "agree")) for n in range(3)]
        with pytest.raises(Overloaded):
            its.count(vote("phone-3", "agree"))
        await asyncio.gather(*waiting)
        assert its.refused == 1
    assert votes_on(hub) == {"agree": 3, "*": 3}


@pytest.fixture
def line(hub: Database) -> Iterator[socket.socket]:
    """Our end of a line whose other end counts, in a thread."""
    ours, theirs = socket.socketpair()
    counter = threading.Thread(target=office.serve, args=(theirs, hub, publish))
    counter.start()
    yield ours
    ours.close()
    counter.join()


def test_votes_that_arrive_in_pieces_are_counted_whole(hub: Database, line: socket.socket) -> None:
    """The line cuts a message in two, and brings the second half with the next message."""
    casts: list[Cast] = [vote("ada", "agree"), vote("ben", "pass")]
    first, second = (frame([cast]) for cast in casts)
    line.sendall(first[:7])
    line.sendall(first[7:] + second)
    frames, votes = Frames(), 0
    while votes < len(casts):
        votes += sum(told.votes for told in frames.take(line.recv(office.PIECE), as_told))
    assert votes_on(hub) == {"agree": 1, "pass": 1, "*": 2}
