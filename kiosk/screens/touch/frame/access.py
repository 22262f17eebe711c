"""The dialog behind the control that is always there: the screen fits itself to its visitor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from kiosk.locale.translator import Translator
from kiosk.screens.touch import modes
from kiosk.screens.widgets.markup import Tag, button, icon

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

CHOOSE = "(event) => kiosk.mode(event, emit)"
"""Takes effect at once in the page; the server hears of it for the steps that follow."""


def dialog(visit: Visit) -> None:
    """Put the dialog into the page; the bar's first control opens it."""
    t = visit.t
    box = Tag("dialog", None, "sheet access", data_name="access", aria_labelledby="access")
    with box:
        Tag("h2", t("Make this screen fit you"), id="access")
        with Tag("div", None, "modes"):
            for name, (words, meaning) in said(t).items():
                _mode(visit, name, words, meaning)
        with Tag("div", None, "row"):
            Tag("p", t("All of this is forgotten when you leave."), "hint")
            close = button(t("Done"), css="knob strong", sign="agree", data_close="")
            close.on("click", js_handler="(event) => kiosk.close(event)")


def said(t: Translator) -> dict[str, tuple[str, str]]:
    """Return each mode's name and what it does."""
    return {
        modes.LARGE: (t("Large text"), t("Every word can be read from further off.")),
        modes.CONTRAST: (t("High contrast"), t("Black and white, with strong lines.")),
        modes.ALOUD: (t("Read aloud"), t("The loudspeaker says what stands here.")),
        modes.EASY: (t("Easy language"), t("Short sentences and easy words, where there are any.")),
        modes.LOW: (t("Within reach"), t("Everything you touch comes down to you.")),
        modes.CALM: (t("No motion"), t("Nothing moves by itself.")),
    }


def _mode(visit: Visit, name: str, words: str, meaning: str) -> None:
    on = name in visit.session.modes
    made = Tag(
        "button",
        None,
        "mode",
        type="button",
        data_mode=name,
        data_often="",
        aria_pressed=str(on).lower(),
    )
    with made:
        icon(f"mode-{name}")
        with Tag("span", None, "mode-words"):
            Tag("span", words, "mode-name")
            Tag("span", meaning, "mode-meaning")
        Tag("span", None, "mode-mark", aria_hidden="true")
    made.on("click", _chosen(visit, name, made), js_handler=CHOOSE)


def _chosen(visit: Visit, name: str, made: Tag) -> Callable[[object], Awaitable[None]]:
    async def chosen(event: object) -> None:
        on = bool(getattr(event, "args", False))
        visit.session.modes.choose(name, on=on)
        visit.modes_heard += 1
        dict.update(made.props, {"aria-pressed": str(on).lower()})  # its page shows it already
        heard = {"data-modes": visit.session.modes.text(), "data-heard": str(visit.modes_heard)}
        visit.root.props.update(heard)
        visit.root.update()
        if name == modes.EASY:
            await visit.reword()

    return chosen
