"""A phone's camera: reads a QR code from the drawing on a screen, module by module."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qrcode.base import rs_blocks
from qrcode.main import QRCode
from qrcode.util import mask_func

_RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-\d+z")
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_FORMAT_MASK = 0b101010000010010
_LEVELS = {1: 1, 0: 0, 3: 3, 2: 2}
"""Levels of error correction as the code writes them: the library numbers them the same."""

Grid = list[list[bool]]


def scan(path: str, side: int) -> str:
    """Return the text of a code drawn as the *path* of its dark runs in *side* × *side* units.

    Raises:
        ValueError: it is no code, or not written in characters that this reads.
    """
    return read(_grid(path, side))


def scan_blocks(lines: list[str]) -> str:
    """Return the text of a code printed in half blocks, light on a dark terminal."""
    light = {"█": (True, True), "▀": (True, False), "▄": (False, True)}
    rows: Grid = []
    for line in lines:
        halves = [light.get(character, (False, False)) for character in line]
        rows += [[not upper for upper, _ in halves], [not lower for _, lower in halves]]
    dark = [(y, x) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell]
    quiet = _first_dark_square(rows)
    size = 1 + max(x for y, x in dark if y == quiet) - quiet
    return read([row[quiet : quiet + size] for row in rows[quiet : quiet + size]])


def _first_dark_square(rows: Grid) -> int:
    """Return where the upper left finder begins: as far from the top as from the side."""
    return next(at for at in range(len(rows)) if rows[at][at])


def read(grid: Grid) -> str:
    """Return the text of a code's modules, rows of dark ones from the upper left finder on.

    Raises:
        ValueError: it is not written in characters that this reads.
    """
    version = (len(grid) - 17) // 4
    level, mask = _format(grid)
    data = _octets(grid, version, mask)
    return _text(_in_order(data, version, level), version)


def _grid(path: str, side: int) -> Grid:
    runs = [tuple(map(int, found)) for found in _RUN.findall(path)]
    if not runs:
        raise ValueError("no dark module")
    quiet = min(y for _, y, _ in runs)
    size = side - 2 * quiet
    grid = [[False] * size for _ in range(size)]
    for x, y, long in runs:
        for at in range(x, x + long):
            grid[y - quiet][at - quiet] = True
    return grid


def _format(grid: Grid) -> tuple[int, int]:
    cells = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    bits = 0
    for y, x in cells:
        bits = bits << 1 | grid[y][x]
    bits ^= _FORMAT_MASK
    return _LEVELS[bits >> 13], bits >> 10 & 7


def _octets(grid: Grid, version: int, mask: int) -> list[int]:
    """Return the octets in the order in which the code winds its way up and down."""
    taken, masked = _function_modules(version), mask_func(mask)
    bits: list[bool] = []
    for y, x in _way(len(grid)):
        if not taken[y][x]:
            bits.append(grid[y][x] != masked(y, x))
    whole = len(bits) // 8 * 8
    return [
        sum(bit << 7 - place for place, bit in enumerate(bits[at : at + 8]))
        for at in range(0, whole, 8)
    ]


def _way(size: int) -> Iterator[tuple[int, int]]:
    upwards = True
    right = size - 1
    while right > 0:
        if right == 6:  # the timing column is stepped over
            right -= 1
        rows = range(size - 1, -1, -1) if upwards else range(size)
        for y in rows:
            yield y, right
            yield y, right - 1
        upwards = not upwards
        right -= 2


def _function_modules(version: int) -> list[list[bool]]:
    """Return which modules are no data: finders, timing, alignment, format, version."""
    frame = QRCode(version=version)
    size = version * 4 + 17
    frame.modules_count = size
    frame.modules = [[None] * size for _ in range(size)]
    for row, column in ((0, 0), (size - 7, 0), (0, size - 7)):
        frame.setup_position_probe_pattern(row, column)
    frame.setup_position_adjust_pattern()
    frame.setup_timing_pattern()
    frame.setup_type_info(True, 0)
    if version >= 7:
        frame.setup_type_number(True)
    return [[module is not None for module in row] for row in frame.modules]


def _in_order(octets: list[int], version: int, level: int) -> list[int]:
    """Undo the interleaving of blocks; the octets for correcting errors are left out."""
    blocks = rs_blocks(version, level)
    parts: list[list[int]] = [[] for _ in blocks]
    rest = iter(octets)
    for at in range(max(block.data_count for block in blocks)):
        for part, block in zip(parts, blocks, strict=True):
            if at < block.data_count:
                part.append(next(rest))
    return [octet for part in parts for octet in part]


def _text(octets: list[int], version: int) -> str:
    bits = "".join(f"{octet:08b}" for octet in octets)
    at = 0
    words: list[str] = []

    def take(count: int) -> int:
        nonlocal at
        at += count
        return int(bits[at - count : at] or "0", 2)

    while at + 4 <= len(bits) and (mode := take(4)):
        if mode == 2:
            words.append(_alphanumeric(take, take(9 if version < 10 else 11)))
        elif mode == 4:
            count = take(8 if version < 10 else 16)
            words.append(bytes(take(8) for _ in range(count)).decode())
        elif mode == 1:
            words.append(_numeric(take, take(10 if version < 10 else 12)))
        else:
            raise ValueError(f"mode {mode}")
    return "".join(words)


def _alphanumeric(take, count: int) -> str:  # type: ignore[no-untyped-def]
    letters = ""
    while count - len(letters) >= 2:
        pair = take(11)
        letters += _LETTERS[pair // 45] + _LETTERS[pair % 45]
    return letters + _LETTERS[take(6)] if count > len(letters) else letters


def _numeric(take, count: int) -> str:  # type: ignore[no-untyped-def]
    figures = ""
    while count - len(figures) >= 3:
        figures += f"{take(10):03d}"
    left = count - len(figures)
    return figures + (f"{take(4 if left == 1 else 7):0{left}d}" if left else "")
