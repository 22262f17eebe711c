"""What every page of a NiceGUI screen carries in its head: one style sheet and one script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk import ids
from kiosk.screens import theme

FIT = Path(__file__).with_name("fit.js")
"""The script by which large words find room, on the touchscreen and on the wall."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """A style sheet or script with the address it is served at, which changes with its text."""

    text: str
    media_type: str
    path: str

    @property
    def address(self) -> str:
        """The path with a mark of the text, so that a browser never shows an old one."""
        return f"{self.path}?{ids.digest(self.text)[:12]}"


def style_sheet(folder: Path, front_end: Path, path: str, fonts_at: str) -> Bundle:
    """Bundle the bundled fonts, the theme's tokens and the folder's sheets by name.

    *front_end* is a ``node_modules`` folder that is served at *fonts_at*.
    """
    parts = [theme.font_faces(front_end, fonts_at), theme.tokens(), *_texts(folder, "*.css")]
    return Bundle("\n".join(parts), "text/css", path)


def script(folder: Path, path: str, *others: Path) -> Bundle:
    """Bundle the folder's scripts by name, and others after them."""
    more = [other.read_text(encoding="utf-8") for other in others]
    return Bundle("\n".join([*_texts(folder, "*.js"), *more]), "text/javascript", path)


def head(sheets: Sequence[Bundle], scripts: Sequence[Bundle], modules: Sequence[str] = ()) -> str:
    """Return the head's markup; nothing in it comes from people."""
    lines = [f'<link rel="stylesheet" href="{sheet.address}">' for sheet in sheets]
    lines += [f'<script src="{one.address}"></script>' for one in scripts]
    lines += [f'<script src="{module}" defer></script>' for module in modules]
    return "\n".join(lines)


def _texts(folder: Path, pattern: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern))]
