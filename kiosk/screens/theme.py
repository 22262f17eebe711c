"""Colours, type and measures that the screens share, and the contrast arithmetic behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

PAPER = "#f7f2e8"
"""The warm ground that everything is printed on."""
INK = "#1b1916"
"""Near-black: text, outlines and the filled controls."""
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "paper": PAPER,
        "paper-deep": "#ece3d0",
        "card": "#fffcf5",
        "ink": INK,
        "ink-soft": "#47413a",
        "line": "#d8cdb8",
        "line-strong": "#8a7f6c",
        "sun": "#ffcb3d",
        "alarm": "#8c1d0f",
    }
)
"""Named colours; each becomes a custom property ``--paper``, ``--ink`` …"""

_SANS = (
    "'Noto Sans Variable', 'Noto Sans Arabic Variable', 'Noto Sans Hebrew Variable', "
    "'Noto Sans Bengali Variable', 'Noto Sans', sans-serif"
)
_SERIF = (
    "'Noto Naskh Arabic Variable', 'Noto Serif Hebrew Variable', 'Noto Serif Bengali Variable', "
    "'Noto Serif', serif"
)
HEADLINE = f"'Bricolage Grotesque Variable', {_SANS}"
"""Headlines; the display face has Latin letters alone, every other script is set in Noto Sans."""
READING = f"'Source Serif 4 Variable', {_SERIF}"
CONTROL = _SANS

FONTS: tuple[tuple[str, str], ...] = (
    ("bricolage-grotesque", "opsz.css"),
    ("source-serif-4", "index.css"),
    ("source-serif-4", "wght-italic.css"),
    ("noto-sans", "index.css"),
    ("noto-sans-arabic", "index.css"),
    ("noto-sans-hebrew", "index.css"),
    ("noto-sans-bengali", "index.css"),
    ("noto-naskh-arabic", "index.css"),
    ("noto-serif-hebrew", "index.css"),
    ("noto-serif-bengali", "index.css"),
)
"""Packages of @fontsource-variable and the style sheet taken from each."""

TEXT_CONTRAST = 7.0
"""Ratio that text keeps to its ground (WCAG 2.2, 1.4.6)."""

_URL = re.compile(r"url\(\./files/")
_FACE = re.compile(r"url\(\./(files/[^)]+)\)")


def luminance(colour: str) -> float:
    """Return the relative luminance 0…1 of ``#rrggbb`` (WCAG 2.2, definition)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio 1…21 of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: str, ground: str = PAPER, ratio: float = TEXT_CONTRAST) -> str:
    """Return *colour*, darkened just enough to be read as text on *ground*."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    for step in range(100, -1, -2):
        darker = "#" + "".join(f"{round(c * step / 100):02x}" for c in channels)
        if contrast(darker, ground) >= ratio:
            return darker
    return INK


def in_colour(colour: str) -> str:
    """Return the style of what stands in a topic's colour: it, and the same fit for text."""
    return f"--topic:{colour};--topic-ink:{readable(colour)};"


def tokens() -> str:
    """Return the style sheet that names colours and families for every other one."""
    names = "".join(f"--{name}:{value};" for name, value in COLOURS.items())
    families = f"--headline:{HEADLINE};--reading:{READING};--control:{CONTROL};"
    return f":root{{{names}{families}{in_colour(INK)}}}"


def font_faces(front_end: Path, served_at: str) -> str:
    """Return the @font-face rules of the bundled fonts, with files under *served_at*.

    *front_end* is a ``node_modules`` folder; a font that is not installed is left out, and the
    families named after it in the stacks take its place.
    """
    sheets = []
    for package, sheet in FONTS:
        path = front_end / "@fontsource-variable" / package / sheet
        if path.is_file():
            files = f"url({served_at}/@fontsource-variable/{package}/files/"
            sheets.append(_URL.sub(files, path.read_text(encoding="utf-8")))
    return "\n".join(sheets)


def missing_fonts(front_end: Path) -> tuple[str, ...]:
    """Return the font files that pages would ask for in vain, sheets and faces, by their paths."""
    missing = []
    for package, sheet in FONTS:
        folder = front_end / "@fontsource-variable" / package
        if not (folder / sheet).is_file():
            missing.append(f"{package}/{sheet}")
            continue
        faces = _FACE.findall((folder / sheet).read_text(encoding="utf-8"))
        missing += [f"{package}/{face}" for face in faces if not (folder / face).is_file()]
    return tuple(missing)
