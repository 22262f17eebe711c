"""The row above the bar: what reads aloud, what leafs, and what was brought down into reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.locale.translator import Translator
from kiosk.screens.touch.modes import LOUDEST
from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


class Tools:
    """Each group is seen only where its mode needs it; the page's scripts fill and move them."""

    def __init__(self, visit: Visit) -> None:
        t = visit.t
        row = Tag("section", None, "tools", aria_label=t("Aids"), hidden="")
        row.props.update({f"data-{name}": words for name, words in spoken(t).items()})
        with row:
            with Tag("div", None, "aloud", role="group", aria_label=t("Read aloud")):
                _again_and_stop(t)
                _tool(t("Slower"), "slower", "slower")
                _tool(t("Faster"), "faster", "faster")
                _loudness(visit)
                with Tag("p", None, "now", data_now="", aria_hidden="true"):
                    Tag("span", t("Now reading"), "now-word")
                    Tag("span", "", "now-text")
            with Tag("div", None, "leafing", role="group", aria_label=t("Move the page")):
                _tool(t("Up"), "up", "up")
                _tool(t("Down"), "down", "down")
            # Doubles of controls that stand too high: a keyboard reaches the controls themselves.
            with Tag("div", None, "within-reach", aria_hidden="true"):
                Tag("div", None, "doubles")
                _tool(t("More"), "more", "next", turns=True, tabindex="-1")


def spoken(t: Translator) -> dict[str, str]:
    """Return what is said beside the screen's own words, by the name that aloud.js knows it by."""
    return {
        "invite": t("F2 has this screen read aloud."),
        "begins": t("Reading aloud. Tab leads on, Enter chooses, F2 ends it."),
        "hint": t("Tab leads to what you can do."),
        "chosen": t("Chosen"),
    }


def reading(visit: Visit) -> None:
    """Put what repeats and stops the reading where a dialog lies over the row of aids."""
    with Tag("div", None, "aloud", role="group", aria_label=visit.t("Read aloud")):
        _again_and_stop(visit.t)


def volume(visit: Visit) -> None:
    """Put what makes a film quieter and louder."""
    with Tag("div", None, "volume", role="group", aria_label=visit.t("Volume")):
        _loudness(visit)


def _again_and_stop(t: Translator) -> None:
    _tool(t("Read again from the top"), "again", "repeat")
    _tool(t("Stop reading"), "stop", "stop", data_other=t("Go on reading"))


def _loudness(visit: Visit) -> None:
    t, now = visit.t, visit.session.modes.loudness
    for words, name, end in ((t("Quieter"), "quieter", 0), (t("Louder"), "louder", LOUDEST)):
        _tool(words, name, name, aria_disabled=str(now == end).lower())


def _tool(words: str, name: str, sign: str, *, turns: bool = False, **attributes: Any) -> None:
    made = button(
        "",
        None,
        "knob round tool",
        sign,
        turns=turns,
        aria_label=words,
        data_tool=name,
        data_often="",
        **attributes,
    )
    made.on("click", js_handler="(event) => kiosk.tool(event)")
