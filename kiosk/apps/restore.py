"""Puts a backup in the hub's place: prepared aside, with what is kept apart, swapped in at once.

Until the last step nothing of what was there has changed; what was there is kept aside. What came
by phone and what staff decided after the backup is in no backup: docs/operator.md says what is.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk import clock, ids
from kiosk.apps import backup, former_hub, placing, soundness
from kiosk.apps.backup import Manifest, Refused
from kiosk.apps.opening import closed_hub, follow
from kiosk.database import apart, copies
from kiosk.database.migrate import migrate
from kiosk.errors import Unavailable
from kiosk.messaging import heads
from kiosk.settings import Settings
from kiosk.voice import question_store

KEPT_BY_KIOSKS = timedelta(days=35)
"""How far back kiosks can give again what they sent (kiosk.sync.retention)."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the backup, comments erased again, people and kiosks let in or shut out."""

    manifest: Manifest
    erased_again: int
    met_again: int
    aside: str
    """Where what was there before is kept, empty where there was nothing."""
    too_old: bool
    """Whether kiosks have let go of messages that the backup lacks."""


def restore(
    settings: Settings, path: Path, now: datetime, *, lists: tuple[Path, ...], anyway: bool = False
) -> Restored:
    """Put the backup at *path* in the place of the hub's database.

    *lists* are folders with further copies of what is kept apart from the database, besides the
    hub's own and those by the backup.
    *anyway* restores without these, another hub's backup, or one with faults.

    Raises:
        Refused: it is no backup, damaged, another hub's, or what is kept apart is missing.
        Conflict: the hub runs.
        Unavailable: it could not be done. In every case all is as it was.
    """
    with closed_hub(settings):
        placing.must_be_alone(settings)
        manifest = backup.check(path)
        if former_hub.ask(settings) not in {"", manifest.hub} and not anyway:
            raise Refused(
                f"{path} is a backup of another hub.",
                "Take one of this hub, or say --anyway to put that hub in its place.",
            )
        _gather(settings.data, [path.parent, *lists], anyway)
        workshop = settings.data / "restoring"
        shutil.rmtree(workshop, ignore_errors=True)
        try:
            workshop.mkdir(mode=0o700, parents=True)
            copy = workshop / "hub.db"
            shutil.copyfile(path, copy)
            again, met = _prepare(copy, settings.data, manifest, now, anyway)
            backup.bring_files(path.parent / backup.FILES, settings.hub_files)
            aside = placing.swap_in(settings, copy, now)
        except OSError as error:
            raise Unavailable(f"It failed: {error.strerror}.", "All is as it was.") from error
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    too_old = now - clock.from_text(manifest.taken_at) > KEPT_BY_KIOSKS
    return Restored(manifest, again, met, aside, too_old)


def _gather(data: Path, folders: Sequence[Path], anyway: bool) -> None:
    """Bring every copy of what is kept apart into the hub's own files.

    Raises:
        Refused: there is none of one, or a line is damaged.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in backup.APART:
        copies_of = [data / name, *(folder / name for folder in folders)]
        found = [each for each in copies_of if each.exists()]
        if not found and not anyway:
            raise Refused(
                f"No {name} was found: what was erased or shut out would come back.",
                f"Put the newest one into {data}, or name its folder with --lists.",
            )
        for each in found:
            damaged = apart.read(each).damaged
            if damaged and not anyway:
                raise Refused(
                    f"{each} has {damaged} damaged lines.",
                    "Put a whole copy in its place, or say --anyway to go on without those lines.",
                )
        apart.merge(data / name, found)


def _prepare(
    copy: Path, data: Path, manifest: Manifest, now: datetime, anyway: bool
) -> tuple[int, int]:
    """Make the copy ready to be opened; return how many were erased and met in it again.

    Raises:
        Refused: something in it is wrong.
    """
    with copies.changing(copy) as connection:
        migrate(connection)
    with copies.changing(copy) as connection:
        heads.write(connection, "epoch", ids.new_id())
        heads.write(connection, "restored-at", clock.to_text(now))
        heads.write(connection, "restored-from", manifest.taken_at)
        heads.write(connection, backup.TAKEN_AT, manifest.taken_at)
        question_store.renew(connection)
        done = follow(apart.attached(connection, data), now)
        faults = [] if anyway else soundness.faults(connection)
    if faults:
        raise Refused(
            f"The backup is not sound: {faults[0]}.", "Take an older one, or say --anyway."
        )
    copies.settle(copy)
    return done
