"""An upgrade from the first released schema, with a backlog, killed before each statement."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import SQLAlchemyError

from kiosk.database.connection import Database
from kiosk.database.migrate import is_current
from kiosk.errors import KioskError
from kiosk.people.enrolment import write_identity
from tests.faults import released
from tests.faults.checker import Told
from tests.faults.family import Family, Found
from tests.faults.outpost import Outpost
from tests.faults.own_postgres import own_postgres
from tests.journeys.copies import copies

SIDES = ("kiosk", "hub", "hub on PostgreSQL")
MOST_STEPS = 2_000
"""More statements than any upgrade has: a harness that never gets through says so."""


def trial(number: int, folder: Path) -> Found:
    """Upgrade one side, killed before its first statement, then its second, to the last; sync."""
    side = SIDES[number % len(SIDES)]
    with _side(side) as url:
        post = _outpost(folder, url)
        victim = f"sqlite:///{post.kiosk_db}" if side == "kiosk" else post.hub_address
        ended = _kill_at_each_step(victim, whole_server=number // len(SIDES) % 2 == 1)
        for address in (post.hub_address, f"sqlite:///{post.kiosk_db}"):
            _migrate(address)
        told = frozenset(row["id"] for row in released.messages())
        post.heals(Told(told))
    return Found(1, released.BACKLOG, 0, {"kills": ended})


def control(number: int, folder: Path) -> Found:
    """The same with a commit after each statement: a kill leaves half an upgrade behind."""
    post = _outpost(folder, "")
    address = f"sqlite:///{post.kiosk_db}"
    _dies(_Attempt(address, number + 8, piecemeal=True))
    try:
        _migrate(address)
    except (SQLAlchemyError, KioskError):
        return Found(1, released.BACKLOG, released.BACKLOG)
    return Found(1, released.BACKLOG, 0)


def _kill_at_each_step(url: str, *, whole_server: bool) -> int:
    """Upgrade until it ends by itself, each time killed one statement later; return the kills."""
    for step in range(MOST_STEPS):
        attempt = _Attempt(url, step, whole_server=whole_server and "postgresql" in url)
        if not _dies(attempt):
            return step
        _is_as_before_or_whole(url)
    raise AssertionError("the upgrade never ends")


def _is_as_before_or_whole(url: str) -> None:
    """Raise unless the tables are all of one version and hold every message."""
    database = Database.open(url)
    try:
        found = database.read_now(_state)
    finally:
        database.close()
    assert found[1] in (released.BACKLOG, released.ALREADY_SENT), f"after a kill: {found}"
    assert found[0] == "0001" or found[2], f"the schema says {found[0]}, the program another"


def _state(connection: Connection) -> tuple[str, int, bool]:
    version = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
    outbox = int(connection.execute(text("SELECT count(*) FROM outbox")).scalar_one())
    inbox = int(connection.execute(text("SELECT count(*) FROM inbox")).scalar_one())
    return version, outbox or inbox, is_current(connection)


# --- the one that is killed --------------------------------------------------------------------


@dataclass(frozen=True)
class _Attempt:
    """An upgrade of *url* that ends before statement number *step*.

    *whole_server*: PostgreSQL goes with it. *piecemeal*: each statement is committed by itself.
    """

    url: str
    step: int
    whole_server: bool = False
    piecemeal: bool = False


def _dies(attempt: _Attempt) -> bool:
    """Let a process upgrade and be killed; false when it got through before."""
    hears, tells = multiprocessing.Pipe(duplex=False)
    child = copies().Process(target=upgrades, args=(attempt, tells))
    child.start()
    tells.close()
    if attempt.whole_server and _hears(hears):
        own_postgres().kill()
        child.kill()
        child.join()
        own_postgres().start()
        return True
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL), f"the upgrade ended with {child.exitcode}"
    return child.exitcode != 0


def _hears(pipe: Pipe) -> bool:
    try:
        pipe.recv_bytes()
    except EOFError:
        return False
    return True


def upgrades(attempt: _Attempt, tells: Pipe) -> None:
    """Run the upgrade; before the statement be killed, or say that now is the moment."""
    database = Database.open(attempt.url)
    statements = iter(range(MOST_STEPS))

    def before(
        connection: Connection, cursor: Any, statement: str, values: Any, context: Any, many: bool
    ) -> None:
        if next(statements) == attempt.step:
            if attempt.whole_server:
                tells.send_bytes(b"now")
                signal.pause()
            os.kill(os.getpid(), signal.SIGKILL)
        if attempt.piecemeal and cursor.connection.in_transaction:
            cursor.connection.execute("COMMIT")

    event.listen(database.engine, "before_cursor_execute", before)
    database.migrate()
    database.close()


def _migrate(url: str) -> None:
    database = Database.open(url)
    try:
        database.migrate()
        assert database.is_current()
    finally:
        database.close()


# --- what is upgraded --------------------------------------------------------------------------


@contextmanager
def _side(side: str) -> Iterator[str]:
    """The address of the hub's database where it is on PostgreSQL, empty where it is a file."""
    if side != SIDES[2]:
        yield ""
        return
    url = own_postgres().database()
    try:
        yield url
    finally:
        own_postgres().drop(url)


def _outpost(folder: Path, hub_url: str) -> Outpost:
    """A touchscreen and a hub as the first release left them, the hub behind by 2,000."""
    post = Outpost(folder, hub_url=hub_url)
    write_identity(folder / "identity.json", released.IDENTITY)
    for database, fill in (
        (post.kiosk_database(), released.fill_kiosk),
        (post.hub_database(), released.fill_hub),
    ):
        database.write_now(released.first_schema)
        database.write_now(fill)
        database.close()
    return post


FAMILY = Family(
    name="upgrade killed at every statement",
    unit="upgrades",
    small=3,
    full=60,
    trial=trial,
    control=control,
    control_is="a commit after each statement",
)
