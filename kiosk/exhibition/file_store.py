"""Files kept under their own SHA-256, durable before anything names them, verified when read."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from kiosk.durable import sync_folder
from kiosk.errors import Unavailable
from kiosk.exhibition.edition import SHA256, CorruptEdition, FileRecord, Manifest

_CHUNK = 1 << 20
PARTIAL = "partial-"
"""Begins the name of what is being written; a process that is killed leaves it behind."""
_GIVEN_UP = timedelta(hours=1)
"""After this time without a word more nobody writes on it."""


@dataclass(slots=True)
class Incoming:
    """A file while it is written; counts and hashes as it goes."""

    file: BinaryIO
    size: int = 0
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)
    is_new: bool = False
    """Whether it was kept in a place where nothing lay before."""

    def write(self, data: bytes) -> None:
        """Add octets to the file."""
        self.file.write(data)
        self.digest.update(data)
        self.size += len(data)


class FileStore:
    """The files of all editions, once each, under ``ab/<sha256>`` of *folder*.

    Files are written beside their place and renamed into it after ``fsync``, so that a name
    never stands for half a file, also when the power fails.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where a file lies, or would lie.

        Raises:
            CorruptEdition: that is no hash; addresses and drafts may hold anything.
        """
        if not SHA256.fullmatch(sha256):
            raise damaged(sha256[:64])
        return self.folder / sha256[:2] / sha256

    def has(self, record: FileRecord) -> bool:
        """Tell whether a file of that hash and size is there, without reading it."""
        try:
            return self.path(record.sha256).stat().st_size == record.size
        except OSError:
            return False

    def record(self, sha256: str) -> FileRecord:
        """Return the record of a file that is there.

        Raises:
            CorruptEdition: it is not.
        """
        try:
            return FileRecord(sha256, self.path(sha256).stat().st_size)
        except OSError as error:
            raise damaged(sha256) from error

    def missing(self, manifest: Manifest) -> list[FileRecord]:
        """Return what a kiosk must still fetch of an edition, each file once."""
        records = {record.sha256: record for record in manifest.values()}
        return [record for record in records.values() if not self.has(record)]

    def put(self, data: bytes) -> FileRecord:
        """Keep octets and return their record.

        Raises:
            Unavailable: the disk is full or cannot be written; nothing was kept.
        """
        with self.incoming(None) as incoming:
            incoming.write(data)
        return FileRecord(incoming.digest.hexdigest(), incoming.size)

    def put_file(self, path: Path) -> FileRecord:
        """Keep a copy of a file and return its record.

        Raises:
            Unavailable: as :meth:`put`.
        """
        return self._copy(path)[0]

    def put_all(self, paths: Mapping[str, Path]) -> dict[str, FileRecord]:
        """Keep copies of files and return their records by the same names: of all, or of none.

        On a full disk those that came first go again: they would keep votes from being written.

        Raises:
            Unavailable: as :meth:`put`.
        """
        records, new = {}, []
        try:
            for name, path in paths.items():
                records[name], is_new = self._copy(path)
                if is_new:
                    new.append(records[name].sha256)
        except Unavailable:
            for sha256 in new:
                self._take_back(sha256)
            raise
        return records

    def _copy(self, path: Path) -> tuple[FileRecord, bool]:
        with self.incoming(None) as incoming, path.open("rb") as source:
            while chunk := source.read(_CHUNK):
                incoming.write(chunk)
        return FileRecord(incoming.digest.hexdigest(), incoming.size), incoming.is_new

    def _take_back(self, sha256: str) -> None:
        """Remove a file, unless another publication has put it into an edition's folder."""
        place = self.path(sha256)
        with contextlib.suppress(OSError):
            if place.stat().st_nlink == 1:
                place.unlink()

    @contextmanager
    def incoming(self, expected: FileRecord | None) -> Iterator[Incoming]:
        """Write a file piece by piece; it is kept at the end of the ``with`` block.

        What is there already, and sound, stays the same file: all editions share it.

        Raises:
            Unavailable: the disk is full or cannot be written; nothing was kept.
            CorruptEdition: it is not the *expected* file; nothing was kept.
        """
        partial = self.folder / f"{PARTIAL}{os.getpid()}-{secrets.token_hex(8)}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with partial.open("xb") as file:
                incoming = Incoming(file)
                yield incoming
                record = FileRecord(incoming.digest.hexdigest(), incoming.size)
                if expected is not None and record != expected:
                    raise damaged(expected.sha256)
                file.flush()
                os.fsync(file.fileno())
            incoming.is_new = self._settle(partial, record)
        except OSError as error:
            raise _full(error) from error
        finally:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)

    def _settle(self, partial: Path, record: FileRecord) -> bool:
        """Move a complete file to its place, over a damaged one; tell whether none was there."""
        place = self.path(record.sha256)
        was_there = place.exists()
        if not place.parent.is_dir():
            place.parent.mkdir(exist_ok=True)
            sync_folder(self.folder)
        if not (was_there and self.is_sound(record)):
            partial.chmod(0o444)
            partial.replace(place)
        sync_folder(place.parent)
        return not was_there

    def read(self, sha256: str) -> bytes:
        """Return a file's octets, verified.

        Raises:
            CorruptEdition: the file is not there or not what its name says.
        """
        try:
            data = self.path(sha256).read_bytes()
        except OSError as error:
            raise damaged(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise damaged(sha256)
        return data

    def is_sound(self, record: FileRecord) -> bool:
        """Read a whole file and tell whether it is what its name says."""
        return is_file(self.path(record.sha256), record)

    def keep_only(self, hashes: Collection[str]) -> None:
        """Remove every file but these, and what an interrupted copy left behind."""
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name not in hashes:
                path.unlink(missing_ok=True)

    def sweep(self, now: datetime) -> None:
        """Remove what a killed process left half written, an hour and more ago."""
        for path in given_up(self.folder, now):
            path.unlink(missing_ok=True)

    def discard(self, sha256: str) -> None:
        """Remove a damaged file, so that it can be fetched again."""
        self.path(sha256).unlink(missing_ok=True)


def is_file(path: Path, record: FileRecord) -> bool:
    """Read a whole file and tell whether it is the one of that record."""
    digest = hashlib.sha256()
    try:
        if path.stat().st_size != record.size:
            return False
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return False
    return digest.hexdigest() == record.sha256


def given_up(folder: Path, now: datetime) -> list[Path]:
    """Return what lies in *folder* half made, and has not changed for an hour."""
    latest, found = (now - _GIVEN_UP).timestamp(), []
    for path in folder.glob(f"{PARTIAL}*"):
        with contextlib.suppress(OSError):  # finished in this moment
            if path.stat().st_mtime < latest:
                found.append(path)
    return found


def damaged(sha256: str, path: str = "") -> CorruptEdition:
    """Return the refusal that names a damaged file."""
    return CorruptEdition(
        "A file of the edition is missing or damaged: {name}",
        "Publish the exhibition again, or restore the data folder from its backup.",
        name=f"{path} (files/{sha256[:2]}/{sha256})" if path else f"files/{sha256[:2]}/{sha256}",
    )


def _full(error: OSError) -> Unavailable:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Unavailable(
            "The disk is full; nothing was kept.", "Free some space, then do it again."
        )
    return Unavailable(
        "A file cannot be kept: {reason}.",
        "Nothing was kept. Check the disk and the permissions of the data folder.",
        reason=error.strerror or type(error).__name__,
    )
