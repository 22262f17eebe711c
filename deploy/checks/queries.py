"""Keeps values out of SQL: a query is put together from constants alone, and values are bound."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from deploy.checks.sources import Fault, name_of


def faults(path: Path, text: str) -> Iterator[Fault]:
    """Yield each ``text(…)`` in a store whose SQL has something else in it than CONSTANTS."""
    name = name_of(path)
    if not name.startswith("kiosk/") or path.suffix != ".py":
        return
    for node in ast.walk(ast.parse(text, name)):
        if isinstance(node, ast.Call) and node.args and _is_text(node.func):
            for foreign in _foreign(node.args[0]):
                said = f"{ast.unparse(foreign)} in SQL: bind it as :value, or make it a CONSTANT"
                yield Fault(name, foreign.lineno, said)


def _is_text(called: ast.expr) -> bool:
    """Say whether *called* is SQLAlchemy's ``text``, imported by name or as ``sa.text``."""
    if isinstance(called, ast.Attribute):
        return called.attr == "text" and ast.unparse(called.value) in {"sa", "sqlalchemy"}
    return isinstance(called, ast.Name) and called.id == "text"


def _foreign(sql: ast.expr) -> Iterator[ast.expr]:
    """Yield the parts of the expression *sql* that are neither literal nor a CONSTANT."""
    match sql:
        case ast.JoinedStr(values=parts):
            for part in parts:
                yield from _foreign(part)
        case ast.FormattedValue(value=value):
            yield from _foreign(value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from _foreign(left)
            yield from _foreign(right)
        case ast.Constant():
            return
        case ast.Name(id=name) | ast.Attribute(attr=name) if name.lstrip("_").isupper():
            return
        case _:
            yield sql
