"""A kiosk that was offline for a busy week sends its outbox: 10,000 votes to a hub, once each."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection

from benchmarks.figure import Figure, middle
from benchmarks.server import python, running
from benchmarks.stage import CONTENT, Stage, build
from kiosk import clock, ids
from kiosk.database.connection import Database
from kiosk.exhibition.reader import read
from kiosk.people.enrolment import Identity
from kiosk.sync import submit
from kiosk.sync.hub_client import HubClient
from kiosk.sync.push import Push
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from kiosk.voice.place import Channel, Place

MESSAGES = 10_000
ROUNDS = 3


class MessagesLost(Exception):
    """The hub did not count every vote exactly once."""


def measure(rounds: int = ROUNDS, messages: int = MESSAGES) -> Iterator[Figure]:
    """Yield messages a second from a kiosk's outbox into the hub's tally, over HTTP."""
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as folder:
        stage = build(Path(folder))
        hub = running(
            python("kiosk", "public"),
            stage.settings.hub_port,
            stage.settings.data / "public.log",
            stage.environment,
        )
        with hub as public:
            rates = [
                messages / _push(stage, public.address, screen, messages)
                for screen in stage.screens[:rounds]
            ]
        if stage.counted() != rounds * messages:
            raise MessagesLost(f"{stage.counted()} of {rounds * messages} votes")
    yield middle("sync.per_second", rates, "messages/s", f"{messages} votes, batches of 1000")


def _push(stage: Stage, address: str, screen: Identity, messages: int) -> float:
    """Fill a kiosk's outbox, send it, and return the seconds that sending took."""
    database = Database.open(f"sqlite:///{stage.settings.data / screen.id}.db")
    database.migrate()
    try:
        database.write_now(lambda c: _vote(c, stage, screen, messages))
        return asyncio.run(_send(database, address, screen))
    finally:
        database.close()


async def _send(database: Database, address: str, screen: Identity) -> float:
    client = HubClient(address, screen.credential)
    begun = time.perf_counter()
    await Push(database, client, clock.now).once()
    seconds = time.perf_counter() - begun
    await client.close()
    return seconds


def _vote(connection: Connection, stage: Stage, screen: Identity, messages: int) -> None:
    now = clock.now()
    actions.register_questions(connection, read(CONTENT), now)
    place = Place(CONTENT.name, "", screen.place, Channel.TOUCHSCREEN, screen.id)
    choices = stage.question.choice_ids()
    for n in range(messages):
        choice = (choices[n % 3],)
        cast = Cast(ids.new_id(), stage.question.id, ids.new_id(), choice, place, now)
        submit.cast_ballot(connection, cast, now)
