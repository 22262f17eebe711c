"""A touchscreen that boots with a wrong clock: nothing is lost by it, doubled, or decided by it."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import cast

from sqlalchemy import text

from kiosk.database.connection import Database
from kiosk.messaging import heads
from kiosk.moderation import actions as moderation
from kiosk.moderation.housekeeping import keep_the_promised_dates
from kiosk.people.permissions import Role
from kiosk.people.staff import Actor, Grant
from kiosk.sync.retention import forget_what_is_over
from tests.faults.checker import Told
from tests.faults.family import Family, Found
from tests.faults.kiosk_kills import heard
from tests.faults.outpost import Outpost, outpost
from tests.faults.visitors import Visitor
from tests.world import SUNDAY, StoppedClock

Step = Callable[[datetime], datetime]
"""Turns the right moment into what the device believes."""

NAMED: tuple[Step, ...] = (
    lambda now: datetime(1970, 1, 1, tzinfo=UTC) + (now - SUNDAY),
    lambda now: now - timedelta(hours=1),
    lambda now: now + timedelta(days=1),
    lambda now: now + timedelta(days=400),
)
"""The clocks of the issue; later trials take any offset within three years."""
VISITS = 6
CLARA = Actor("clara", "clara", "Clara", (Grant(Role.MODERATOR),))


@dataclass
class _Heard:
    """What visitors were told, as the pipe of :mod:`tests.faults.visitors` takes it."""

    lines: list[bytes] = field(default_factory=list)

    def send_bytes(self, line: bytes) -> None:
        """Note a line."""
        self.lines.append(line)


def trial(number: int, folder: Path) -> Found:
    """A right clock, a wrong one after a boot, a right one again, and the hub restored."""
    told = _days(number, folder, keep_by_own_clock=False)
    Outpost(folder, StoppedClock(SUNDAY + timedelta(days=1))).heals(told)
    return Found(1, len(told.saved), 0)


def control(number: int, folder: Path) -> Found:
    """The same, but what is sent is forgotten 35 days later by the device's own clock."""
    told = _days(number + NAMED_AHEAD, folder, keep_by_own_clock=True)
    post = Outpost(folder, StoppedClock(SUNDAY + timedelta(days=1)))
    try:
        post.heals(told)
    except AssertionError:
        database = post.hub_database()
        held = database.read_now(lambda c: set(c.execute(text("SELECT id FROM inbox")).scalars()))
        database.close()
        return Found(1, len(told.saved), len(told.saved - held))
    return Found(1, len(told.saved), 0)


NAMED_AHEAD = 3
"""The number of the clock that is 400 days ahead."""


def _days(number: int, folder: Path, *, keep_by_own_clock: bool) -> Told:
    """Let visitors come on three days; return what they were told."""
    chance = random.Random(number)
    wrong = NAMED[number] if number < len(NAMED) else _any(chance)
    post = outpost(folder)
    told = Told()
    backup = folder / "backup.db"
    _copy(post, backup)
    for day, believes in enumerate((_right, wrong, _right)):
        post.clock.at = SUNDAY + timedelta(hours=day)
        post.device = StoppedClock(believes(post.clock.at))
        told = _visited(post, told, chance)
        _synced(post, publishes=day == 1)
        _tidied(post, own_clock_alone=keep_by_own_clock)
    if not keep_by_own_clock:
        post.heals(told)
    _restored(post, backup)
    return told


def _right(now: datetime) -> datetime:
    return now


def _any(chance: random.Random) -> Step:
    offset = timedelta(seconds=chance.uniform(-1, 1) * 3 * 365 * 86_400)
    return lambda now: now + offset


def _visited(post: Outpost, told: Told, chance: random.Random) -> Told:
    """Visitors come whose every write bears the device's present moment, the same for all."""
    told_now = _Heard()

    async def visits() -> None:
        database = post.kiosk_database()
        pipe = cast(Pipe, told_now)
        visitor = Visitor(database, post.identity, pipe, chance, post.device)
        for _ in range(VISITS):
            await visitor.visits()
        database.close()

    asyncio.run(visits())
    return heard(told, told_now.lines)


def _synced(post: Outpost, *, publishes: bool) -> None:
    """Sync with a hub whose clock is right; *publishes*: Clara lets all that waits through."""
    now = post.clock.at

    async def both() -> None:
        with post.joined() as (hub, screen):
            await screen.push()
            if publishes:
                waiting = text("SELECT id FROM comment WHERE status = 'waiting'")
                for id in await hub.database.read(lambda c: list(c.execute(waiting).scalars())):
                    await hub.database.write(
                        partial(
                            moderation.approve,
                            comment=id, revision=1, staff=CLARA, now=now, at_once=True,
                        )
                    )  # fmt: skip
            await screen.pull()
            await hub.database.write(partial(keep_the_promised_dates, now=now))
            await screen.client.close()

    asyncio.run(both())


def _tidied(post: Outpost, *, own_clock_alone: bool) -> None:
    """What a screen does every hour: forget what is over."""
    database = post.kiosk_database()
    database.write_now(partial(forget_what_is_over, now=post.device.at))
    if own_clock_alone:
        forget = text("DELETE FROM outbox WHERE sent_at IS NOT NULL AND created_at < :before")
        before = (post.device.at - timedelta(days=35)).isoformat()
        database.write_now(lambda c: c.execute(forget, {"before": before}).close())
    database.close()


def _copy(post: Outpost, target: Path) -> None:
    database = post.hub_database()
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    shutil.copyfile(post.folder / "hub.db", target)


def _restored(post: Outpost, backup: Path) -> None:
    """Put the hub back to the first morning, with another epoch, as `kiosk restore` does."""
    for name in ("hub.db", "hub.db-wal", "hub.db-shm"):
        (post.folder / name).unlink(missing_ok=True)
    shutil.copyfile(backup, post.folder / "hub.db")
    database = Database.open(post.hub_address)
    database.write_now(lambda c: heads.write(c, "epoch", "a second life"))
    database.close()


FAMILY = Family(
    name="wrong clock at boot",
    unit="boots",
    small=4,
    full=400,
    trial=trial,
    control=control,
    control_is="retention by the device's own clock",
    control_tries=1,
)
