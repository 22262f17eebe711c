"""What people do while the disk fails: each scene is a few acts that are kept or refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import event

from kiosk import clock
from kiosk.database.connection import Database
from kiosk.live.tallies import publish_tallies
from kiosk.people.enrolment import authenticate
from kiosk.people.kiosk_store import Health
from kiosk.sync import submit
from kiosk.sync.push import next_step
from kiosk.sync.serve import take_batch
from kiosk.sync.wire import PROTOCOL, Batch, Device
from kiosk.voice import actions
from kiosk.voice.ballot import Cast
from kiosk.voice.comment import NewComment
from tests.faults import released
from tests.faults.power.visitors import opened
from tests.faults.simulation.still import Still, prepared
from tests.sync.conftest import Hub
from tests.world import ADAS_PHONE, BENCHES, SUNDAY, TOWN_HALL, StoppedClock, harbour

DATABASE = "database.db"
BACKLOG = 20
"""Messages of the database that is upgraded; thousands are the upgrade family's."""
Act = Callable[[], object]
"""Does one thing that is kept or refused as a whole; done again, it changes nothing."""


@dataclass
class Scene:
    """*acts* by the id that stands in the database when they were not refused (none has a colon).

    They write to *database* in *folder*; *files* is what that folder holds before each time.
    *told_before* stood there from the beginning.
    """

    database: Database
    folder: Path
    acts: Mapping[str, Act]
    files: Mapping[str, bytes]
    told_before: frozenset[str] = frozenset()


def at_a_screen(folder: Path, *, crashed: bool = False, checkpoint_after: int = 1) -> Scene:
    """Ada votes, Ben comments, another comment is destroyed, somebody looks at the tally.

    A checkpoint follows each commit, so that it meets the faults too. *crashed*: the screen's
    power was cut before, and its log is there to be read again.
    """
    path = folder / DATABASE
    opened(path).close()
    database = _opened_plainly(path, 0)
    _comments(database, "old-comment")
    if not crashed:
        database.close()
    files = _files(folder)
    database.close()
    database = _opened_plainly(path, checkpoint_after)
    acts: dict[str, Act] = {
        "vote": lambda: _votes(database, "vote", "agree"),
        "comment": lambda: _comments(database, "comment"),
    }
    if not crashed:
        acts |= {
            "read:": lambda: database.read_now(lambda c: actions.tally_of(c, BENCHES)),
            "erased:old-comment": lambda: _erases(database, "old-comment"),
        }
    before = frozenset({"old-comment"})
    return Scene(database, folder, acts, files, told_before=before)


def after_a_crash(folder: Path) -> Scene:
    """A vote and a comment on the files that a power cut left, without a checkpoint between."""
    return at_a_screen(folder, crashed=True, checkpoint_after=0)


def at_the_hub(folder: Path) -> Scene:
    """A phone votes, a screen's batch comes in, the ticker publishes."""
    database = opened(folder / DATABASE)
    identity = Hub(database, StoppedClock()).enrols("Town hall")
    kiosk = database.read_now(partial(authenticate, credential=identity.credential))
    database.close()
    database = _opened_plainly(folder / DATABASE, 1)
    cast = Cast("by-phone", BENCHES, "cleo", ("agree",), ADAS_PHONE, SUNDAY)
    takes = partial(take_batch, kiosk=kiosk, batch=_batch(), protocol=PROTOCOL, now=SUNDAY)
    publishes = partial(publish_tallies, now=SUNDAY)
    acts: dict[str, Act] = {
        "by-phone": lambda: asyncio.run(_phone_votes(database, cast)),
        "by-screen": lambda: database.write_now(takes),
        "published:": lambda: database.write_now(publishes),
    }
    return Scene(database, folder, acts, _files(folder))


def _batch() -> Batch:
    """Return what a screen sends after a vote and a comment."""
    screen = Still()
    screen.becomes(prepared())
    _votes(screen, "by-screen", "agree")
    _comments(screen, "said-at-screen")
    health, device = Health(2, 0, "", 0), Device(clock.to_text(SUNDAY), 60_000)
    step = screen.read_now(lambda c: next_step(c, health, device, protocol=PROTOCOL, greets=False))
    screen.close()
    return step.batch


async def _phone_votes(database: Database, cast: Cast) -> None:
    await database.write_each(actions.cast_ballots, (cast, SUNDAY))


def migrating(folder: Path) -> Scene:
    """The tables are made on an empty disk, and the exhibition's questions written."""
    database = Database.open(f"sqlite:///{folder / DATABASE}")
    acts = {
        "migrated:": database.migrate,
        "vote": lambda: _votes(database, "vote", "agree", register=True),
    }
    return Scene(database, folder, acts, {})


def upgrading(folder: Path) -> Scene:
    """A screen's database of the first release, with a small backlog, is brought to this one's."""
    database = Database.open(f"sqlite:///{folder / DATABASE}")
    with (
        patch.object(released, "BACKLOG", BACKLOG),
        patch.object(released, "ALREADY_SENT", BACKLOG // 2),
        database.engine.connect() as connection,
    ):
        connection.exec_driver_sql("BEGIN")
        released.first_schema(connection)
        released.fill_kiosk(connection)
        connection.commit()
    database.engine.dispose()
    acts: dict[str, Act] = {
        "migrated:": database.migrate,
        "vote": lambda: _votes(database, "vote", "agree"),
    }
    before = frozenset(f"message-{n}" for n in range(1, BACKLOG + 1))
    return Scene(database, folder, acts, _files(folder), told_before=before)


def _votes(database: Database, id: str, choice: str, *, register: bool = False) -> None:
    cast = Cast(id, BENCHES, "ada", (choice,), TOWN_HALL, SUNDAY)
    if register:
        database.write_now(lambda c: actions.register_questions(c, harbour(), SUNDAY))
    database.write_now(partial(submit.cast_ballot, cast=cast, now=SUNDAY))


def _comments(database: Database, id: str) -> None:
    words = "Shade, please. " * 30
    new = NewComment(id, "benches", words, "en", "ben", f"receipt:{id}", "", TOWN_HALL, SUNDAY)
    write = partial(submit.submit_comment, new=new, kiosk_number=1, now=SUNDAY)
    database.write_now(write)


def _erases(database: Database, comment: str) -> None:
    receipt = f"receipt:{comment}"
    database.write_now(partial(submit.take_back, receipt_hash=receipt, now=SUNDAY, erase=True))


def _opened_plainly(path: Path, checkpoint_after: int) -> Database:
    """Open a database whose tables are there; nothing is read before the first act."""
    database = Database.open(f"sqlite:///{path}")

    def set_up(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA wal_autocheckpoint = {checkpoint_after or 1_000}")

    event.listen(database.engine, "connect", set_up)
    return database


def _files(folder: Path) -> dict[str, bytes]:
    kept = (DATABASE, f"{DATABASE}-wal")
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name in kept}
