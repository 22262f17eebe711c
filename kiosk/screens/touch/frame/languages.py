"""The dialog in which a visitor chooses a language by its own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.locale.languages import by_name, direction, is_reviewed, native_name
from kiosk.locale.translator import translator
from kiosk.screens.touch import step as steps
from kiosk.screens.touch.step import Step
from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def dialog(visit: Visit) -> None:
    """Put the dialog into the page; the bar's language button opens it.

    Languages that the exhibition's texts are written in come first; in the others the controls
    alone are translated, and a visitor is told so before choosing.
    """
    t = visit.t
    offered = by_name(visit.context.languages)
    full = [x for x in offered if x in visit.exhibition.languages]
    rest = [x for x in offered if x not in full]
    box = Tag("dialog", None, "sheet languages", data_name="language", aria_labelledby="languages")
    with box:
        with Tag("header", None, "sheet-head"):
            Tag("h2", t("Choose your language"), id="languages")
            close = button("", css="knob round quiet", sign="close", aria_label=t("Close"))
            close.on("click", js_handler="(event) => kiosk.close(event)")
        _choices(visit, full)
        if rest:
            Tag("p", t("In these the controls are translated, the texts not yet:"), "hint")
            _choices(visit, rest)


def _choices(visit: Visit, languages: Sequence[str]) -> None:
    with Tag("div", None, f"choices n{min(len(languages), 12)}"):
        for language in languages:
            _choice(visit, language)


def _choice(visit: Visit, language: str) -> None:
    async def choose() -> None:
        await visit.go(into(visit, language))

    css = "knob strong" if language == visit.step.language else "knob"
    made = button(
        "",
        choose,
        f"{css} language",
        lang=language,
        dir=direction(language),
        aria_current="true" if language == visit.step.language else "false",
    )
    with made:
        Tag("span", native_name(language), "language-name")
        if not is_reviewed(language):
            Tag("span", translator(language)("Not reviewed by a native reader"), "unreviewed")


def into(visit: Visit, language: str) -> Step:
    """Return the present step in another language; the attract screen's exhibit is opened."""
    step = visit.step
    if step.screen == steps.ATTRACT:
        shown = visit.subject()
        step = visit.step_of(shown) if shown else step.to(steps.HOME)
    return replace(step, language=language)
