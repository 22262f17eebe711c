"""A touchscreen's writing without its pages: visitors vote and speak until the power goes."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from pathlib import Path

from kiosk import clock, ids
from kiosk.database.connection import Database
from kiosk.people.enrolment import read_identity
from kiosk.sync import submit
from kiosk.voice import receipt as receipts
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from kiosk.voice.place import Place
from tests.journeys.people import SUMMIT

BENCHES = f"{SUMMIT}/core/benches"
VISITORS = 6
"""How many write at the same time, so that their writes share commits."""


def write_until_killed(data: Path, log: Path) -> None:
    """Vote and speak as fast as it goes; note outside what the screen has called received."""
    asyncio.run(_visits(data, log))


async def _visits(data: Path, log: Path) -> None:
    identity = read_identity(data / "touch" / "identity.json")
    database = Database.open(f"sqlite:///{data / 'touch' / 'kiosk.db'}")
    place = Place(SUMMIT, identity.city, identity.place, "touchscreen", identity.id)
    told = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    async def visit() -> None:
        while True:
            participant = ids.new_id()
            cast = Cast(ids.new_id(), BENCHES, participant, ("agree",), place, clock.now())
            await database.write(partial(submit.cast_ballot, cast=cast, now=clock.now()))
            os.write(told, f"{cast.id}\n".encode())
            secret = receipts.new_receipt(identity.number, identity.key)
            new = NewComment(
                id=ids.new_id(),
                exhibit="benches",
                question=BENCHES,
                text=f"Un banc de plus, et de l’ombre pour {participant}.",
                language="fr",
                participant=participant,
                receipt_hash=receipts.stored(secret),
                voice_number="",
                place=place,
                written_at=clock.now(),
            )
            await database.write(
                partial(
                    submit.submit_comment, new=new, kiosk_number=identity.number, now=clock.now()
                )
            )
            os.write(told, f"{new.id}\n".encode())

    await asyncio.gather(*(visit() for _ in range(VISITORS)))
