"""Styles that a screen can afford: what comes and goes is styled anew, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.screens import touch

STYLES = sorted((Path(touch.__file__).parent / "style").glob("*.css"))
ROOT = re.compile(
    r"(?<![\w-])(?:html|body|:root|\.touch)(?![\w-])"
    r"(?:\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^\]]*\]|[^\s,{}>+~()\[\]])*"
)
"""The root and all that is asked of it itself, brackets within brackets as well."""


def asks(style: str) -> list[str]:
    """Return what a style asks the root about what it holds."""
    return [root for root in ROOT.findall(style) if ":has(" in root]


def test_the_rule_sees_what_it_forbids() -> None:
    """At the root in any form, and not where it stands for a few elements."""
    for costly in (
        "html:has(.x) {",
        ".touch:is([data-a='b'], :has(.seeking)) .dock {",
        "a, .touch[data-a]:has(.x, .y) b {",
        "@media x {\n  .touch:has(.x)",
    ):
        assert asks(costly), costly
    for cheap in (".ballot-box:has(.x) {", ".touch .tally:has(.x) {", ".touch-me .a:has(b)"):
        assert not asks(cheap), cheap


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_no_style_asks_the_root_what_the_page_holds(style: Path) -> None:
    """With one such rule Chromium styles 1,200 elements at each change; ``holds.js`` tells it."""
    found = asks(style.read_text(encoding="utf-8"))
    assert not found, f"{style.name}: {found}; give holds.js the name of what is held"
