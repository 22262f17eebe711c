"""Which sizes and tiles a picture gets at publication: computed from its width and height alone.

Screens and phones compute the same plan again, so that an edition needs no list of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, log2
from pathlib import PurePosixPath

MADE = "made/"
"""The folder of an edition in which publication, and nobody else, writes."""

WIDTHS = (480, 960, 1600, 2560)
"""Pixels of the widths made: a phone, a card, a full screen, a large one."""

UNTILED = 2560
"""The longest side in pixels that a browser may decode as one picture; larger ones get tiles."""

TILE = 1022
"""Pixels of a tile's side without its overlap: 24 megapixels make 35 files, not 500."""

TALLEST = 16_383
"""Pixels of the longest side that a WebP can have."""

OVERLAP = 1
"""Pixels that a tile shares with each neighbour, so that no seam shows between them."""


@dataclass(frozen=True, slots=True)
class Size:
    """A whole picture made smaller: its path in the edition, width and height in pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of one level: its path in the edition and its box in that level's pixels."""

    path: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Level:
    """The picture at one step of the pyramid; each step doubles the one before."""

    number: int
    width: int
    height: int

    @property
    def columns(self) -> int:
        """How many tiles lie beside each other."""
        return ceil(self.width / TILE)

    @property
    def rows(self) -> int:
        """How many tiles lie above each other."""
        return ceil(self.height / TILE)


def folder_of(path: str) -> str:
    """Return where the sizes of a picture lie, with a slash at the end."""
    return f"{MADE}{path}/"


def sizes(path: str, width: int, height: int) -> tuple[Size, ...]:
    """Return the sizes made of a picture, the smallest first; none larger than itself.

    One that is no WebP is also made as WebP in its own size, where no tiles show that.
    """
    wanted = [each for each in WIDTHS if each < width]
    is_webp = PurePosixPath(path).suffix.lower() == ".webp"
    if not is_webp and not is_tiled(width, height) and width > 0:
        wanted.append(width)
    made = (
        Size(f"{folder_of(path)}w{each}.webp", each, max(1, round(height * each / width)))
        for each in wanted
    )
    return tuple(size for size in made if size.height <= TALLEST)


def is_tiled(width: int, height: int) -> bool:
    """Tell whether a picture is cut into tiles."""
    return max(width, height) > UNTILED


def levels(width: int, height: int) -> tuple[Level, ...]:
    """Return the pyramid's steps, the smallest first; it fits one tile, the last is the whole.

    Numbered as deep-zoom viewers count: step 0 would be one pixel.
    """
    last = ceil(log2(max(width, height, 1)))
    found = (
        Level(n, ceil(width / 2 ** (last - n)), ceil(height / 2 ** (last - n)))
        for n in range(last + 1)
    )
    every = list(found)
    small = [each for each in every if each.columns == each.rows == 1]
    first = small[-1].number if small else 0
    return tuple(every[first:])


def tiles(path: str, level: Level) -> Iterator[Tile]:
    """Yield the tiles of one step, row by row."""
    for row in range(level.rows):
        for column in range(level.columns):
            yield Tile(
                f"{folder_of(path)}t{level.number}-{column}-{row}.webp",
                max(0, column * TILE - OVERLAP),
                max(0, row * TILE - OVERLAP),
                min(level.width, (column + 1) * TILE + OVERLAP),
                min(level.height, (row + 1) * TILE + OVERLAP),
            )


def made_of(path: str, width: int, height: int) -> tuple[str, ...]:
    """Return the paths of everything that publication makes of a picture."""
    wanted = [size.path for size in sizes(path, width, height)]
    if is_tiled(width, height):
        for level in levels(width, height):
            wanted += [tile.path for tile in tiles(path, level)]
    return tuple(wanted)
