"""On which line of a TOML file a table or key stands: tomllib keeps that to itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain, islice

Keys = tuple[str | int, ...]
"""The way to a value: keys, and indices in lists of tables."""

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(#.*)?$")
_KEY = re.compile(r"([A-Za-z0-9_\-\"'. \t]+)=(.*)$", re.DOTALL)
_STRING = re.compile(r'"""|\'\'\'|"|\'')


def lines_of(text: str) -> Mapping[Keys, int]:
    """Return the lines (from 1) of the tables and keys of a valid TOML text.

    Keys within inline tables are not told apart: ask for them with :func:`line_of`, which
    answers with the line of what they lie in.
    """
    found: dict[Keys, int] = {(): 1}
    counts: dict[Keys, int] = {}
    table: Keys = ()
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        header = _HEADER.match(line)
        key = None if header else _KEY.match(line)
        if header:
            table = _enter(header, counts)
            found.setdefault(table, number + 1)
        elif key and not line.lstrip().startswith("#"):
            name = table + tuple(_parts(key[1]))
            found.setdefault(name, number + 1)
            number += _value(key[2], lines, name, number + 1, found)
        number += 1
    return found


def line_of(lines: Mapping[Keys, int], keys: Keys) -> int:
    """Return the line of *keys*, or of the nearest thing that holds them."""
    while keys not in lines and keys:
        keys = keys[:-1]
    return lines.get(keys, 1)


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in name.split(".")]


def _enter(header: re.Match[str], counts: dict[Keys, int]) -> Keys:
    """Return the keys of a table's header, with the indices of the lists that it stands in."""
    keys: Keys = ()
    parts = _parts(header[2])
    for place, part in enumerate(parts):
        keys += (part,)
        if header[1] == "[[" and place == len(parts) - 1:
            counts[keys] = counts.get(keys, 0) + 1
        if keys in counts:
            keys += (counts[keys] - 1,)
    return keys


def _value(first: str, lines: list[str], name: Keys, line: int, found: dict[Keys, int]) -> int:
    """Note the inline tables of a list; return how many further lines the value takes."""
    depth = items = 0
    quote = ""
    for taken, text in enumerate(chain((first,), islice(lines, line, None))):
        place = 0
        while place < len(text):
            mark = _STRING.match(text, place)
            if quote:
                step = 2 if text[place] == "\\" and '"' in quote else 1
                if text.startswith(quote, place):
                    step, quote = len(quote), ""
            elif mark:
                quote, step = mark[0], len(mark[0])
            elif text[place] == "#":
                break
            else:
                step = 1
                if text[place] == "{" and depth == 1:
                    found.setdefault((*name, items), line + taken)
                    items += 1
                depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(text[place], 0)
            place += step
        if len(quote) == 1:
            quote = ""
        if not quote and depth <= 0:
            return taken
    return 0
