"""Editions on this machine's disk: their files together in a folder, ready to be read."""

from __future__ import annotations

import os
import secrets
import shutil
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk import clock
from kiosk.durable import sync_folder
from kiosk.errors import Unavailable
from kiosk.exhibition.edition import Edition, FileRecord, Manifest, edition_id
from kiosk.exhibition.faults import Faults
from kiosk.exhibition.file_store import PARTIAL, FileStore, damaged, given_up, is_file
from kiosk.exhibition.folder import scan
from kiosk.exhibition.model import Exhibition
from kiosk.exhibition.reader import Views, read_all

MOST_OPEN = 8
"""Editions whose content stays in memory, a few MB each: the current ones and some before."""


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """An edition with its content read, and the *folder* that media paths are relative to."""

    edition: Edition
    folder: Path
    views: Views

    def view(self, city: str = "") -> Exhibition:
        """Return the exhibition as *city* shows it."""
        return self.views.of(city)

    def sha256(self, path: str) -> str:
        """Return the hash under which a file is served, or an empty text."""
        record = self.edition.manifest.get(path)
        return record.sha256 if record else ""


class Library:
    """The editions under a data folder: files in ``files/``, one folder each in ``editions/``."""

    def __init__(self, data: Path) -> None:
        self.files = FileStore(data / "files")
        self.folder = data / "editions"
        self._open: dict[str, OpenEdition] = {}
        self._lock = threading.Lock()

    def freeze(self, folder: Path) -> Manifest:
        """Keep all files of a folder and return their manifest.

        Raises:
            ContentRefused: the folder holds what no edition may hold.
            Unavailable: the disk is full or cannot be written; nothing was kept.
        """
        self.sweep(clock.now())
        faults = Faults()
        found = scan(folder, faults)
        faults.refuse()
        return self.files.put_all({path: file.on_disk for path, file in found.items()})

    def sweep(self, now: datetime) -> None:
        """Remove what killed processes left half made, an hour and more before *now*."""
        self.files.sweep(now)
        for folder in given_up(self.folder, now):
            shutil.rmtree(folder, ignore_errors=True)

    def open(self, edition: Edition) -> OpenEdition:
        """Return an edition ready to be shown; read once, then kept in memory for a while.

        Raises:
            CorruptEdition: one of its files is missing or damaged.
            ContentRefused: its files do not make an exhibition.
            Unavailable: its folder cannot be made.
        """
        with self._lock:
            found = self._open.get(edition.id)
            if found is None:
                folder = self.materialise(edition.manifest)
                found = OpenEdition(edition, folder, read_all(folder))
                while len(self._open) >= MOST_OPEN:
                    self._open.pop(next(iter(self._open)))
                self._open[edition.id] = found
            return found

    def materialise(self, manifest: Manifest) -> Path:
        """Return the folder of an edition's files, every one of them verified.

        The folder appears under its name only when it is complete. Its files are links to those
        of the store, or copies where the disk knows no links.

        Raises:
            CorruptEdition: a file is missing or damaged; it is named.
            Unavailable: the disk is full or cannot be written.
        """
        for path, record in manifest.items():
            if not self.files.is_sound(record):
                raise damaged(record.sha256, path)
        place = self.folder / edition_id(manifest)
        partial = self.folder / f"{PARTIAL}{secrets.token_hex(8)}"
        try:
            if self._is_complete(place, manifest):
                return place
            for path, record in manifest.items():
                target = partial / path
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(self.files.path(record.sha256), target)
            partial.mkdir(parents=True, exist_ok=True)
            self._settle(partial, place, manifest)
            sync_folder(self.folder)
        except OSError as error:
            raise Unavailable(
                "The edition's folder cannot be made: {reason}.",
                "Check the disk and the permissions of the data folder.",
                reason=error.strerror or type(error).__name__,
            ) from error
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        return place

    def _is_complete(self, place: Path, manifest: Manifest) -> bool:
        """Tell whether a folder holds exactly the edition's files, as they lie in the store."""
        faults = Faults()
        found = scan(place, faults) if place.is_dir() else {}
        if faults.found or found.keys() != manifest.keys():
            return False
        return all(self._is_same(found[path].on_disk, each) for path, each in manifest.items())

    def _is_same(self, path: Path, record: FileRecord) -> bool:
        """Tell a link to the store's file, or a sound copy, from one that was damaged.

        Where a damaged file came anew, the folder's link still leads to the old one.
        """
        try:
            return path.samefile(self.files.path(record.sha256)) or is_file(path, record)
        except OSError:
            return False

    def _settle(self, partial: Path, place: Path, manifest: Manifest) -> None:
        """Give a folder its name, unless another process was faster with the same files."""
        try:
            partial.rename(place)
        except OSError:
            if not place.is_dir():
                raise
            if self._is_complete(place, manifest):
                return
            aside = place.with_name(f"{partial.name}-damaged")
            place.rename(aside)
            partial.rename(place)
            shutil.rmtree(aside, ignore_errors=True)

    def keep_only(self, editions: Iterable[Edition]) -> None:
        """Remove every other edition's folder and the files that only those had.

        For a kiosk, which needs what it shows and the edition before; a hub keeps all, since any
        may be released again. Nothing else may be bringing files in meanwhile.
        """
        kept = {edition.id: edition for edition in editions}
        hashes = {each.sha256 for edition in kept.values() for each in edition.manifest.values()}
        with self._lock:
            self._open = {id_: opened for id_, opened in self._open.items() if id_ in kept}
            for folder in self.folder.glob("*"):
                if folder.name not in kept:
                    shutil.rmtree(folder, ignore_errors=True)
            self.files.keep_only(hashes)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
