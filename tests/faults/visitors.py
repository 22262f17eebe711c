"""Visitors at a touchscreen without its pages: they vote, change their mind, speak, take back.

Each id is told through a pipe once the screen may say thank you, as a visitor's eyes are told.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from functools import partial
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from kiosk import clock, ids
from kiosk.clock import Clock
from kiosk.database.connection import Database
from kiosk.people.enrolment import Identity, read_identity
from kiosk.sync import submit
from kiosk.voice import receipt as receipts
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from kiosk.voice.place import Place
from tests.world import BENCHES

AT_ONCE = 6
"""How many use the screen's database at the same time, so that their writes share commits."""
SAVED, ERASED = b"+", b"-"
"""What a line from the screen begins with."""

Write = Callable[[Callable[..., object]], Awaitable[object]]


def use_until_killed(folder: Path, told: Pipe, seed: int, *, hasty: bool = False) -> None:
    """Use the screen of *folder* for ever; *hasty* says thank you before the commit."""
    asyncio.run(_use(folder, told, seed, hasty=hasty))


async def _use(folder: Path, told: Pipe, seed: int, *, hasty: bool) -> None:
    database = Database.open(f"sqlite:///{folder / 'kiosk.db'}")
    identity = read_identity(folder / "identity.json")
    visitors = [
        Visitor(database, identity, told, random.Random(f"{seed} {n}"), hasty=hasty)
        for n in range(AT_ONCE)
    ]
    await asyncio.gather(*(visitor.stays() for visitor in visitors))


class Visitor:
    """Does one thing after the other; *chance* decides what."""

    def __init__(
        self,
        database: Database,
        identity: Identity,
        told: Pipe,
        chance: random.Random,
        now: Clock = clock.now,
        *,
        hasty: bool = False,
    ) -> None:
        self._database = database
        self._identity = identity
        self._place = Place("harbour", identity.city, identity.place, "touchscreen", identity.id)
        self._told = told
        self._chance = chance
        self._now = now
        self._hasty = hasty

    async def stays(self) -> None:
        """Visit again and again."""
        while True:
            await self.visits()

    async def visits(self) -> None:
        """Vote, perhaps vote again; speak, perhaps take it back."""
        participant = ids.new_id()
        for _ in range(self._chance.choice((1, 1, 2))):
            choice = self._chance.choice(("agree", "disagree", "pass"))
            cast = Cast(ids.new_id(), BENCHES, participant, (choice,), self._place, self._now())
            await self._does(SAVED, cast.id, partial(submit.cast_ballot, cast=cast))
        secret = receipts.new_receipt(self._identity.number, self._identity.key)
        new = self._comment(participant, receipts.stored(secret))
        number = self._identity.number
        await self._does(
            SAVED, new.id, partial(submit.submit_comment, new=new, kiosk_number=number)
        )
        if self._chance.random() < 0.3:
            erase = self._chance.random() < 0.7
            take_back = partial(submit.take_back, receipt_hash=new.receipt_hash, erase=erase)
            await self._does(ERASED if erase else b"", new.id, take_back)

    async def _does(self, what: bytes, id: str, write: Callable[..., object]) -> None:
        if self._hasty:
            self._says(what, id)
        await self._database.write(lambda c: write(c, now=self._now()))
        if not self._hasty:
            self._says(what, id)

    def _says(self, what: bytes, id: str) -> None:
        if what:
            self._told.send_bytes(what + id.encode())

    def _comment(self, participant: str, receipt_hash: str) -> NewComment:
        return NewComment(
            id=ids.new_id(),
            exhibit="benches",
            question=BENCHES,
            text=f"One more bench, and shade for {participant}.",
            language="en",
            participant=participant,
            receipt_hash=receipt_hash,
            voice_number="",
            place=self._place,
            written_at=self._now(),
        )
