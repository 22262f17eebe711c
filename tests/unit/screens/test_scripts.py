"""Every language's letters have a bundled font in every style, and keys to type them with."""

from __future__ import annotations

import json
import re

import pytest

from kiosk.locale.languages import LANGUAGES, catalogue, native_name
from kiosk.screens import theme
from kiosk.screens.widgets import keyboard
from kiosk.settings import load

KEYED = sorted(path.stem for path in keyboard.PLANS.glob("*.json"))
FACE = re.compile(r"font-family: *'([^']+)'.*?unicode-range: *([^;}]+)", re.DOTALL)
FAMILY = re.compile(r"'([^']+ Variable)'")


@pytest.fixture(scope="module")
def ranges() -> dict[str, list[tuple[int, int]]]:
    """What each bundled family has glyphs for, by the ranges in its style sheet."""
    front_end = load().front_end
    if not (front_end / "@fontsource-variable").is_dir():
        pytest.skip("the fonts are not installed: make test installs them")
    found: dict[str, list[tuple[int, int]]] = {}
    for family, listed in FACE.findall(theme.font_faces(front_end, "")):
        for part in listed.replace("U+", "").split(","):
            first, _, last = part.strip().partition("-")
            found.setdefault(family, []).append((int(first, 16), int(last or first, 16)))
    return found


@pytest.mark.parametrize("language", sorted({*LANGUAGES, *KEYED}))
@pytest.mark.parametrize("stack", ["HEADLINE", "READING", "CONTROL"])
def test_every_letter_of_a_language_has_a_bundled_font(
    language: str, stack: str, ranges: dict[str, list[tuple[int, int]]]
) -> None:
    """A fallback to whatever the machine has would look different on each screen."""
    text = native_name(language) + json.dumps(keyboard.plan(language), ensure_ascii=False)
    if catalogue(language).is_file():
        text += catalogue(language).read_text(encoding="utf-8")
    spans = [span for name in FAMILY.findall(getattr(theme, stack)) for span in ranges[name]]
    letters = {letter for letter in text if letter.isalpha()}
    assert not {x for x in letters if not any(a <= ord(x) <= b for a, b in spans)}


def test_every_language_has_keys_of_its_own() -> None:
    """A language without a plan would be typed with English keys, without its accents."""
    assert set(LANGUAGES) <= set(KEYED)


@pytest.mark.parametrize("language", KEYED)
def test_a_plan_names_letters_and_marks(language: str) -> None:
    """Rows of its own or a stock layout; comma and full stop within reach."""
    plan = keyboard.plan(language)
    assert ("stock" in plan) != ("rows" in plan)
    assert set(str(plan["marks"]).split()) & set(".।"), "no full stop"
    stock = load().front_end / "simple-keyboard-layouts/build/layouts" / f"{plan.get('stock')}.js"
    assert "rows" in plan or not stock.parents[2].is_dir() or stock.is_file()
