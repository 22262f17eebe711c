"""An exhibition's folder on disk: which files it holds, and what no file of it may be."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.exhibition.faults import Faults
from kiosk.exhibition.sizes import MADE

TEXT_LIMIT = 512 * 1024
"""Octets of a TOML or Markdown file: a long topic in one language has about 20,000."""
MEDIA_LIMITS = {
    ".webp": 20_000_000,
    ".jpg": 20_000_000,
    ".jpeg": 20_000_000,
    ".png": 20_000_000,
    ".mp3": 40_000_000,
    ".ogg": 40_000_000,
    ".wav": 40_000_000,
    ".mp4": 250_000_000,
    ".webm": 250_000_000,
}
"""Octets of a picture, sound or film by its ending: what a kiosk on a slow line can fetch."""
CAPTIONS = ".vtt"
"""The ending of captions: WebVTT, a text."""
MOST_FILES = 20_000
"""Of an edition: a photograph of 24 megapixels is some 40 of them, with its sizes and tiles."""
MOST_FOLDERS_DEEP = 8
_DEEPER_IN_MADE = 2
"""A picture's sizes lie in a folder of its name, below the one that publication writes in."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_TEXT_NAME = re.compile(r"text\.[A-Za-z-]{1,12}\.md")
_TOML_NAMES = (
    "exhibition.toml",
    "sources.toml",
    "topic.toml",
    "exhibits.toml",
    "city.toml",
)

VOICES = "voices.toml"
"""The demonstration's example voices lie beside an exhibition and are no part of an edition."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file of the folder, with its size in octets."""

    path: str
    on_disk: Path
    size: int


def scan(folder: Path, faults: Faults) -> Mapping[str, FoundFile]:
    """Return the folder's files by relative path (always with ``/``), in order of their paths.

    Links are never followed. Files with a fault are left out and the fault is noted.
    """
    found: dict[str, FoundFile] = {}
    _walk(folder, "", 0, found, faults)
    if len(found) > MOST_FILES:
        cure = f"Keep to {MOST_FILES} files; kiosks fetch every one of them."
        faults.error("too-many-files", ".", 1, f"The folder holds {len(found)} files.", cure)
        return {}
    return dict(sorted(found.items()))


def _walk(
    folder: Path, prefix: str, depth: int, found: dict[str, FoundFile], faults: Faults
) -> None:
    if len(found) > MOST_FILES:
        return
    for entry in _entries(folder, prefix, faults):
        path = f"{prefix}{entry.name}"
        if path == VOICES:
            continue
        try:
            _judge(entry, path, depth, found, faults)
        except OSError as error:  # gone meanwhile, or the disk does not even tell what it is
            faults.unreadable(_printable(path), error)


def _judge(
    entry: os.DirEntry[str], path: str, depth: int, found: dict[str, FoundFile], faults: Faults
) -> None:
    if entry.is_symlink():
        cure = "Put the file itself here: an edition holds files, never links."
        faults.error("symlink", _printable(path), 1, "This is a symbolic link.", cure)
    elif not _NAME.fullmatch(entry.name):
        cure = "Use letters a–z, digits, dot, hyphen and underscore only, or delete it."
        faults.error("file-name", _printable(path), 1, "The name is not portable.", cure)
    elif not entry.is_dir(follow_symlinks=False):
        _take(entry, path, found, faults)
    elif depth >= _most_deep(path):
        cure = "Move it up; no exhibition needs folders this deep."
        faults.error("too-deep", path, 1, "This folder lies too deep.", cure)
    else:
        _walk(Path(entry.path), f"{path}/", depth + 1, found, faults)


def _most_deep(path: str) -> int:
    return MOST_FOLDERS_DEEP + (_DEEPER_IN_MADE if path.startswith(MADE) else 0)


def _entries(folder: Path, prefix: str, faults: Faults) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        faults.unreadable(prefix or ".", error)
        return []


def _take(entry: os.DirEntry[str], path: str, found: dict[str, FoundFile], faults: Faults) -> None:
    details = entry.stat(follow_symlinks=False)
    limit = limit_of(path)
    if not stat.S_ISREG(details.st_mode) or limit is None:
        known = ", ".join(("toml", "md", "vtt", *(ending[1:] for ending in MEDIA_LIMITS)))
        cure = f"Delete it, or save it as one of: {known}. Texts are called text.<language>.md."
        faults.error("unknown-file", path, 1, "An exhibition has no use for this file.", cure)
    elif details.st_size > limit:
        cure = f"Make it smaller than {limit // 1000:,} kB."
        message = f"The file has {details.st_size // 1000:,} kB."
        faults.error("file-too-large", path, 1, message, cure)
    else:
        found[path] = FoundFile(path, Path(entry.path), details.st_size)


def limit_of(path: str) -> int | None:
    """Return how many octets a file of that name may have, or None where it has no place."""
    name = path.rsplit("/", 1)[-1]
    if name in _TOML_NAMES or _TEXT_NAME.fullmatch(name):
        return TEXT_LIMIT
    ending = Path(name).suffix.lower()
    return TEXT_LIMIT if ending == CAPTIONS else MEDIA_LIMITS.get(ending)


def _printable(path: str) -> str:
    """Names on disk may hold anything, even half characters; a fault must still be printable."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
