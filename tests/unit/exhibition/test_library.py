"""An edition's files come together in a folder that is complete and verified, or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

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
