"""What is recorded: visitors at a screen; phones, a screen and a moderator at the hub."""

from __future__ import annotations

import asyncio
import random
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from kiosk import ids
from kiosk.database.connection import Database
from kiosk.live.tallies import publish_tallies
from kiosk.moderation import actions as moderation
from kiosk.moderation import decision_store
from kiosk.people.staff import Actor
from kiosk.sync import submit
from kiosk.sync.hub_client import HubClient
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from kiosk.voice.place import Place
from tests.faults.power.told import Told
from tests.staff import STAFF
from tests.sync.conftest import Hub, Line, Screen
from tests.world import ADAS_PHONE, BENCHES, FERRY, SUNDAY, TOWN_HALL, StoppedClock, harbour

VISITORS = 4
"""How many act at the same time, so that their writes share commits."""

ACTS = 6
"""How often each of them does so."""

MEERA = Actor("meera", "meera", "Meera Nair", (STAFF["meera"][1],))


def opened(path: Path, checkpoint_after: int = 0) -> Database:
    """Open and migrate as the product does; 0 leaves its 1,000 pages before a checkpoint."""
    database = Database.open(f"sqlite:///{path}")
    if checkpoint_after:

        def set_up(connection: Any, _record: Any) -> None:
            connection.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_after}")

        event.listen(database.engine, "connect", set_up)
    database.migrate()
    database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    return database


async def at_a_screen(
    database: Database, told: Told, chance: random.Random, screen: int = 1
) -> None:
    """Visitors vote, vote again, comment, and some destroy their comment, all at once."""
    visits = (_visit(database, told, chance, ACTS, screen) for _ in range(VISITORS))
    await asyncio.gather(*visits)


async def _visit(
    database: Database, told: Told, chance: random.Random, acts: int, screen: int
) -> None:
    ada = ids.new_id()
    for _ in range(acts):
        await _votes(database, told, chance, ada)
        if chance.random() < 0.5:
            receipt = await _comments(database, told, chance, ada, screen)
            if chance.random() < 0.2:
                await _erases(database, told, receipt)
        if chance.random() < 0.6:
            ada = ids.new_id()


async def _votes(database: Database, told: Told, chance: random.Random, ada: str) -> None:
    question, choices = chance.choice(((BENCHES, ("agree", "pass")), (FERRY, ("north", "south"))))
    cast = Cast(ids.new_id(), question, ada, (chance.choice(choices),), TOWN_HALL, SUNDAY)
    await database.write(partial(submit.cast_ballot, cast=cast, now=SUNDAY))
    told.keeps(cast.id)


async def _comments(
    database: Database, told: Told, chance: random.Random, ada: str, screen: int
) -> str:
    words = "Shade. " * chance.randrange(1, 60)
    new = _comment(ada, words, TOWN_HALL)
    await database.write(partial(submit.submit_comment, new=new, kiosk_number=screen, now=SUNDAY))
    told.keeps(new.id)
    return new.receipt_hash


async def _erases(database: Database, told: Told, receipt: str) -> None:
    await database.write(partial(submit.take_back, receipt_hash=receipt, now=SUNDAY, erase=True))
    told.erases(receipt.removeprefix("receipt:"))


def _comment(ada: str, words: str, place: Place) -> NewComment:
    id = ids.new_id()
    return NewComment(id, "benches", words, "en", ada, f"receipt:{id}", "", place, SUNDAY)


async def at_the_hub(database: Database, told: Told, chance: random.Random, aside: Path) -> None:
    """Phones vote in a hall, a screen pushes what was said there, Meera decides, tallies go out."""
    hub = Hub(database, StoppedClock())
    await asyncio.gather(
        _screen_pushes(hub, told, chance, aside),
        *(_phone_votes(database, told, chance) for _ in range(VISITORS)),
    )


async def _phone_votes(database: Database, told: Told, chance: random.Random) -> None:
    for _ in range(2 * ACTS):
        choice = (chance.choice(("agree", "disagree", "pass")),)
        cast = Cast(ids.new_id(), BENCHES, ids.new_id(), choice, ADAS_PHONE, SUNDAY)
        await database.write_each(actions.cast_ballots, (cast, SUNDAY))
        told.keeps(cast.id)


async def _screen_pushes(hub: Hub, told: Told, chance: random.Random, aside: Path) -> None:
    identity = hub.enrols("Town hall")
    database = opened(aside / "screen.db")
    client = HubClient("http://hub", identity.credential, Line(hub.app))
    screen = Screen(identity, database, Line(hub.app), client, StoppedClock())
    said = Told(told.recorder)
    try:
        for _ in range(ACTS // 2):
            before = len(said.kept)
            await _visit(database, said, chance, 2, identity.number)
            await screen.push()
            for _, id in said.kept[before:]:
                told.keeps(id)
            for decision in await hub.database.write(partial(_decides, chance=chance)):
                told.keeps(decision)
            await hub.database.write(lambda c: publish_tallies(c, SUNDAY))
    finally:
        await client.close()
        database.close()


def _decides(connection: Connection, chance: random.Random) -> list[str]:
    """Meera judges the comments that wait; return the ids of her decisions."""
    made = []
    waiting = connection.exec_driver_sql(
        "SELECT id, revision FROM comment WHERE status = 'waiting'"
    )
    for id, revision in waiting.all():
        if chance.random() < 0.7:
            moderation.approve(connection, id, revision, MEERA, SUNDAY, at_once=True)
        else:
            moderation.refuse(connection, id, revision, MEERA, SUNDAY, ground="insult")
        last = decision_store.last_of_comment(connection, id)
        assert last is not None
        made.append(last.id)
    return made
