"""Finds the project's files, and holds what a check says of one of them."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


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
    """Return every file of the project as git sees it: committed or new, not ignored, not gone."""
    listing = subprocess.run(
        ["git", "-C", ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    found = {ROOT / name.decode() for name in listing.split(b"\0") if name}
    return sorted(path for path in found if path.is_file())


def name_of(path: Path) -> str:
    """Return *path* as written from the project's root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str | None:
    """Return the text of *path*, or None where it holds no UTF-8 text (a picture, a font)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
