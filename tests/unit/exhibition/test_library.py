"""An edition's files come together in a folder that is complete and verified, or not there."""

from __future__ import annotations

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk import clock
from kiosk.errors import Unavailable
from kiosk.exhibition.edition import CorruptEdition, Edition, edition_id
from kiosk.exhibition.faults import ContentRefused
from kiosk.exhibition.library import Library
from tests.unit.exhibition import small
from tests.world import SUNDAY


def _frozen(library: Library, tmp_path: Path) -> Edition:
    manifest = library.freeze(small.write(tmp_path / "harbour"))
    return Edition(edition_id(manifest), "harbour", 1, manifest, SUNDAY)


def test_an_edition_is_read_from_its_frozen_files(tmp_path: Path) -> None:
    """The editor goes on writing in the folder; the edition says what it said."""
    library = Library(tmp_path / "data")
    edition = _frozen(library, tmp_path)
    (tmp_path / "harbour" / "text.en.md").write_text("# exhibition\n", encoding="utf-8")
    opened = library.open(edition)

    assert opened.view().title.pick("en").text == "The harbour summit"
    assert opened.view("lindmark").city == "lindmark"
    media = opened.view().exhibits["benches"].media[0]
    assert (opened.folder / media.path).read_bytes() == small.picture()
    assert opened.sha256(media.path) == edition.manifest[media.path].sha256
    assert library.open(edition) is opened


def test_a_corrupt_file_is_named(tmp_path: Path) -> None:
    """One file of the edition is damaged on disk: it is not shown, and the file is named."""
    edition = _frozen(Library(tmp_path / "data"), tmp_path)
    library = Library(tmp_path / "data")
    place = library.files.path(edition.manifest["text.fr.md"].sha256)
    place.chmod(0o644)
    place.write_bytes(place.read_bytes().replace(b"port", b"fort"))

    with pytest.raises(CorruptEdition, match=r"text\.fr\.md"):
        library.open(edition)


def test_a_damaged_file_that_came_anew_is_what_is_shown(tmp_path: Path) -> None:
    """The disk turned a letter; the file was published or fetched again, and nobody reads fort."""
    edition = _frozen(Library(tmp_path / "data"), tmp_path)
    Library(tmp_path / "data").open(edition)
    store = Library(tmp_path / "data").files
    place = store.path(edition.manifest["text.fr.md"].sha256)
    sound = place.read_bytes()
    place.chmod(0o644)
    place.write_bytes(sound.replace(b"port", b"fort"))
    store.put(sound)
    opened = Library(tmp_path / "data").open(edition)

    assert opened.view().title.pick("fr").text == "Le sommet du port"
    assert (opened.folder / "text.fr.md").read_bytes() == sound
    assert [path.name for path in opened.folder.parent.iterdir()] == [edition.id]


def test_editions_share_what_did_not_change(tmp_path: Path) -> None:
    """Published twice, a film lies once on the disk, not once for each edition."""
    library = Library(tmp_path / "data")
    old = library.materialise(_frozen(library, tmp_path).manifest)
    text = tmp_path / "harbour" / "text.en.md"
    text.write_text(text.read_text(encoding="utf-8").replace("Near", "Far"), encoding="utf-8")
    new = library.materialise(library.freeze(text.parent))

    assert new != old
    wall = "topics/communicative/media/wall.webp"
    assert (old / wall).samefile(new / wall)


def test_what_a_killed_publication_left_behind_goes_after_an_hour(tmp_path: Path) -> None:
    """Killed in the middle of a film: its half goes with the next one; what is under way stays."""
    library = Library(tmp_path / "data")
    edition = _frozen(library, tmp_path)
    library.materialise(edition.manifest)
    left = [library.files.folder / "partial-7-cut-off", library.files.folder / "partial-8-young"]
    folders = [library.folder / "partial-cut-off", library.folder / "partial-young"]
    for path in left:
        path.write_bytes(b"half")
    for path in folders:
        (path / "media").mkdir(parents=True)
    long_ago = (clock.now() - timedelta(minutes=61)).timestamp()
    for path in (left[0], folders[0]):
        os.utime(path, (long_ago, long_ago))
    library.freeze(tmp_path / "harbour")

    assert [path.exists() for path in (*left, *folders)] == [False, True, False, True]
    assert library.open(edition).view().title.pick("en").text == "The harbour summit"


def test_a_disk_too_small_for_a_folder_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full at the last file: those before it go again, so that votes find room."""
    library = Library(tmp_path / "data")
    known = library.files.put(small.picture())
    folder = small.write(tmp_path / "harbour")
    sync, synced = os.fsync, []

    def full(file: int) -> None:
        synced.append(file)
        if len(synced) > 12:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(file)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="disk is full"):
        library.freeze(folder)

    assert [p.name for p in library.files.folder.rglob("*") if p.is_file()] == [known.sha256]


def test_a_half_made_folder_is_made_again(tmp_path: Path) -> None:
    """A file of the folder went missing after a power cut; the store still has it."""
    edition = _frozen(Library(tmp_path / "data"), tmp_path)
    folder = Library(tmp_path / "data").materialise(edition.manifest)
    (folder / "text.fr.md").unlink()

    again = Library(tmp_path / "data").materialise(edition.manifest)
    assert again == folder
    assert (folder / "text.fr.md").exists()
    assert [path.name for path in folder.parent.iterdir()] == [edition.id]


def test_what_no_edition_may_hold_is_not_frozen(tmp_path: Path) -> None:
    """A link in the folder would bring in a file that nobody meant to publish."""
    folder = small.write(tmp_path / "harbour")
    (folder / "exhibits" / "secret.webp").symlink_to("/etc/passwd")
    with pytest.raises(ContentRefused):
        Library(tmp_path / "data").freeze(folder)


def test_a_kiosk_keeps_only_what_it_needs(tmp_path: Path) -> None:
    """The old edition goes with the files that it alone had; what both have stays."""
    library = Library(tmp_path / "data")
    old = _frozen(library, tmp_path)
    library.open(old)
    text = tmp_path / "harbour" / "text.en.md"
    text.write_text(text.read_text(encoding="utf-8").replace("Near", "Far"), encoding="utf-8")
    manifest = library.freeze(text.parent)
    new = Edition(edition_id(manifest), "harbour", 2, manifest, SUNDAY)
    folder = library.open(new).folder
    (library.files.folder / "partial-7-cut-off").write_bytes(b"half")
    library.keep_only([new])

    assert [path.name for path in folder.parent.iterdir()] == [new.id]
    assert library.files.missing(new.manifest) == []
    assert library.files.missing(old.manifest) == [old.manifest["text.en.md"]]
    assert not list(library.files.folder.glob("partial-*"))
    assert library.open(new).view().motto.pick("en").text == "Far and free"
