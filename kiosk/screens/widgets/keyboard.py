"""The on-screen keyboard: letters, accents and punctuation of a language, beside a text field."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from nicegui.element import Element

from kiosk.locale.translator import Translator

LIBRARY = "/front-end/simple-keyboard/build/index.modern.esm.js"
LAYOUTS = "/front-end/simple-keyboard-layouts/build/layouts"

PLANS = Path(__file__).parent / "keys"
"""One file for each language's keys; docs/city.md says what stands in it."""


class Keyboard(Element, component="keyboard.js"):
    """Types into the text field whose CSS class is *field*; a physical keyboard works as well."""

    def __init__(self, t: Translator, field: str) -> None:
        super().__init__()
        self.props.update(
            {
                "field": field,
                "language": t.language,
                "direction": t.direction,
                "library": LIBRARY,
                "layouts": LAYOUTS,
                "plan": plan(t.language),
                "names": names(t),
            }
        )
        self.classes("keyboard")


@cache
def plan(language: str) -> dict[str, object]:
    """Return which keys a language types with; English ones for a language without a plan."""
    path = PLANS / f"{language}.json"
    found: dict[str, object] = json.loads(
        (path if path.is_file() else PLANS / "en.json").read_text(encoding="utf-8")
    )
    return found


def names(t: Translator) -> dict[str, str]:
    """What assistive technology calls the keys that show a sign instead of a letter."""
    return {
        "{shift}": t("Capital letters"),
        "{bksp}": t("Delete the last letter"),
        "{enter}": t("New line"),
        "{space}": t("Space"),
        "{digits}": t("Figures and signs"),
        "{letters}": t("Letters"),
        "{board}": t("On-screen keyboard"),
    }
