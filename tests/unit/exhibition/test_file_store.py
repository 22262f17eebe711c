"""Files are kept whole or not at all, and a damaged one is noticed and named."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from kiosk.errors import Unavailable
from kiosk.exhibition.edition import CorruptEdition, FileRecord
from kiosk.exhibition.file_store import FileStore
from kiosk.ids import digest


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """An empty store."""
    return FileStore(tmp_path / "files")


def _files(store: FileStore) -> list[str]:
    return sorted(path.name for path in store.folder.rglob("*") if path.is_file())


def test_a_file_is_kept_once_under_its_hash(store: FileStore) -> None:
    """The same words twice are one file."""
    record = store.put(b"Near and free")

    assert store.put(b"Near and free") == record == FileRecord(digest(b"Near and free"), 13)
    assert store.read(record.sha256) == b"Near and free"
    assert _files(store) == [record.sha256]


def test_a_damaged_file_is_named_and_mended(store: FileStore) -> None:
    """A disk turned a bit: reading says so, and keeping the file again mends it."""
    record = store.put(b"Near and free")
    place = store.path(record.sha256)
    place.chmod(0o644)
    place.write_bytes(b"Far and dear!")

    assert not store.is_sound(record)
    with pytest.raises(CorruptEdition) as refused:
        store.read(record.sha256)
    assert record.sha256 in str(refused.value)

    store.put(b"Near and free")
    assert store.is_sound(record)


def test_a_kiosk_fetches_only_what_it_lacks(store: FileStore) -> None:
    """Of two files one is there; the other is asked for once, though two paths name it."""
    here = store.put(b"here")
    there = FileRecord(digest(b"there"), 5)

    assert store.missing({"a.md": here, "b.md": there, "c.md": there}) == [there]


def test_what_came_is_what_was_asked_for(store: FileStore) -> None:
    """A hub or someone in between sends other octets: nothing of them stays."""
    wanted = FileRecord(digest(b"wanted"), 6)
    with pytest.raises(CorruptEdition), store.incoming(wanted) as incoming:
        incoming.write(b"other!")

    assert _files(store) == []
    with store.incoming(wanted) as incoming:
        incoming.write(b"wan")
        incoming.write(b"ted")
    assert store.read(wanted.sha256) == b"wanted"


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "ab", "AB" * 32, "/etc/passwd"])
def test_only_hashes_name_files(store: FileStore, name: str) -> None:
    """What comes from an address or a draft cannot lead out of the store."""
    store.put(b"Near and free")
    with pytest.raises(CorruptEdition):
        store.read(name)
    with pytest.raises(CorruptEdition):
        store.record(name)


def test_a_broken_line_leaves_nothing(store: FileStore) -> None:
    """The hub is gone in the middle of a file."""

    def fetch() -> None:
        with store.incoming(None) as incoming:
            incoming.write(b"half")
            raise ConnectionResetError

    with pytest.raises(Unavailable):
        fetch()

    assert _files(store) == []


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing(
    store: FileStore, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """The disk is full while a file is kept: it says so, and no half file stays."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    store.put(b"before")
    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    with pytest.raises(Unavailable, match="disk is full"):
        store.put(b"Near and free")

    assert _files(store) == [digest(b"before")]
