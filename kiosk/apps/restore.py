"""Puts a backup in the hub's place: prepared aside, erased ids applied, then swapped in at once.

Until the last step nothing of what was there has changed; what was there is kept aside. What came
by phone and what staff decided after the backup is in no backup: docs/operator.md says what is.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from kiosk import clock, ids
from kiosk.apps import backup, carried_over, placing, soundness
from kiosk.apps.backup import Manifest, Refused
from kiosk.apps.carried_over import Taken
from kiosk.apps.opening import closed_hub
from kiosk.database import copies
from kiosk.database.migrate import migrate
from kiosk.errors import Unavailable
from kiosk.messaging import heads
from kiosk.moderation import erased_list, erasure
from kiosk.settings import Settings

KEPT_BY_KIOSKS = timedelta(days=35)
"""How far back kiosks can give again what they sent (kiosk.sync.retention)."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the backup, comments erased again, what was taken over from the old hub."""

    manifest: Manifest
    erased_again: int
    taken_over: Taken
    aside: str
    """Where what was there before is kept, empty where there was nothing."""
    too_old: bool
    """Whether kiosks have let go of messages that the backup lacks."""


def restore(
    settings: Settings, path: Path, now: datetime, *, lists: tuple[Path, ...], anyway: bool = False
) -> Restored:
    """Put the backup at *path* in the place of the hub's database.

    *lists* are further lists of erased ids, besides the hub's own and the one by the backup.
    *anyway* restores without any list, another hub's backup, or one with faults.

    Raises:
        Refused: it is no backup, damaged, another hub's, or no list of erased ids was found.
        Conflict: the hub runs.
        Unavailable: it could not be done. In every case all is as it was.
    """
    with closed_hub(settings):
        placing.must_be_alone(settings)
        manifest = backup.check(path)
        taken = carried_over.read(settings)
        if taken.hub not in {"", manifest.hub} and not anyway:
            raise Refused(
                f"{path} is a backup of another hub.",
                "Take one of this hub, or say --anyway to put that hub in its place.",
            )
        _gather_lists(settings, path, lists, taken, anyway)
        workshop = settings.data / "restoring"
        shutil.rmtree(workshop, ignore_errors=True)
        try:
            workshop.mkdir(mode=0o700, parents=True)
            copy = workshop / "hub.db"
            shutil.copyfile(path, copy)
            again = _prepare(copy, settings.erased_list, taken, manifest, now, anyway)
            backup.bring_files(path.parent / backup.FILES, settings.hub_files)
            aside = placing.swap_in(settings, copy, now)
        except OSError as error:
            raise Unavailable(f"It failed: {error.strerror}.", "All is as it was.") from error
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    too_old = now - clock.from_text(manifest.taken_at) > KEPT_BY_KIOSKS
    return Restored(manifest, again, taken, aside, too_old)


def _gather_lists(
    settings: Settings, path: Path, lists: tuple[Path, ...], taken: Taken, anyway: bool
) -> None:
    """Bring every list of erased ids, and what the old database knows, into the hub's own.

    Raises:
        Refused: none was found, or a line of one is damaged.
    """
    named = [settings.erased_list, path.parent / backup.LIST, *lists]
    found = [each for each in named if each.exists()]
    for missing in set(lists) - set(found):
        raise Refused(f"There is no list at {missing}.", "Name the file with --erased.")
    if not found and not taken.hub and not anyway:
        raise Refused(
            "No list of erased ids was found: comments that were erased would come back.",
            f"Put the newest {backup.LIST} into {settings.data}, or say --anyway.",
        )
    union = dict(taken.erased)
    for each in found:
        listed = erased_list.read(each)
        if listed.damaged and not anyway:
            raise Refused(
                f"{each} has {listed.damaged} damaged lines.",
                "Name a whole copy of it with --erased and move this one away, or say --anyway.",
            )
        union |= listed.moments
    known = erased_list.read(settings.erased_list).moments
    new = {i: at for i, at in union.items() if i not in known}
    if new or not settings.erased_list.exists():
        settings.data.mkdir(parents=True, exist_ok=True)
        erased_list.append(settings.erased_list, new)


def _prepare(
    copy: Path,
    listed: Path,
    taken: Taken,
    manifest: Manifest,
    now: datetime,
    anyway: bool,
) -> int:
    """Make the copy ready to be opened; return how many comments were erased in it again.

    Raises:
        Refused: something in it is wrong.
    """
    with copies.changing(copy) as connection:
        migrate(connection)
    with copies.changing(copy) as connection:
        again = _renew(connection, listed, taken, manifest, now)
        faults = [] if anyway else soundness.faults(connection)
    if faults:
        raise Refused(
            f"The backup is not sound: {faults[0]}.", "Take an older one, or say --anyway."
        )
    copies.settle(copy)
    return again


def _renew(
    connection: Connection,
    listed: Path,
    taken: Taken,
    manifest: Manifest,
    now: datetime,
) -> int:
    """Begin a new life of the hub: a new epoch, nothing erased, nobody let in again."""
    carried_over.write(connection, taken, now)
    heads.write(connection, "epoch", ids.new_id())
    heads.write(connection, "restored-at", clock.to_text(now))
    heads.write(connection, "restored-from", manifest.taken_at)
    heads.write(connection, backup.TAKEN_AT, manifest.taken_at)
    with_list = connection.execution_options(erased_list=listed)
    return erasure.follow_list(with_list, now)
