"""The on-screen keyboard: letters, accents and punctuation of a language, beside a text field."""

from __future__ import annotations

from nicegui.element import Element

from kiosk.locale.translator import Translator

LIBRARY = "/front-end/simple-keyboard/build/index.modern.esm.js"
LAYOUTS = "/front-end/simple-keyboard-layouts/build/layouts"


class Keyboard(Element, component="keyboard.js"):
    """Types into the text field whose CSS class is *field*; a physical keyboard works as well."""

    def __init__(self, t: Translator, field: str) -> None:
        super().__init__()
        self.props.update(
            {
                "field": field,
                "language": t.language,
                "library": LIBRARY,
                "layouts": LAYOUTS,
                "names": names(t),
            }
        )
        self.classes("keyboard")


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
