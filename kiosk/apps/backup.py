"""Backups: a copy of the hub's database with a manifest beside it, and the editions' files.

What a backup is: ``NAME`` (one SQLite file, whatever the hub's dialect), ``NAME.json`` (its
manifest, written last: without it a backup is none), and beside them ``files/`` and the lists that
are kept apart from the database, which all backups of a folder share.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, select, table

from kiosk import clock, ids
from kiosk.apps import soundness
from kiosk.database import apart, copies
from kiosk.database.migrate import migrate, newest, revision, versions
from kiosk.errors import Conflict, InvalidText, Unavailable
from kiosk.exhibition import edition_store
from kiosk.exhibition.edition import FileRecord
from kiosk.exhibition.file_store import FileStore
from kiosk.messaging import feed_store, heads
from kiosk.moderation import erased_list
from kiosk.people import admissions
from kiosk.settings import Settings

FORMAT = 1
FILES = "files"
APART = (erased_list.FILE, admissions.FILE)
"""What a hub keeps apart from its database, and copies of it beside the backups."""

A_DAY = timedelta(days=1)
"""No backup takes as long."""

TAKEN_AT = "backup-taken-at"
"""In the hub's ``meta``: when the newest backup that was verified was taken."""

_COUNTED = ("ballot", "comment", "decision", "edition", "erased", "feed", "inbox", "kiosk", "staff")
"""Tables whose rows the manifest counts."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup says of itself; *hub* tells hubs apart without telling a secret."""

    format: int
    sha256: str
    size: int
    taken_at: str
    dialect: str
    version: str
    hub: str
    epoch: str
    feed_head: int
    counts: dict[str, int]


class Refused(InvalidText):
    """A file that is no backup, or a damaged one."""

    code = "no-backup"


