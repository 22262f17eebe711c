"""Plays a seed: acts in a random order, then healing, then everything must be right."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch
from uuid import UUID

from sqlalchemy import Connection

from kiosk import ids
from kiosk.errors import KioskError
from tests.faults import checker
from tests.faults.family import Family, Found
from tests.faults.simulation.acts import ACTS, publish
from tests.faults.simulation.town import Town, look_away

STEPS = 90
"""Acts of one simulation."""
SYNCS = 2
"""After so many syncs everything is right again without a person (architecture.md, rule 7)."""


@dataclass(frozen=True)
class Played:
    """What was told, what of it is nowhere, what is broken, and the acts in order."""

    told: int
    lost: int
    broken: list[str]
    acts: list[str] = field(default_factory=list)


def play(
    seed: int,
    folder: Path,
    note: Callable[[str], None] = lambda _: None,
    after_push: Callable[[Town], None] = lambda _: None,
) -> Played:
    """Play *seed* in an empty *folder*; *note* is told each act as it happens.

    *after_push* is the control's: what a worse kiosk would do after each act.
    """
    acts: list[str] = []

    def noted(said: str) -> None:
        acts.append(said)
        note(said)

    with _ids_of(seed):
        town = Town(seed, folder, noted)
        asyncio.run(_happens(town, after_push))
        evidence = town.evidence(healed=True)
        try:
            broken = town.went_back + checker.check(evidence)
            nowhere = set(evidence.told.saved) - town.at_hub()
        finally:
            look_away(evidence)
        before = town.database.read_now(checker.converged)
        asyncio.run(_everybody_syncs(town))
        if town.database.read_now(checker.converged) != before:
            broken.append("one more sync changed what the hub holds")
    return Played(len(evidence.told.saved), len(nowhere), broken, acts)


async def _happens(town: Town, after_push: Callable[[Town], None]) -> None:
    for step in range(STEPS):
        (act,) = town.chance.choices([*ACTS], [*ACTS.values()])
        town.note(f"{step:3} {act.__name__.replace('_', ' ')}")
        await act(town)
        after_push(town)
        town.look_whether_it_went_back()
    town.note("    everything heals")
    for kiosk in town.kiosks:
        kiosk.line.healed = True
        while kiosk.line.on_their_way:
            await kiosk.line.arrives_late()
    town.clock.passes(hours=1)
    for _ in range(SYNCS):
        await _everybody_syncs(town)


async def _everybody_syncs(town: Town) -> None:
    for kiosk in town.kiosks:
        with suppress(KioskError):
            await kiosk.screen.push()
    await publish(town)
    for kiosk in town.kiosks:
        with suppress(KioskError):
            await kiosk.screen.pull()


@contextmanager
def _ids_of(seed: int) -> Iterator[None]:
    """Draw every id and secret from the seed, in order of time as real ones are."""
    chance = random.Random(f"ids of {seed}")
    count = iter(range(1, 1 << 40))

    def new_id() -> str:
        return str(UUID(int=next(count) << 80 | 7 << 76 | chance.getrandbits(62) | 2 << 62))

    with patch.object(ids, "new_id", new_id), patch.object(ids, "secret", chance.randbytes):
        yield


def trial(number: int, folder: Path) -> Found:
    """After healing every promise is kept."""
    played = play(number, folder)
    assert not played.broken, (
        f"seed {number}: {'; '.join(played.broken)}\n"
        f"run it alone: .venv/bin/python -m tests.faults.simulation {number}\n"
        + "\n".join(played.acts)
    )
    return Found(1, played.told, 0)


def control(number: int, folder: Path) -> Found:
    """A kiosk that deletes what the hub confirmed has nothing left for a restored hub."""
    played = play(number, folder, after_push=_deletes_what_is_confirmed)
    return Found(1, played.told, played.lost)


def _deletes_what_is_confirmed(town: Town) -> None:
    for kiosk in town.kiosks:
        kiosk.screen.database.write_now(_delete)


def _delete(connection: Connection) -> None:
    connection.exec_driver_sql("DELETE FROM outbox WHERE sent_at IS NOT NULL")


FAMILY = Family(
    name="simulated sync",
    unit="seed",
    small=100,
    full=20_000,
    trial=trial,
    control=control,
    control_is="delete-on-ack",
)
