"""Imprint, privacy, accessibility and how votes are counted: two taps from every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.localized import Localized
from kiosk.locale.translator import Translator
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.texts import labels, reading
from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

PAGES = ("imprint", "privacy", "accessibility", "counting")
"""The legal pages in the order of their tabs."""


def heading(t: Translator, page: str) -> str:
    """Return the name of a legal page."""
    return {
        "imprint": t("Legal notice"),
        "privacy": t("Privacy"),
        "accessibility": t("Accessibility"),
        "counting": t("How votes are counted"),
    }[page]


async def show(visit: Visit) -> None:
    """Show the page, with the others one tap away."""
    t, name = visit.t, visit.step.subject
    text = visit.exhibition.pages.get(name, Localized())
    with visit.swap(heading(t, name), "legal"):
        with Tag("header", None, "opening"):
            Tag("h1", heading(t, name))
        with reading.column(visit):
            if text:
                reading.prose(visit, text)
                labels.translation_note(visit, visit.text(text))
            else:
                Tag("p", t("This text was not written yet."), "lead")
        with Tag("nav", None, "row", aria_label=t("Legal pages")):
            for page in PAGES:
                _tab(visit, page)
    visit.dock.show(None)


def _tab(visit: Visit, page: str) -> None:
    here = page == visit.step.subject
    css = "knob strong" if here else "knob quiet"
    to = visit.way(steps.LEGAL, page)
    button(heading(visit.t, page), to, css, aria_current="page" if here else "false")
