"""Failing disk operations: every call that a scene makes answers with each error, in turn."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.database.connection import Database
from kiosk.errors import Unavailable
from tests.faults.family import NOTHING, Family, Found
from tests.faults.power.cuts import in_memory, lay_out
from tests.faults.power.inspection import Seen, look
from tests.faults.vfs import scenes
from tests.faults.vfs.faulty import FULL, IO_ERRORS, Fault, FaultyDisk
from tests.faults.vfs.scenes import DATABASE, Scene

Part = tuple[Callable[[Path], Scene], int, int]
"""A scene, and which of how many shares of its faults."""

PARTS: tuple[Part, ...] = (
    (scenes.at_a_screen, 0, 1),
    (scenes.after_a_crash, 0, 1),
    (scenes.at_the_hub, 0, 1),
)
IN_FULL: tuple[Part, ...] = (
    *PARTS,
    *((scenes.migrating, share, 40) for share in range(40)),
    *((scenes.upgrading, share, 20) for share in range(20)),
)


@dataclass
class Outcome:
    """Which acts were *told* to be kept, which *refused*, and what was *wrong* about it."""

    told: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def trial(number: int, folder: Path) -> Found:
    """Whatever fails: nothing acknowledged is lost, nothing is half done, the refusal is clear."""
    found = NOTHING
    faults: list[str] = []
    _, share, of = IN_FULL[number % len(IN_FULL)]
    with _scene(number, folder) as (scene, disk):
        for fault in list(every_fault(scene, disk))[share::of]:
            outcome = _played(scene, disk, fault)
            faults += [f"{fault}: {wrong}" for wrong in outcome.wrong + _mended(scene, outcome)]
            notes = {"faults": 1, "refused": len(outcome.refused)}
            found += Found(0, len(outcome.told), 0, notes)
    assert not faults, f"part {number}: {len(faults)} faults, first:\n" + "\n".join(faults[:9])
    return found + Found(1, 0, 0)


def control(number: int, folder: Path) -> Found:
    """Who is thanked before the commit has been thanked for what is refused."""
    found = NOTHING
    with _scene(number, folder) as (scene, disk):
        for fault in list(every_fault(scene, disk))[::7]:
            outcome = _played(scene, disk, fault)
            thanked = set(scene.acts)
            lost = _missing(scene, thanked, look(scene.folder / DATABASE))
            found += Found(0, len(thanked), len(lost), {"refused": len(outcome.refused)})
    return found + Found(1, 0, 0)


def every_fault(scene: Scene, disk: FaultyDisk) -> Iterator[Fault]:
    """Every call that the scene makes on a sound disk, with each error, once and for good."""
    _played(scene, disk, None)
    counted = dict(disk.calls)
    for call, count in sorted(counted.items()):
        for code in (FULL, IO_ERRORS[call]):
            for nth in range(1, count + 1):
                yield Fault(call, nth, code, for_good=False)
                yield Fault(call, nth, code, for_good=True)


def _played(scene: Scene, disk: FaultyDisk, fault: Fault | None) -> Outcome:
    """Play the scene's acts while the disk fails, and close every connection."""
    outcome = Outcome()
    lay_out(scene.folder, scene.files)
    with disk.failing(fault):
        for id, act in scene.acts.items():
            try:
                act()
                outcome.told.add(id)
            except Unavailable:
                outcome.refused.append(id)
            except Exception as error:  # noqa: BLE001 - it is what the fault test is to show
                outcome.refused.append(id)
                outcome.wrong.append(f"{id} met {type(error).__name__}: {error}")
        _let_go(scene.database)
    return outcome


def _mended(scene: Scene, outcome: Outcome) -> list[str]:
    """Look at what is there; let the refused try again, and look once more."""
    wrong = _looked(scene, outcome.told)
    if not outcome.refused:
        return wrong
    try:
        for id in outcome.refused:
            scene.acts[id]()
    except Exception as error:  # noqa: BLE001 - it is what the fault test is to show
        wrong.append(f"refused again on a sound disk: {type(error).__name__}: {error}")
    finally:
        _let_go(scene.database)
    return wrong + _looked(scene, {*outcome.told, *outcome.refused})


def _let_go(database: Database) -> None:
    """Close every connection, also the one that the writer keeps between commits."""
    database._kept.close()
    database.engine.dispose()


def _looked(scene: Scene, told: set[str]) -> list[str]:
    seen = look(scene.folder / DATABASE)
    lost = _missing(scene, told, seen)
    return [*seen.broken, *([f"acknowledged and missing: {sorted(lost)}"] if lost else [])]


def _missing(scene: Scene, told: set[str], seen: Seen) -> set[str]:
    gone = {id.removeprefix("erased:") for id in told if id.startswith("erased:")}
    kept = {id for id in told if ":" not in id} | scene.told_before
    return (kept - seen.kept) | (gone & seen.words)


@contextmanager
def _scene(number: int, folder: Path) -> Iterator[tuple[Scene, FaultyDisk]]:
    with in_memory(folder) as memory:
        (memory / "disk").mkdir()
        disk = FaultyDisk(memory / "disk")
        with disk.on(), _quiet():
            scene = IN_FULL[number % len(IN_FULL)][0](memory / "disk")
            try:
                yield scene, disk
            finally:
                scene.database.close()


@contextmanager
def _quiet() -> Iterator[None]:
    """Each fault is logged for the operator; a thousand lines are for nobody."""
    logger = logging.getLogger("kiosk.database")
    logger.disabled = True
    try:
        yield
    finally:
        logger.disabled = False


FAMILY = Family(
    name="failing disk operations",
    unit="parts of scenes",
    small=len(PARTS),
    full=len(IN_FULL),
    trial=trial,
    control=control,
    control_is="thanks before commit",
)
