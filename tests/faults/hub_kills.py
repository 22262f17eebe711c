"""SIGKILL of a hub under load, on SQLite and on PostgreSQL with its whole server group."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from pathlib import Path

from benchmarks.stage import Stage, build
from kiosk.database.connection import Database
from tests.faults.checker import Evidence, Told, holds
from tests.faults.crowd import Crowd
from tests.faults.family import Family, Found
from tests.faults.own_postgres import name_of, own_postgres
from tests.journeys.processes import Process

LIVES = 8
"""How often one hub is killed and started again."""
FEWEST, MOST = 40, 500
"""Thanks after which it is killed, drawn anew for each life."""


def on_sqlite(number: int, folder: Path) -> Found:
    """Kill a hub on SQLite :data:`LIVES` times."""
    return _killed(number, folder, "", lambda: None, lambda: None)


def on_postgresql(number: int, folder: Path) -> Found:
    """Kill a hub and its PostgreSQL together :data:`LIVES` times."""
    server = own_postgres()
    url = server.database()
    before = server.deadlocks()
    try:
        found = _killed(number, folder, url, server.kill, server.start)
        assert server.deadlocks() == before, "pushes waited for each other in a circle"
        return found
    finally:
        server.drop(url)


def hasty(number: int, folder: Path) -> Found:
    """The same on SQLite by a program that says thank you before the commit."""
    return _lost(number, folder, "", lambda: None, lambda: None, module="tests.faults.hasty")


def asynchronous(number: int, folder: Path) -> Found:
    """The same on PostgreSQL with synchronous_commit = off."""
    server = own_postgres()
    url = server.database()
    server.does(f"ALTER DATABASE {name_of(url)} SET synchronous_commit = off")
    try:
        return _lost(number, folder, url, server.kill, server.start)
    finally:
        server.drop(url)


def _killed(
    number: int, folder: Path, url: str, kill: Callable[[], None], start: Callable[[], None]
) -> Found:
    chance = random.Random(number)
    stage, public = _hub(folder, url)
    crowd = Crowd(stage, public.address, chance)
    for _ in range(LIVES):
        _one_life(crowd, public, kill, start)
        database = Database.open(stage.settings.hub_database)
        with database.engine.connect() as hub:
            holds(Evidence(hub, {}, Told(frozenset(crowd.told))))
        database.close()
    return Found(LIVES, len(crowd.told), 0, {"sent": crowd.sent})


def _lost(
    number: int,
    folder: Path,
    url: str,
    kill: Callable[[], None],
    start: Callable[[], None],
    module: str = "kiosk",
) -> Found:
    stage, public = _hub(folder, url, module)
    crowd = Crowd(stage, public.address, random.Random(number))
    _one_life(crowd, public, kill, start)
    database = Database.open(stage.settings.hub_database)
    with database.engine.connect() as hub:
        kept = set(hub.exec_driver_sql("SELECT id FROM ballot").scalars())
    database.close()
    return Found(1, len(crowd.told), len(crowd.told - kept))


def _one_life(
    crowd: Crowd, public: Process, kill: Callable[[], None], start: Callable[[], None]
) -> None:
    """Start the hub, let the crowd in, kill it under load with all that serves it."""
    public.start()

    def killed() -> None:
        kill()
        public.kill_group()

    try:
        public.await_ready()
        asyncio.run(crowd.until(crowd.chance.randint(FEWEST, MOST), killed))
    finally:
        public.kill_group()
    start()


def _hub(folder: Path, url: str, module: str = "kiosk") -> tuple[Stage, Process]:
    stage = build(folder, url)
    prefix = "KIOSK_"
    settings = {n.removeprefix(prefix).lower(): v for n, v in stage.environment.items()}
    port = stage.settings.hub_port
    return stage, Process("public", port, settings, folder / "public.log", module)


ON_SQLITE = Family(
    name="hub killed under load, SQLite",
    unit="kills",
    small=8,
    full=104,
    trial=on_sqlite,
    control=hasty,
    control_is="thanks before the commit",
)
ON_POSTGRESQL = Family(
    name="hub and PostgreSQL killed under load",
    unit="kills",
    small=8,
    full=104,
    trial=on_postgresql,
    control=asynchronous,
    control_is="synchronous_commit=off",
)