def take(settings: Settings, to: Path, now: datetime) -> Manifest:
    """Write a backup while others use the hub; return its manifest.

    Raises:
        Conflict: the file is there already.
        Unavailable: there is no database, or it could not be copied; nothing was left behind.
    """
    if to.exists() or _manifest_of(to).exists():
        raise Conflict(f"{to} is there already.", "Choose a new file name.")
    source = settings.hub_file
    if source is not None and not source.is_file():
        raise Unavailable(f"There is no database at {source}.", "Run `kiosk migrate` first.")
    partial = to.with_name(f".{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        copies.copy_out(settings.hub_database, partial)
        with copies.read_only(partial) as connection:
            manifest = _describe(connection, partial, settings.hub_database, now)
        bring_files(settings.hub_files, to.parent / FILES)
        for name in APART:
            apart.merge(to.parent / name, [settings.data / name])
        partial.rename(to)
        _finish(to, manifest)
    except OSError as error:
        raise Unavailable(f"The copy failed: {error.strerror}.", "Check the disk.") from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return manifest


def check(path: Path) -> Manifest:
    """Return the manifest of the backup at *path*, whose octets are as they were written.

    Raises:
        Refused: it is no backup, it was cut short or damaged, or this program is too old for it.
    """
    try:
        manifest = msgspec.json.decode(_manifest_of(path).read_bytes(), type=Manifest)
        whole = path.stat().st_size == manifest.size and _digest(path) == manifest.sha256
    except (OSError, msgspec.MsgspecError, UnicodeError) as error:
        raise Refused(
            f"{path} is no backup of `kiosk backup`, or was not finished.",
            f"Take one that has its manifest beside it: {_manifest_of(path).name}.",
        ) from error
    if not whole:
        raise Refused(f"{path} is not as it was written.", "Take another copy of it, or an older.")
    if manifest.format != FORMAT or manifest.version not in versions():
        raise Refused(
            f"{path} was written by a newer version of this program.",
            "Bring the program to that version first.",
        )
    return manifest


def verify(path: Path, scratch: Path) -> tuple[Manifest, list[str]]:
    """Look at a backup as if it were restored; return its manifest and all its faults.

    *scratch* is a new folder's name, for a copy that is brought to this program's schema.

    Raises:
        Refused: as :func:`check`.
        Unavailable: there is no room for that copy.
    """
    manifest = check(path)
    found: list[str] = []
    with copies.read_only(path) as connection:
        if _counts(connection) != manifest.counts or _head(connection) != manifest.feed_head:
            found.append("its rows are not those that its manifest counts")
        if revision(connection) == newest():
            found += soundness.faults(connection)
        else:
            found += _rehearsed(path, scratch)
        found += _missing(_files_of(connection), FileStore(path.parent / FILES))
    missing = [name for name in APART if not (path.parent / name).exists()]
    found += [
        f"{name}, which is kept apart from the database, is not beside it" for name in missing
    ]
    return manifest, found


def note(connection: Connection, manifest: Manifest) -> bool:
    """Note at the hub that a backup of it was verified; false when it is another hub's."""
    if hub_mark(connection) != manifest.hub:
        return False
    heads.write(connection, TAKEN_AT, max(heads.read(connection, TAKEN_AT), manifest.taken_at))
    return True


def tidy(folder: Path, keep: timedelta, now: datetime, hub: str) -> list[Path]:
    """Delete a *hub*'s backups in a folder that are older than *keep*; return them.

    Never its newest, never another hub's, and nothing that is no backup; but what a killed one left
    half done, of whichever hub.
    """
    taken = sorted(_taken_of(folder, hub))
    old = [path for moment, path in taken[:-1] if moment < now - keep]
    for path in old:
        _manifest_of(path).unlink()
        path.unlink(missing_ok=True)
    _tidy_halves(folder, now)
    return old


def _tidy_halves(folder: Path, now: datetime) -> None:
    """Delete what a backup left that was killed: it holds what a whole one does."""
    for each in (*folder.glob(".*.part*"), *folder.glob(".*.scratch")):
        with contextlib.suppress(FileNotFoundError):
            if each.stat().st_mtime > (now - A_DAY).timestamp():
                continue  # another one may be under way
            if each.is_dir():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.unlink()


def _taken_of(folder: Path, hub: str) -> Iterator[tuple[datetime, Path]]:
    """Yield when each backup of a hub was taken, and where it is."""
    for each in folder.glob("*.json"):
        with contextlib.suppress(msgspec.MsgspecError, ValueError):
            manifest = msgspec.json.decode(each.read_bytes(), type=Manifest)
            if manifest.hub == hub:
                yield clock.from_text(manifest.taken_at), each.with_suffix("")


def hub_mark(connection: Connection) -> str:
    """Return what tells this hub from others through all its lives: a hash of its own key."""
    return ids.digest(heads.read(connection, "hub-key"))


def bring_files(source: Path, into: Path) -> None:
    """Copy the editions' files, and photographs of drafts, that are not there yet.

    They never change, so each is copied once; a damaged one stays where it is.

    Raises:
        Unavailable: the disk is full or cannot be written.
    """
    there, store = FileStore(source), FileStore(into)
    for path in sorted(source.glob("??/*")):
        record = FileRecord(path.name, path.stat().st_size)
        if not store.has(record) and there.is_sound(record):
            store.put_file(path)


def _describe(connection: Connection, path: Path, url: str, now: datetime) -> Manifest:
    return Manifest(
        format=FORMAT,
        sha256=_digest(path),
        size=path.stat().st_size,
        taken_at=clock.to_text(now),
        dialect=url.partition(":")[0],
        version=revision(connection),
        hub=hub_mark(connection),
        epoch=heads.read(connection, "epoch"),
        feed_head=_head(connection),
        counts=_counts(connection),
    )


def _counts(connection: Connection) -> dict[str, int]:
    counts = {name: select(func.count()).select_from(table(name)) for name in _COUNTED}
    return {name: int(connection.execute(sql).scalar_one()) for name, sql in counts.items()}


def _head(connection: Connection) -> int:
    return feed_store.head(connection)


def _files_of(connection: Connection) -> dict[str, FileRecord]:
    """Every file of every edition, once each."""
    return {
        record.sha256: record
        for edition in edition_store.everything(connection)
        for record in edition.manifest.values()
    }


def _missing(needed: Mapping[str, FileRecord], files: FileStore) -> list[str]:
    lost = [record.sha256 for record in needed.values() if not files.is_sound(record)]
    return [f"{len(lost)} of {len(needed)} files of editions are missing in {FILES}/"] * bool(lost)


def _rehearsed(path: Path, scratch: Path) -> list[str]:
    """Bring a copy to this program's schema, as a restore does, and look at that."""
    scratch.mkdir(parents=True)
    try:
        copy = scratch / "rehearsal.db"
        shutil.copyfile(path, copy)
        with copies.changing(copy) as connection:
            migrate(connection)
        with copies.changing(copy) as connection:
            return soundness.faults(connection)
    except OSError as error:
        raise Unavailable(f"There is no room in {scratch}.", "Free some space.") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest_of(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _finish(to: Path, manifest: Manifest) -> None:
    """Write the manifest of a copy that is in its place, or take the copy away again."""
    try:
        _write(_manifest_of(to), msgspec.json.format(msgspec.json.encode(manifest), indent=2))
    except OSError:
        to.unlink()
        raise


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(data)
    copies.sync(partial)
    partial.rename(path)
    copies.sync(path)
