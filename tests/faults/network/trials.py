"""A network that fails in every way: the kiosk always converges, and nothing is there twice."""

from __future__ import annotations

import asyncio
import atexit
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from unittest.mock import patch

import httpx
from sqlalchemy import Connection

from benchmarks.stage import Stage, build
from kiosk import clock, ids
from kiosk.database.connection import Database
from kiosk.errors import KioskError
from kiosk.messaging import feed_store, outbox_store
from kiosk.people.enrolment import Identity, enrol
from kiosk.sync import pull, submit, worker
from kiosk.sync.backoff import Backoff
from kiosk.sync.hub_client import HubClient
from kiosk.sync.push import Push
from kiosk.sync.worker import Worker
from kiosk.voice import question_store
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from kiosk.voice.place import Place
from tests.faults.checker import Evidence, Told, holds
from tests.faults.family import Family, Found
from tests.faults.network.proxy import FAULTS, Line, State
from tests.journeys.processes import Process

CONNECT_S, READ_S, WAIT_S, LONGEST_S = 0.5, 2.0, 1, 1.5
"""A twentieth, or nearly, of the product's patience: 10 s to connect, 40 s for a reply, 25 s for
news, 30 s between tries. The rules are the same, and a trial takes seconds."""
SLACK_S = 15.0
"""What a busy machine may take longer."""
PHASES = 3
"""Faults of one trial, each for a part of a second."""
MOST_TRIES = 40
"""Connections on a line that is cut for at most three seconds: by doubling about 8 for each of the
two loops; without patience there would be thousands."""
LOOKS = 600
"""Looks, twenty a second, until a kiosk that has not converged is given up."""


@dataclass
class AtWork:
    """A kiosk with a database and a line of its own, and what its visitors were told."""

    identity: Identity
    database: Database
    question: str
    exhibition: str
    line: Line
    chance: random.Random
    told: set[str] = field(default_factory=set)

    def client(self) -> HubClient:
        """A new client on the line, with less patience than the product's."""
        made = HubClient(f"http://127.0.0.1:{self.line.port}", self.identity.credential)
        made._http.timeout = httpx.Timeout(CONNECT_S, read=READ_S)
        return made

    async def visitors(self) -> None:
        """Vote and comment without end."""
        place = Place(self.exhibition, self.identity.city, "Hall", "touchscreen", self.identity.id)
        while True:
            ada, now = ids.new_id(), clock.now()
            cast = Cast(ids.new_id(), self.question, ada, ("agree",), place, now)
            await self.database.write(partial(submit.cast_ballot, cast=cast, now=now))
            self.told.add(cast.id)
            id, words, number = ids.new_id(), "Shade. " * 40, self.identity.number
            new = NewComment(id, "benches", words, "en", ada, f"receipt:{id}", "", place, now)
            await self.database.write(
                partial(submit.submit_comment, new=new, kiosk_number=number, now=now)
            )
            self.told.add(id)
            await asyncio.sleep(self.chance.uniform(0, 0.05))


def trial(number: int, folder: Path) -> Found:
    """Phases of one fault (the first numbers), or of any; then all is at the hub once."""
    kinds = (FAULTS[number],) if number < len(FAULTS) else FAULTS
    with _kiosk(number, folder) as (kiosk, hub), _impatient():
        took_s = asyncio.run(_worked(kiosk, hub, kinds))
        told = Told(frozenset(kiosk.told))
        with hub.engine.connect() as at_hub, kiosk.database.engine.connect() as at_kiosk:
            holds(Evidence(at_hub, {kiosk.identity.id: at_kiosk}, told, healed=True))
    bound = READ_S + LONGEST_S + SLACK_S
    assert took_s < bound, f"trial {number}: it took {took_s:.1f} s to converge"
    longest = max(kiosk.line.silences, default=0.0)
    assert longest < bound, f"trial {number}: {longest:.1f} s on a half-open connection"
    tries = len(kiosk.line.attempts)
    assert kinds != (State.CUT,) or tries < MOST_TRIES, f"{tries} tries on a line that was cut"
    notes = {"connections": tries, "half-open": len(kiosk.line.silences)}
    return Found(1, len(kiosk.told), 0, notes)


