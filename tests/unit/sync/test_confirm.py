"""What a kiosk concludes from the hub's reply: go on, or send everything again."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from kiosk.database.connection import Database
from kiosk.messaging import outbox_store
from kiosk.people.kiosk_store import Health
from kiosk.sync.backoff import Backoff
from kiosk.sync.confirm import confirm
from kiosk.sync.push import next_step
from kiosk.sync.wire import Device, Receipt
from tests.world import SUNDAY

WELL = Health(0, 0, "", 0)


def _waits(connection: Connection, name: str) -> None:
    seq = outbox_store.next_seq(connection)
    outbox_store.add(connection, seq, name, "ballot", {"n": name}, SUNDAY)


@pytest.fixture
def kiosk(tmp_path: Path) -> Database:
    """A kiosk whose outbox holds three messages."""
    database = Database.open(f"sqlite:///{tmp_path / 'kiosk.db'}")
    database.migrate()
    for name in ("one", "two", "three"):
        database.write_now(partial(_waits, name=name))
    return database


def reply(kiosk: Database, epoch: str, count: int, highest: int) -> int:
    """Let the kiosk read a receipt; return the number behind which it goes on."""
    receipt = Receipt(epoch, count, highest)

    def hears(connection: Connection) -> int:
        step = next_step(
            connection, WELL, Device("1970-01-01T00:00:00.000Z", 1), protocol=1, greets=False
        )
        return confirm(connection, step.sent, receipt, SUNDAY).standing.holds

    return kiosk.write_now(hears)


def test_what_the_hub_holds_is_not_sent_again(kiosk: Database) -> None:
    """The hub has the first two: the third is next, one waits."""
    assert reply(kiosk, "spring", 2, 2) == 2
    assert kiosk.read_now(outbox_store.waiting)[0] == 1


def test_a_hub_that_began_a_new_life_gets_everything_again(kiosk: Database) -> None:
    """It was restored from a backup that even happens to hold as many messages."""
    reply(kiosk, "spring", 3, 3)
    assert reply(kiosk, "summer", 3, 3) == 0
    assert reply(kiosk, "summer", 3, 3) == 3


def test_a_hub_that_lost_messages_gets_everything_again(kiosk: Database) -> None:
    """Its files were copied back by hand: the same life, fewer messages."""
    reply(kiosk, "spring", 3, 3)
    assert reply(kiosk, "spring", 1, 1) == 0


def test_a_hub_with_a_gap_gets_everything_again(kiosk: Database) -> None:
    """Two messages but the third the highest: one is missing."""
    assert reply(kiosk, "spring", 2, 3) == 0


def test_waiting_doubles_with_jitter_and_ends_with_success() -> None:
    """After each failure longer, never above the limit; the first success forgets them."""
    backoff = Backoff(first=1, longest=8, chance=random.Random(7))
    waits = [backoff.failed() for _ in range(6)]
    assert all(1 * 0.5 * 2 ** min(n, 3) <= w <= 2 ** min(n, 3) for n, w in enumerate(waits))
    backoff.succeeded()
    assert backoff.failed() <= 1
