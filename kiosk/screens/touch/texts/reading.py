"""A column of text that leafs by a button where it is longer than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kiosk.exhibition import markdown
from kiosk.exhibition.localized import Localized
from kiosk.screens.widgets.markup import Tag, button, rich

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


@contextmanager
def column(visit: Visit, label: str = "") -> Iterator[None]:
    """Make the column; the button is seen only where there is more to read.

    *label* names it where a screen has a second one.
    """
    t = visit.t
    with Tag("div", None, "reading"):
        with Tag("div", None, "column", role="region", aria_label=label or t("Text")):
            yield
        more = button(t("Read on"), css="knob quiet read-on", sign="down")
        more.on("click", js_handler="(event) => kiosk.leaf(event)")


def prose(visit: Visit, localized: Localized, css: str = "prose") -> None:
    """Put a Markdown text on the screen, marked where it is in another language."""
    text = visit.text(localized)
    if text:
        rich(markdown.to_html(text.text), css, text)