def control(number: int, folder: Path) -> Found:
    """A kiosk that forgets what it has sent without waiting for the reply."""
    with _kiosk(number, folder, "control") as (kiosk, hub), _impatient():
        asyncio.run(_sent_and_forgotten(kiosk))
        with hub.engine.connect() as at_hub:
            arrived = set(at_hub.exec_driver_sql("SELECT id FROM inbox").scalars())
    return Found(1, len(kiosk.told), len(kiosk.told - arrived))


async def _worked(kiosk: AtWork, hub: Database, kinds: tuple[State, ...]) -> float:
    """Let the worker run through the phases; return the seconds it took after the last."""

    async def fetches_nothing(client: HubClient, exhibition: str, edition: str) -> bool:
        return False

    async with kiosk.line.up():
        client, origin = kiosk.client(), kiosk.identity.id
        sync = Worker(kiosk.database, client, origin, "", fetches_nothing, lambda: None)
        running = [asyncio.create_task(kiosk.visitors()), asyncio.create_task(sync.run())]
        for _ in range(PHASES):
            kiosk.line.becomes(kiosk.chance.choice(kinds))
            await asyncio.sleep(kiosk.chance.uniform(0.2, 1.0))
        kiosk.line.becomes(State.SOUND)
        healed = asyncio.get_running_loop().time()
        await _cancelled(running[0])
        for _ in range(LOOKS):
            if await _converged(kiosk, hub):
                break
            await asyncio.sleep(0.05)
        took_s = asyncio.get_running_loop().time() - healed
        await _cancelled(running[1])
        return took_s


async def _converged(kiosk: AtWork, hub: Database) -> bool:
    waiting, _ = await kiosk.database.read(outbox_store.waiting)
    ours, theirs = await kiosk.database.read(feed_store.head), await hub.read(feed_store.head)
    return not waiting and ours == theirs


async def _sent_and_forgotten(kiosk: AtWork) -> None:
    async with kiosk.line.up():
        visitors = asyncio.create_task(kiosk.visitors())
        client = kiosk.client()
        sync = Push(kiosk.database, client, clock.now)
        for _ in range(10):
            kiosk.line.becomes(kiosk.chance.choice((State.SOUND, State.RESET, State.CUT)))
            await asyncio.sleep(0.1)
            with suppress(KioskError):
                await sync.once()
            await kiosk.database.write(_forget_all)
        await _cancelled(visitors)
        await client.close()


def _forget_all(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM outbox")


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@contextmanager
def _impatient() -> Iterator[None]:
    quick = partial(Backoff, first=0.05, longest=LONGEST_S)
    with patch.object(pull, "WAIT", WAIT_S), patch.object(worker, "Backoff", quick):
        yield


@contextmanager
def _kiosk(number: int, folder: Path, of: str = "trials") -> Iterator[tuple[AtWork, Database]]:
    """A new kiosk of a hub, and that hub's database."""
    stage, _ = _hub(of)
    chance = random.Random(number)
    with ExitStack() as open_:
        hub = Database.open(stage.settings.hub_database)
        open_.callback(hub.close)
        asked, now = stage.question, clock.now()
        exhibition = asked.id.partition("/")[0]
        name = f"Screen {number} {ids.new_id()}"
        identity = hub.write_now(lambda c: enrol(c, name, exhibition, "sceaux", "Hall", now))
        database = Database.open(f"sqlite:///{folder / 'kiosk.db'}")
        open_.callback(database.close)
        database.migrate()
        database.write_now(
            lambda c: question_store.keep(c, exhibition, "benches", asked, example=False, now=now)
        )
        line = Line(stage.settings.hub_port, chance)
        yield AtWork(identity, database, asked.id, exhibition, line, chance), hub


@cache
def _hub(of: str) -> tuple[Stage, Process]:
    """One hub process for all trials of this process, another for what the control spoils."""
    folder = Path(tempfile.mkdtemp(prefix="kiosk-network-"))
    stage = build(folder)
    prefix = "KIOSK_"
    settings = {n.removeprefix(prefix).lower(): v for n, v in stage.environment.items()}
    public = Process("public", stage.settings.hub_port, settings, folder / "public.log")
    public.start()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    atexit.register(public.kill_group)
    public.await_ready()
    return stage, public


FAMILY = Family(
    name="network",
    unit="schedule",
    small=len(FAULTS) + 1,
    full=200,
    trial=trial,
    control=control,
    control_is="forgets when sent",
)
