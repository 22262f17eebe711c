"""SIGKILL of a touchscreen while people write: what they were told is kept, and arrives once."""

from __future__ import annotations

import multiprocessing
import random
from pathlib import Path

from tests.faults.checker import Told
from tests.faults.family import Family, Found
from tests.faults.outpost import Outpost, outpost
from tests.faults.visitors import ERASED, use_until_killed
from tests.journeys.copies import copies

LIVES = 20
"""How often one touchscreen is killed and started again before its visitors' words are counted."""
FEWEST, MOST = 1, 60
"""Thanks after which the power goes, drawn anew for each life."""


def trial(number: int, folder: Path) -> Found:
    """Kill one touchscreen :data:`LIVES` times, then let it sync and check every promise."""
    post = outpost(folder)
    told = Told()
    for life in range(LIVES):
        told = heard(told, one_life(post, f"{number} {life}"))
        if life % 5 == 0:
            post.holds_alone(told)
    post.heals(told)
    return Found(LIVES, len(told.saved), 0)


def control(number: int, folder: Path) -> Found:
    """Say thank you before the commit; count whom nobody remembers."""
    post = outpost(folder)
    told = Told()
    for life in range(LIVES):
        told = heard(told, one_life(post, f"{number} {life}", hasty=True))
    database = post.kiosk_database()
    with database.engine.connect() as connection:
        kept = set(connection.exec_driver_sql("SELECT id FROM outbox").scalars())
    database.close()
    return Found(LIVES, len(told.saved), len(told.saved - kept))


def one_life(post: Outpost, seed: str, *, hasty: bool = False) -> list[bytes]:
    """Let visitors use a screen until it is killed; return all that they were told."""
    chance = random.Random(seed)
    hears, tells = multiprocessing.Pipe(duplex=False)
    child = copies().Process(
        target=use_until_killed,
        args=(post.folder, tells, chance.randrange(1 << 30)),
        kwargs={"hasty": hasty},
    )
    child.start()
    tells.close()
    lines = [hears.recv_bytes() for _ in range(chance.randint(FEWEST, MOST))]
    hears.poll(chance.random() * 0.004)  # at any moment between two thanks
    child.kill()
    child.join()
    try:
        while True:
            lines.append(hears.recv_bytes())
    except (EOFError, OSError):
        return lines


def heard(told: Told, lines: list[bytes]) -> Told:
    """Add what the visitors of one life were told."""
    saved = {line[1:].decode() for line in lines if not line.startswith(ERASED)}
    erased = {line[1:].decode() for line in lines if line.startswith(ERASED)}
    return Told(told.saved | saved, told.erased | erased)


FAMILY = Family(
    name="kiosk killed while writing",
    unit="kills",
    small=300,
    full=10_000,
    trial=trial,
    control=control,
    control_is="thanks before the commit",
)
