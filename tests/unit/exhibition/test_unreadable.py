"""What the disk does not give is named with its file: worn, gone, or no such folder."""

from __future__ import annotations

import builtins
import errno
import io
import os
from pathlib import Path
from typing import Any

import pytest

from kiosk.exhibition import folder as folders
from kiosk.exhibition.checks import check
from kiosk.exhibition.faults import ERROR, Fault, Faults
from tests.unit.exhibition import small, small_film

PICTURE = "topics/communicative/media/wall.webp"
TEXT = "exhibits/kinds/text.en.md"
FILM = "exhibits/kinds/media/film.webp"


def only(folder: Path, rule: str) -> Fault:
    """The one fault of a folder, of this rule."""
    found = [fault for fault in check(folder) if fault.rule == rule]
    assert len(found) == 1, check(folder)
    assert found[0].cure
    return found[0]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Edda mistypes the folder's name."""
    assert only(tmp_path / "harbor", "no-folder").severity == ERROR


def test_a_folder_that_cannot_be_looked_into_is_named(tmp_path: Path) -> None:
    """Edda pastes a whole sentence for the folder's name, longer than any disk takes."""
    fault = only(tmp_path / ("harbour" * 50), "no-folder")

    assert fault.severity == ERROR
    assert "File name too long" in fault.message


@pytest.mark.parametrize(
    "path",
    [
        small_film.FILM,
        small_film.CAPTIONS,
        "exhibits/kinds/media/film.webp",
        "exhibits/kinds/text.en.md",
    ],
)
def test_a_file_that_the_disk_does_not_give_is_named(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The memory stick is worn out: film, captions, picture or text, the check says which."""
    files = small_film.files() | {small_film.FILM: small_film.WEBM}
    folder = small.write(tmp_path, files)
    whole = io.open

    def worn(file: Any, *args: Any, **how: Any) -> Any:
        if str(file) == str(folder / path):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return whole(file, *args, **how)

    monkeypatch.setattr(io, "open", worn)
    monkeypatch.setattr(builtins, "open", worn)
    fault = only(folder, "unreadable-file")

    assert (fault.path, fault.severity) == (path, ERROR)
    assert os.strerror(errno.EIO) in fault.message


def test_a_file_that_goes_while_the_folder_is_looked_through_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linnea tidies up while Edda checks: one picture is listed, and gone when it is looked at."""
    folder, entries = small.write(tmp_path), folders._entries

    def listed(where: Path, prefix: str, faults: Faults) -> list[os.DirEntry[str]]:
        found = entries(where, prefix, faults)
        if where == (folder / PICTURE).parent:
            (folder / PICTURE).unlink()
        return found

    monkeypatch.setattr(folders, "_entries", listed)
    fault = only(folder, "unreadable-file")

    assert (fault.path, fault.severity) == (PICTURE, ERROR)
