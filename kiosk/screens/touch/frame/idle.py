"""Who walked away: a warning by sight and sound, then the screen forgets the visit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kiosk.locale.translator import Translator
from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def dialog(visit: Visit) -> None:
    """Put the warning into the page; ``idle.js`` opens it and counts."""
    t = visit.t
    seconds = visit.context.warning
    box = Tag(
        "dialog",
        None,
        "sheet idle",
        data_name="idle",
        role="alertdialog",
        aria_labelledby="idle-title",
        aria_describedby="idle-text",
    )
    with box:
        with Tag("div", None, "idle-head"):
            Tag("h2", t("Are you still there?"), id="idle-title")
            Tag("output", t.number(seconds), "idle-left", aria_hidden="true", aria_live="off")
        said = Tag("p", _begins_in(t, seconds), "lead", id="idle-text")
        said.props["data-counts"] = json.dumps(
            [(t.number(left), _begins_in(t, left)) for left in range(seconds + 1)]
        )
        Tag("p", t("What you have not sent is deleted then."), "lead")
        with Tag("div", None, "countdown", aria_hidden="true"):
            Tag("div")
        with Tag("div", None, "row"):
            stay = button(t("I am still here"), css="knob strong wide", data_stay="", autofocus="")
            stay.on("click", js_handler="(event) => kiosk.close(event)")
            button(t("I am done"), visit.end, "knob wide", "finish", data_done_now="")


def _begins_in(t: Translator, seconds: int) -> str:
    return t.plural(
        "If nobody touches the screen, it starts afresh in {n} second.",
        "If nobody touches the screen, it starts afresh in {n} seconds.",
        seconds,
    )
