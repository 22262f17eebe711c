"""Keeps data out of markup and scripts: what is put into a NiceGUI page raw is fixed text."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from deploy.checks.sources import Fault, name_of

# Their first argument runs in, or becomes part of, the page. A word of a resident in it would too.
RAW = {"add_body_html", "add_css", "add_head_html", "run_javascript"}


def faults(path: Path, text: str) -> Iterator[Fault]:
    """Yield each place where *path* puts composed text, or text without sanitising, into a page."""
    name = name_of(path)
    if not name.startswith("kiosk/") or path.suffix != ".py":
        return
    for node in ast.walk(ast.parse(text, name)):
        if isinstance(node, ast.Call):
            yield from _of_call(name, node)


def _of_call(name: str, call: ast.Call) -> Iterator[Fault]:
    called = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if called in RAW and call.args and _is_composed(call.args[0]):
        yield Fault(name, call.lineno, f"{called} with composed text: a visitor's words could run")
    for keyword in call.keywords:
        value = keyword.value
        if keyword.arg == "sanitize" and isinstance(value, ast.Constant) and value.value is False:
            yield Fault(name, call.lineno, "sanitize=False: give the function that sanitises")


def _is_composed(node: ast.expr) -> bool:
    """Say whether *node* puts text together when it runs: f"…{x}", a % b, a + b, "…".format(…)."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr in {"format", "join"}
    return isinstance(node, ast.BinOp)
