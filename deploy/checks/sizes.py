"""Keeps files within 400 lines and functions within 60, and their names saying what is in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from deploy.checks.sources import Fault, name_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 60

# Where code lives, and which files of it people read and write by hand.
FOLDERS = ("kiosk/", "tests/", "benchmarks/", "deploy/")
SUFFIXES = {".py", ".html", ".css", ".js"}

# A file of this name is about nothing: whatever it holds has a better place.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def faults(path: Path, text: str) -> Iterator[Fault]:
    """Yield what is too long or says nothing in the file *path* with this *text*."""
    name = name_of(path)
    if not name.startswith(FOLDERS) or path.suffix not in SUFFIXES:
        return
    lines = text.count("\n")
    if lines > LONGEST_FILE:
        yield Fault(name, lines, f"{lines} lines; {LONGEST_FILE} at most: give a part its own file")
    if path.stem in EMPTY_NAMES:
        yield Fault(name, 1, f"the name {path.stem!r} does not say what the file is about")
    if path.suffix == ".py":
        yield from _long_functions(name, ast.parse(text, name))


def _long_functions(name: str, tree: ast.Module) -> Iterator[Fault]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                text = f"{node.name} has {length} lines; {LONGEST_FUNCTION} at most"
                yield Fault(name, node.lineno, text)
