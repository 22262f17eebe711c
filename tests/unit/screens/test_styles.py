"""Styles that a screen can afford: what comes and goes is styled anew, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kiosk.exhibition.model import Standing
from kiosk.screens import desk, touch

SCREENS = [Path(each.__path__[0]) for each in (touch, desk)]
STYLES = sorted(style for each in SCREENS for style in (each / "style").glob("*.css"))
ROOT = re.compile(
    r"(?<![\w-])(?:html|body|:root|\.touch|\.desk)(?![\w-])"
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
        ".desk:has(.queue) dialog.refusal {",
    ):
        assert asks(costly), costly
    for cheap in (
        ".ballot-box:has(.x) {",
        ".touch .tally:has(.x) {",
        ".desk td:has(> .lamp)",
        ".desk-a .b:has(c)",
    ):
        assert not asks(cheap), cheap


@pytest.mark.parametrize("style", STYLES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_no_style_asks_the_root_what_the_page_holds(style: Path) -> None:
    """With one such rule Chromium styles every element at each change.

    What is held is told at the root instead: by ``holds.js`` at the touchscreen, and at the desk,
    where it is the same for as long as the page is open, by its frame.
    """
    found = asks(style.read_text(encoding="utf-8"))
    assert not found, f"{style.name}: {found}; tell it at the root by an attribute"


def test_a_standing_is_styled_as_a_standing_alone() -> None:
    """The report dialog's `.reported` gave every “Reported” on every screen its frame as well."""
    standings = "|".join(
        each.value for each in Standing if each is not Standing.PUT
    )  # its own line
    bare = re.compile(rf"(?:^|[,}}]\s*)\.(?:{standings})\s*[{{ ,]", re.MULTILINE)
    for style in (SCREENS[0] / "style").glob("*.css"):  # the desk shows no standings
        assert not bare.search(style.read_text()), style.name
