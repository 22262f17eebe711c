"""What `kiosk backup`, `kiosk verify` and `kiosk restore` do and say, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from kiosk.apps import backup
from kiosk.apps.administration import ready_hub
from kiosk.apps.backup import Manifest, Refused
from kiosk.apps.restore import Restored, restore
from kiosk.errors import InvalidText, KioskError
from kiosk.settings import Settings


def take(
    settings: Settings, to: Path | None, into: Path | None, keep_days: int, now: datetime
) -> Iterator[str]:
    """Write a backup to a file, or into a folder under the moment's name, where it is verified.

    Raises:
        InvalidText: neither or both were given.
        Conflict, Unavailable: as :func:`kiosk.apps.backup.take`.
        Refused: the backup has faults: the hub's database has.
    """
    if (to is None) == (into is None):
        raise InvalidText("Where to?", "Name a file, or a folder with --into.")
    path = to or Path(into or ".") / f"hub-{now:%Y%m%d-%H%M%S}.db"
    manifest = backup.take(settings, path, now)
    yield f"Written to {path}: {_told(manifest)}."
    yield f"Beside it: the editions' files, and copies of {' and '.join(backup.APART)}."
    yield "Those two must outlive the database: keep the newest copies of them elsewhere, too."
    if into is None:
        yield f"Whether it is good tells `kiosk verify {path}`."
        return
    faults = [line for line, is_fault in verify(settings, path) if is_fault]
    if faults:
        raise Refused(f"But {faults[0]}", "Look at the hub with `kiosk doctor`; keep old backups.")
    yield "It is verified."
    if keep_days > 0:
        for old in backup.tidy(Path(into), timedelta(days=keep_days), now, manifest.hub):
            yield f"Deleted {old}."


def verify(settings: Settings, path: Path) -> Iterator[tuple[str, bool]]:
    """Verify a backup and note a good one at the hub; yield lines and whether each is a fault.

    Raises:
        Refused: it is no backup.
    """
    manifest, faults = backup.verify(path, path.parent / f".{path.name}.scratch")
    for fault in faults:
        yield f"Fault: {fault}.", True
    if faults:
        yield "Do not rely on it. Take another, or an older one.", False
        return
    yield f"{path} is whole: {_told(manifest)}.", False
    yield "Tallies equal a recount, the decision log is whole, nothing erased is in it.", False
    try:
        with ready_hub(settings) as database:
            noted = database.write_now(partial(backup.note, manifest=manifest))
    except KioskError as error:
        yield f"It could not be noted at the hub: {error}", False
        return
    if not noted:
        yield "It is of another hub than this one, and was not noted here.", False


def restored(
    settings: Settings, path: Path, lists: tuple[Path, ...], now: datetime, *, anyway: bool
) -> Iterator[str]:
    """Restore a backup and say what was done and what comes next.

    Raises:
        Refused, Conflict, Unavailable: as :func:`kiosk.apps.restore.restore`.
    """
    done = restore(settings, path, now, lists=lists, anyway=anyway)
    yield f"Restored: {_told(done.manifest)}."
    yield from _what_was_done(done)
    yield "Start the hub. Kiosks send again what they keep; each message counts once."
    yield (
        "What came by phone and what staff decided after that moment is not in it: decisions,"
        " answers, withdrawals. Look through the reports and the newest comments first."
    )


def _what_was_done(done: Restored) -> Iterator[str]:
    if done.erased_again:
        yield f"{done.erased_again} comments that were erased since were erased in it again."
    if done.met_again:
        yield f"{done.met_again} kiosks and colleagues were let in or shut out as they were since."
    if done.aside:
        yield f"What was there before is in {done.aside}. Delete it when all is well."
    if done.too_old:
        yield "This backup is over 35 days old: kiosks no longer keep all that it lacks."


def _told(manifest: Manifest) -> str:
    counts = manifest.counts
    return (
        f"the hub as of {manifest.taken_at}, {counts['ballot']} ballots,"
        f" {counts['comment']} comments, {counts['decision']} decisions"
    )
