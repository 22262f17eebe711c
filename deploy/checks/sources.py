"""Finds the project's files, and holds what a check says of one of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Folders that hold nothing written by hand, as .gitignore has them.
MADE_ANYWHERE = {"__pycache__", "node_modules"}
MADE = MADE_ANYWHERE | {
    ".git",
    ".hypothesis",
    ".import_linter_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".venv",
    "build",
    "data",
}


@dataclass(frozen=True, order=True)
class Fault:
    """A rule that a file breaks, at a line (1 is the first), with what to do about it."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        """Return the fault as editors and terminals link it: path:line: text."""
        return f"{self.path}:{self.line}: {self.text}"


def files() -> list[Path]:
    """Return every file of the project, without what the set-up, tools and running have made."""
    return sorted(path for path in _known_to_git() or _found_in_folders() if path.is_file())


def _known_to_git() -> list[Path]:
    """Return the files that are committed or new and not ignored; none where git cannot tell."""
    command = [
        "git",
        "-C",
        str(ROOT),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    try:
        listing = subprocess.run(command, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        # No git here, no repository (an unpacked archive), or one that another user owns.
        return []
    return [ROOT / name.decode() for name in listing.split(b"\0") if name]


def _found_in_folders() -> Iterator[Path]:
    for folder, below, names in os.walk(ROOT):
        made = MADE if Path(folder) == ROOT else MADE_ANYWHERE
        below[:] = [name for name in below if name not in made]
        yield from (Path(folder) / name for name in names)


def name_of(path: Path) -> str:
    """Return *path* as written from the project's root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str | None:
    """Return the text of *path*, or None where it holds no UTF-8 text (a picture, a font)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
