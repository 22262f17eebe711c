"""Contact sheets: the pictures of an audience in one language, small, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PAPER, INK = "#dddddd", "#111111"
WIDE, HIGH = 1560, 1560
GAP, LINE = 12, 18
USUAL = 4
COLUMNS = {"phone": 8}
"""Pictures side by side; four unless said."""
HIGHEST = 420


def draw(folder: Path, taken: Sequence[Path]) -> list[Path]:
    """Write one sheet for each audience, state and language; return where they are."""
    groups: dict[tuple[str, str], list[Path]] = defaultdict(list)
    for path in sorted(taken):
        if "whole" not in path.name:
            groups[f"{path.parts[-3]}-{path.parts[-2]}", path.name.split(".")[1]].append(path)
    sheets = []
    for (group, language), paths in groups.items():
        columns = COLUMNS.get(group.split("-")[1], USUAL)
        for number, part in enumerate(_parts(paths, columns), 1):
            sheet = folder / "sheets" / f"{group}.{language}.{number}.png"
            sheet.parent.mkdir(parents=True, exist_ok=True)
            _sheet(part, columns).save(sheet)
            sheets.append(sheet)
    return sheets


def contact(paths: Sequence[Path], columns: int) -> Image.Image:
    """Return one sheet of all these pictures, in this order, each named with its language."""
    return _sheet(paths, columns, named=True)


def _parts(paths: Sequence[Path], columns: int) -> list[Sequence[Path]]:
    """Split where a sheet would grow too high to be seen whole."""
    most = columns * (HIGH // (HIGHEST // 2 + LINE) if columns == USUAL else 3)
    return [paths[n : n + most] for n in range(0, len(paths), most)]


def _sheet(paths: Sequence[Path], columns: int, *, named: bool = False) -> Image.Image:
    wide = (WIDE - GAP) // columns - GAP
    small = [_small(path, wide) for path in paths]
    rows = [range(n, min(n + columns, len(paths))) for n in range(0, len(paths), columns)]
    heights = [max(small[n].height for n in row) + LINE + GAP for row in rows]
    sheet = Image.new("RGB", (WIDE, sum(heights) + GAP), PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(14)
    top = GAP
    for row, high in zip(rows, heights, strict=True):
        for place, n in enumerate(row):
            left = GAP + place * (wide + GAP)
            name, language, size, _ = paths[n].name.split(".")
            said = f"{name} {language}" if named else f"{name} {size}"
            pen.text((left, top), said, INK, font)
            sheet.paste(small[n], (left, top + LINE))
        top += high
    return sheet


def _small(path: Path, wide: int) -> Image.Image:
    with Image.open(path) as picture:
        share = min(wide / picture.width, HIGHEST / picture.height)
        size = (round(picture.width * share), round(picture.height * share))
        return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)
