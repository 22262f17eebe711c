"""What docs/editor.md promises to editors is what the reader does."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.exhibition.draft import LONGEST_STATEMENT
from kiosk.exhibition.exhibit_reader import PATTERNS
from kiosk.exhibition.lengths import LONGEST_TITLE
from kiosk.exhibition.model import Kind, Standing
from kiosk.exhibition.pictures import LARGEST_UPLOAD, LONGEST_SIDE
from kiosk.exhibition.question_reader import MOST_CHOICES
from tests.unit.exhibition.test_checks import ON_DISK, PICTURES, SLIPS

ROOT = Path(__file__).resolve().parents[3]
EDITOR = (ROOT / "docs" / "editor.md").read_text(encoding="utf-8")
NOTED = re.compile(r'(?:error|warning|PictureRefused)\(\s*"([a-z0-9-]+)"')


def _listed() -> set[str]:
    table = EDITOR[EDITOR.index("## What the check finds") : EDITOR.index("## Editions")]
    rows = [line for line in table.splitlines() if line.startswith("| ")]
    return set(re.findall(r"`([a-z0-9-]+)`", "".join(rows)))


def test_every_rule_is_listed() -> None:
    """An editor who reads a rule in brackets finds it in the table."""
    in_code = {
        rule
        for file in (ROOT / "kiosk" / "exhibition").glob("*.py")
        for rule in NOTED.findall(file.read_text(encoding="utf-8"))
    }
    in_tests = {slip.rule for slip in SLIPS} | {case[0] for case in ON_DISK} | set(PICTURES)

    assert in_code | in_tests <= _listed()


def test_nothing_else_is_listed() -> None:
    """No rule in the table is one that the reader does not know."""
    code = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "kiosk" / "exhibition").glob("*.py")
    )
    made = {f"missing-{key}" for key in ("standing", "kind")}  # made of the key's name

    assert {rule for rule in _listed() if f'"{rule}"' not in code} <= made


def test_kinds_standings_patterns_and_numbers_are_told() -> None:
    """What may be written is what is said to be possible."""
    words = set(re.findall(r"[a-z]+", EDITOR))

    assert {str(kind) for kind in Kind} | {str(each) for each in Standing} <= words
    assert set(PATTERNS) <= words
    for number in (LONGEST_TITLE, LONGEST_STATEMENT, LONGEST_SIDE, MOST_CHOICES):
        assert str(number) in EDITOR
    assert f"{LARGEST_UPLOAD // 1_000_000} MB" in EDITOR
