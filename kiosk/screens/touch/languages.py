"""The dialog in which a visitor chooses a language by its own name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.exhibition.localized import direction
from kiosk.locale.translator import native_name
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.step import Step
from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def dialog(visit: Visit) -> None:
    """Put the dialog into the page; the bar's language button opens it."""
    t = visit.t
    box = Tag("dialog", None, "sheet languages", data_name="language", aria_labelledby="languages")
    with box:
        Tag("h2", t("Choose your language"), id="languages")
        with Tag("div", None, "choices"):
            for language in visit.context.languages:
                _choice(visit, language)
        close = button(t("Close"), css="knob quiet", sign="close")
        close.on("click", js_handler="(event) => kiosk.close(event)")


def _choice(visit: Visit, language: str) -> None:
    async def choose() -> None:
        await visit.go(into(visit, language))

    css = "knob strong" if language == visit.step.language else "knob"
    button(
        native_name(language),
        choose,
        css,
        lang=language,
        dir=direction(language),
        aria_current="true" if language == visit.step.language else "false",
    )


def into(visit: Visit, language: str) -> Step:
    """Return the present step in another language; the attract screen's exhibit is opened."""
    step = replace(visit.step, language=language)
    if step.screen != steps.ATTRACT:
        return step
    return step.to(steps.EXHIBIT, step.subject) if step.subject else step.to(steps.HOME)
