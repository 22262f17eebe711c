"""Eight hours without the hub: what was said arrives once, and visitors were told the truth."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from sqlalchemy import Connection

from kiosk.live.tallies import publish_tallies
from kiosk.voice import actions
from tests.faults.checker import Evidence, Told, holds
from tests.faults.family import Family, Found
from tests.faults.simulation.still import Still, prepared
from tests.faults.uplink import venue
from tests.faults.uplink.venue import ScreenAtVenue, Uplink, Visitor
from tests.faults.uplink.virtual_time import LoopsClock, run
from tests.screens.phone.hub import Hub, Phone, open_hub
from tests.world import BENCHES

VISITORS, SCREENS = 300, 3
DOWN_AT_S, DOWN_S = 600, 8 * 3_600
"""The line goes down after ten minutes, for eight hours."""
CATCH_UP_S = 120
"""It must be over so soon: a kiosk tries again half a minute after its last try at the latest."""

_prepared = cache(prepared)


@dataclass
class Venue:
    """Everything that takes part, and what came of it."""

    hub: Hub
    clock: LoopsClock
    uplink: Uplink
    screens: list[ScreenAtVenue]
    visitors: list[Visitor] = field(default_factory=list)
    lies: list[str] = field(default_factory=list)
    waited: int = 0
    caught_up_s: float = 0.0


def trial(number: int, folder: Path) -> Found:
    """All arrives, once; every receipt was right while the line was down and after it."""
    at = _lived_through(number, folder, lambda _: None)
    assert not at.lies, f"outage {number}: {len(at.lies)} receipts lied, first: {at.lies[0]}"
    assert at.caught_up_s < CATCH_UP_S, f"it took {at.caught_up_s:.0f} s to catch up"
    saved = frozenset().union(*(screen.saved for screen in at.screens))
    with ExitStack() as open_:
        hub = open_.enter_context(at.hub.database.engine.connect())
        kiosks = {
            s.identity.id: open_.enter_context(s.database.engine.connect()) for s in at.screens
        }
        holds(Evidence(hub, kiosks, Told(saved), healed=True))
        by_phone = sum(visitor.by_phone for visitor in at.visitors)
        counted = actions.tally_of(hub, BENCHES).by_channel["phone"]["*"]
    assert counted == by_phone, f"{counted} of {by_phone} phones counted"
    notes = {
        "by phone meanwhile": by_phone,
        "messages that waited": at.waited,
        "seconds of catching up": round(at.caught_up_s),
        "tries while it was down": at.uplink.tries,
    }
    return Found(1, len(saved) + by_phone, 0, notes)


def control(number: int, folder: Path) -> Found:
    """A kiosk that gives messages up after a while of trying; fewer visitors show it, too."""
    at = _lived_through(number, folder, _gives_up, visitors=30)
    saved = set().union(*(screen.saved for screen in at.screens))
    arrived = at.hub.database.read_now(
        lambda c: set(c.exec_driver_sql("SELECT id FROM inbox").scalars())
    )
    return Found(1, len(saved), len(saved - arrived))


def _gives_up(screen: ScreenAtVenue) -> None:
    screen.database.write_now(_delete)


def _delete(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM outbox WHERE sent_at IS NULL")


def _lived_through(
    number: int,
    folder: Path,
    after_hours: Callable[[ScreenAtVenue], None],
    visitors: int = VISITORS,
) -> Venue:
    logging.getLogger("kiosk.sync").setLevel(logging.ERROR)
    lived: list[Venue] = []

    async def story() -> None:
        at = await _opened(folder)
        lived.append(at)
        await _day(at, random.Random(number), after_hours, visitors)

    run(story())
    return lived[0]


async def _opened(folder: Path) -> Venue:
    database, clock = Still(), LoopsClock()
    database.becomes(_prepared())
    hub = await open_hub(database, folder, clock=clock)
    screens = [venue.screen_of(hub, _prepared(), n) for n in range(SCREENS)]
    await hub.app.public.refresh()
    return Venue(hub, clock, Uplink(hub.app), screens)


async def _day(
    at: Venue, chance: random.Random, after_hours: Callable[[ScreenAtVenue], None], visitors: int
) -> None:
    works = [venue.worker_of(s, at.uplink, at.clock) for s in at.screens]
    running = [asyncio.create_task(work.run()) for work in works]
    running.append(asyncio.create_task(_publishes(at)))
    end = DOWN_AT_S + DOWN_S
    visits = [
        asyncio.create_task(_visits(at, chance, chance.uniform(0, end - 900)))
        for _ in range(visitors)
    ]
    await asyncio.sleep(DOWN_AT_S)
    at.uplink.down = True
    await asyncio.sleep(DOWN_S / 2)
    for screen in at.screens:
        after_hours(screen)
    await asyncio.gather(*visits)
    at.waited = sum(screen.waiting() for screen in at.screens)
    await asyncio.sleep(end - asyncio.get_running_loop().time())
    at.uplink.down = False
    at.caught_up_s = await _catches_up(at)
    for visitor in at.visitors:
        if visitor.receipt and (said := await visitor.asks()) != venue.ARRIVED:
            at.lies.append(f"after the outage it said {said!r}")
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)


async def _visits(at: Venue, chance: random.Random, comes_at: float) -> None:
    """One visitor: votes, half of them speak and look at the receipt, a third vote by phone."""
    screen = chance.choice(at.screens)
    visitor = Visitor(screen, Phone(at.hub), at.hub, chance, at.clock)
    at.visitors.append(visitor)
    await asyncio.sleep(comes_at)
    await visitor.votes()
    if chance.random() < 0.5:
        down = at.uplink.down
        await visitor.speaks()
        await asyncio.sleep(chance.uniform(1, 300))
        said = await visitor.asks()
        if down and at.uplink.down and said != venue.STILL_AT_THE_SCREEN:
            at.lies.append(f"during the outage it said {said!r}")
    if chance.random() < 0.33:
        await visitor.votes_by_phone()


async def _publishes(at: Venue) -> None:
    while True:
        await asyncio.sleep(5)
        await at.hub.database.write(partial(publish_tallies, now=at.clock()))


async def _catches_up(at: Venue) -> float:
    begun = asyncio.get_running_loop().time()
    for _ in range(10 * CATCH_UP_S):
        if not any(screen.waiting() for screen in at.screens):
            break
        await asyncio.sleep(0.1)
    return asyncio.get_running_loop().time() - begun


FAMILY = Family(
    name="uplink down for eight hours",
    unit="outage",
    small=1,
    full=20,
    trial=trial,
    control=control,
    control_is="gives up after hours",
)
