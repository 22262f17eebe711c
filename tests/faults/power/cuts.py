"""Power loss: what the shipped SQLite wrote is replayed as disks that lost what was not synced."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from kiosk.database import sqlite
from tests.faults.family import NOTHING, Family, Found
from tests.faults.power import visitors
from tests.faults.power.disk import Disk, Loss, Operation, as_recorded
from tests.faults.power.inspection import look
from tests.faults.power.recorder import Recorder
from tests.faults.power.told import Told

DATABASE = "database.db"
CUTS, IMAGES = 250, 4
"""Moments of one recording at which the power goes, and disks that each of them leaves."""
REOPENED = 50
"""Of so many disks one is opened by the product itself, which must go on writing."""
CHECKPOINTS = (0, 30, 60)
"""Pages after which a checkpoint comes; 0 is as shipped: 1,000. More of them, more to cut into."""


@dataclass(frozen=True)
class Recording:
    """The *files* that a database began with, and what was *told* while it was written."""

    files: dict[str, bytes]
    told: Told

    @property
    def done(self) -> list[Operation]:
        """What was done to the files, in order."""
        return self.told.recorder.done


def recording(number: int, folder: Path) -> Recording:
    """Record a database's life: made, written by many at once, closed, opened, written again.

    Even numbers are a screen's, odd ones the hub's. Every third begins with what an earlier
    power cut left.
    """
    chance = random.Random(number)
    fresh = _lived(Recording({}, Told(Recorder(folder / "first"))), number, chance)
    if number % 3 != 2:
        return fresh
    cut = chance.randrange(len(fresh.done) // 2, len(fresh.done))
    disk = Disk({})
    for operation in fresh.done[:cut]:
        disk.follow(operation)
    left = disk.after_a_power_cut(Loss.drawn(chance), chance)
    told = Told(Recorder(folder / "second"))
    told.before_all(fresh.told.kept_by(cut), fresh.told.erased_by(cut))
    return _lived(Recording(left, told), number, chance)


def _lived(begun: Recording, number: int, chance: random.Random) -> Recording:
    """Let the database be written; return the recording of it."""
    recorder = begun.told.recorder
    lay_out(recorder.folder, begun.files)
    checkpoint_after = chance.choice(CHECKPOINTS)
    with recorder.on():
        for life in range(2):
            database = visitors.opened(recorder.folder / DATABASE, checkpoint_after)
            try:
                aside = recorder.folder / f"aside-{life}"
                if number % 2:
                    asyncio.run(visitors.at_the_hub(database, begun.told, chance, aside))
                else:
                    asyncio.run(visitors.at_a_screen(database, begun.told, chance))
            finally:
                database.close()
    assert as_recorded(begun.files, begun.done) == _files(recorder.folder), "not all was recorded"
    return begun


def trial(number: int, folder: Path) -> Found:
    """Nothing that anybody was told is kept is missing from any disk, and nothing is half done."""
    found, faults = _replayed(number, folder)
    assert not faults, f"trial {number}: {len(faults)} of {found.trials} disks, first: {faults[0]}"
    return found


def control(number: int, folder: Path) -> Found:
    """The same with synchronous=NORMAL, which leaves a commit to the next sync."""
    worse = (p.replace("synchronous = FULL", "synchronous = NORMAL") for p in sqlite.PRAGMAS)
    with patch.object(sqlite, "PRAGMAS", tuple(worse)):
        return _replayed(number, folder)[0]


def _replayed(number: int, folder: Path) -> tuple[Found, list[str]]:
    """Cut the power CUTS times and look at IMAGES disks each; return what was found and faults."""
    chance = random.Random(f"cuts of {number}")
    found, faults = NOTHING, list[str]()
    with in_memory(folder) as memory:
        recorded = recording(number, memory)
        disk, followed = Disk(recorded.files), 0
        for cut in sorted(chance.randrange(1, len(recorded.done) + 1) for _ in range(CUTS)):
            for operation in recorded.done[followed:cut]:
                disk.follow(operation)
            followed = cut
            kept, erased = recorded.told.kept_by(cut), recorded.told.erased_by(cut)
            for _ in range(IMAGES):
                loss = Loss.drawn(chance)
                lay_out(memory / "found", disk.after_a_power_cut(loss, chance))
                seen, fault = _looked_at(memory / "found" / DATABASE, kept, erased, chance)
                found += seen
                faults += [f"cut {cut} of {len(recorded.done)}, {loss}: {fault}"] if fault else []
    return found, faults


def lay_out(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make *folder* hold these files only; what is overwritten in place costs least."""
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        if left.name not in files:
            left.unlink()
    for name, content in files.items():
        with (folder / name).open("r+b" if (folder / name).exists() else "wb") as file:
            file.write(content)
            file.truncate()


def _looked_at(
    path: Path, kept: set[str], erased: set[str], chance: random.Random
) -> tuple[Found, str]:
    """Look at the database that was found after the cut; return the fault too."""
    if chance.random() < 0.2:  # the shared memory of before is worth nothing, and is not trusted
        path.with_name(f"{path.name}-shm").write_bytes(chance.randbytes(32_768))
    fault, lost = _fault(path, kept, erased)
    reopened = not fault and chance.randrange(REOPENED) == 0
    if reopened:
        _goes_on(path)
        fault, lost = _fault(path, kept, erased)
    return Found(1, len(kept), lost, {"reopened by the product": int(reopened)}), fault


def _fault(path: Path, told: set[str], erased: set[str]) -> tuple[str, int]:
    """Return what is wrong with the database, and how many acknowledged rows are missing."""
    seen = look(path)
    lost = len(told - seen.kept)
    back = len(erased & seen.words)
    wrong = [*seen.broken]
    wrong += [f"{lost} of {len(told)} acknowledged are missing"] if lost else []
    wrong += [f"{back} erased comments have their words again"] if back else []
    return "; ".join(wrong), lost


def _goes_on(path: Path) -> None:
    """The product opens what is left, makes what is missing, and takes the next ballot."""
    database = visitors.opened(path)
    try:
        nobody = Told(Recorder(path.parent))
        asyncio.run(visitors.at_a_screen(database, nobody, random.Random(1), screen=0))
    finally:
        database.close()


def _files(folder: Path) -> dict[str, bytes]:
    kept = (p for p in folder.iterdir() if p.name in {DATABASE, f"{DATABASE}-wal"})
    return {path.name: path.read_bytes() for path in kept}


@contextmanager
def in_memory(folder: Path) -> Iterator[Path]:
    """A folder in memory, where a sync costs nothing; *folder* itself where there is none."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else folder) as memory:
        yield Path(memory)


FAMILY = Family(
    name="power loss",
    unit="disk",
    small=10_000,
    full=1_000_000,
    trial=trial,
    control=control,
    control_is="synchronous=NORMAL",
)
