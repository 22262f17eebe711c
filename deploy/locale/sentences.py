"""Finds every sentence that the interface says: in Python code, in templates, in refusals."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2 import nodes

ROOT = Path(__file__).parents[2]
SPOKEN = (
    "locale",
    "screens",
    "voice",
    "people",
    "moderation",
    "sync",
    "messaging",
    "api",
    "exhibition",
)
"""Folders of kiosk/ whose refusals reach a visitor or staff; the command line speaks English."""

REFUSALS = frozenset(
    {
        "Conflict",
        "ContentRefused",
        "CorruptEdition",
        "Forbidden",
        "InvalidBallot",
        "InvalidText",
        "InvalidToken",
        "KioskError",
        "NotFound",
        "PictureRefused",
        "QuestionClosed",
        "TooLarge",
        "TooMany",
        "Unavailable",
        "__init__",
    }
)
"""What a refusal is made with; a class of its own hands its sentences to ``__init__`` above it."""

REFUSING = frozenset({"durable.py", "guard.py", "publication.py", "writer.py"})
"""Files outside those folders whose refusals reach a visitor or staff."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence by its English wording; *many* is its plural where it has one."""

    one: str
    many: str
    place: str
    """File and line, for the translator."""

    @property
    def key(self) -> str | tuple[str, str]:
        """How a catalogue names it."""
        return (self.one, self.many) if self.many else self.one


def sentences() -> list[Sentence]:
    """Return every sentence once, in the order of files."""
    found: dict[str | tuple[str, str], Sentence] = {}
    for sentence in _all():
        found.setdefault(sentence.key, sentence)
    return list(found.values())


def _all() -> Iterator[Sentence]:
    for path in sorted((ROOT / "kiosk").rglob("*.py")):
        part = path.relative_to(ROOT / "kiosk").parts[0]
        if part in SPOKEN or path.name in REFUSING:
            yield from _in_python(path)
    for path in sorted((ROOT / "kiosk").rglob("*.html")):
        yield from _in_template(path)


def _in_python(path: Path) -> Iterator[Sentence]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = _name(node.func)
        texts = [
            a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else ""
            for a in node.args
        ]
        yield from _said(name, texts, f"{path.relative_to(ROOT)}:{node.lineno}")


def _name(called: ast.expr) -> str:
    """Return what is called; ``translator(language)("…")`` says its sentence as ``t("…")`` does."""
    match called:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=ast.Name(id="translator")):
            return "t"
        case _:
            return ""


def _in_template(path: Path) -> Iterator[Sentence]:
    tree = jinja2.Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    for node in tree.find_all(nodes.Call):
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        name = node.node.attr if isinstance(node.node, nodes.Getattr) else name
        texts = [str(a.value) if isinstance(a, nodes.Const) else "" for a in node.args]
        yield from _said(name, texts, f"{path.relative_to(ROOT)}:{node.lineno}")


def _said(name: str, texts: list[str], place: str) -> Iterator[Sentence]:
    if name == "t" and texts and texts[0]:
        yield Sentence(texts[0], "", place)
    elif name == "plural" and len(texts) > 1 and texts[0] and texts[1]:
        yield Sentence(texts[0], texts[1], place)
    elif name in REFUSALS:
        for text in filter(None, texts[:2]):
            yield Sentence(text, "", place)
