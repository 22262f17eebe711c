"""Films and sounds: looked at from outside, since nothing here can play them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kiosk.errors import KioskError

_BEGINNINGS = {
    ".webm": ((0, b"\x1a\x45\xdf\xa3"),),
    ".mp4": ((4, b"ftyp"),),
    ".mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2"), (0, b"\xff\xfa")),
    ".ogg": ((0, b"OggS"),),
    ".wav": ((0, b"RIFF"),),
}
"""By ending: at which octet a file of that type says what it is."""

_PLACES = (b"\xa9xyz", b"com.apple.quicktime.location", b"loci\0\0\0\0")
"""Where phones, and the programs that convert their films, write down where it was filmed."""
_LARGEST_INDEX = 20_000_000
"""Octets of an MP4's index that are looked through; an hour has about 5 MB."""


class RecordingRefused(KioskError):
    """A film or sound cannot go out; *rule* says which one it breaks, as a fault's rule does."""

    code = "recording-refused"
    status = 422

    def __init__(self, message: str, cure: str, rule: str, **values: object) -> None:
        super().__init__(message, cure, **values)
        self.rule = rule


def look(path: Path) -> None:
    """Look a film or sound over.

    Raises:
        RecordingRefused: it is other than its name says, cut off, or tells where it was taken.
        OSError: the disk does not give it.
    """
    with path.open("rb") as file:
        beginning = file.read(16)
        right = _BEGINNINGS[path.suffix.lower()]
        if not any(beginning[at : at + len(mark)] == mark for at, mark in right):
            raise RecordingRefused(
                "The file is not of the type that its name says.",
                "Save or convert it again; renaming a file does not change what it is.",
                "recording-format",
            )
        if path.suffix.lower() == ".mp4":
            _look_into_mp4(file)


def _look_into_mp4(file: BinaryIO) -> None:
    kinds = set()
    size = file.seek(0, os.SEEK_END)
    for kind, start, end in _boxes(file, size):
        kinds.add(kind)
        if end > size:
            raise _torn()
        if kind == b"moov":
            file.seek(start)
            index = file.read(min(end - start, _LARGEST_INDEX))
            if any(place in index for place in _PLACES):
                raise RecordingRefused(
                    "The film tells where it was taken.",
                    "Save it again without its location (in its settings, or when sharing it).",
                    "recording-place",
                )
    if not {b"moov", b"mdat"} <= kinds:
        raise _torn()


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start and end of an MP4's outermost boxes (ISO 14496-12, 4.2)."""
    at = 0
    while at + 8 <= size:
        file.seek(at)
        head = file.read(16)
        length, kind = int.from_bytes(head[:4]), head[4:8]
        if length == 1:
            length = int.from_bytes(head[8:16])
        end = at + length if length else size
        if 0 < length < 8:
            raise _torn()
        yield kind, at, end
        at = end


def _torn() -> RecordingRefused:
    return RecordingRefused(
        "The film is cut off or damaged.", "Copy or save it again.", "recording-torn"
    )
