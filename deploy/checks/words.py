"""Finds words that must not be left: notes of unfinished work, and addresses to download from."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from deploy.checks.sources import Fault, name_of

# Whatever kind of file of the program it is in.
_UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")

# Only in a comment or a docstring: a form's field has a placeholder, and rightly.
_STAND_IN = re.compile(r"\b(stub|dummy|for now|not (yet )?implemented)\b", re.IGNORECASE)

# A file names what it needs; where that comes from is the machine's affair. The backslashes keep
# these patterns from finding themselves.
_DOWNLOAD = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(org|com)|unpkg\.com|jsdelivr\.net|cdnjs\.|googleapis\.com"
    r"|deb\.debian\.org|--(extra-)?index-ur[l]|--find-link[s]|\"resolve[d]\":",
    re.IGNORECASE,
)


def faults(path: Path, text: str) -> Iterator[Fault]:
    """Yield every unfinished note and every download address in the file *path*."""
    name = name_of(path)
    for number, line in enumerate(text.splitlines(), 1):
        if found := _DOWNLOAD.search(line):
            yield Fault(name, number, f"{found[0]!r}: no file says where a package is downloaded")
        if name.startswith("kiosk/") and (found := _UNFINISHED.search(line)):
            yield Fault(name, number, f"{found[0]}: finish it, or file it as an issue")
    if name.startswith("kiosk/") and path.suffix == ".py":
        yield from _stand_ins(name, text)


def _stand_ins(name: str, text: str) -> Iterator[Fault]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        spoken = token.type == tokenize.COMMENT or token.string.startswith('"""')
        if spoken and (found := _STAND_IN.search(token.string)):
            line = token.start[0] + token.string[: found.start()].count("\n")
            yield Fault(name, line, f"{found[0]!r}: the program holds finished work only")
