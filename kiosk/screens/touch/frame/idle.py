"""Who walked away: a warning by sight and sound, then the screen forgets the visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        Tag("h2", t("Are you still there?"), id="idle-title")
        Tag(
            "p",
            t.plural(
                "If nobody touches the screen, it starts afresh in {n} second.",
                "If nobody touches the screen, it starts afresh in {n} seconds.",
                seconds,
            ),
            "lead",
            id="idle-text",
        )
        Tag("p", t("What you have not sent is deleted then."), "lead")
        with Tag("div", None, "countdown", aria_hidden="true"):
            Tag("div").style(f"animation-duration:{seconds}s")
        stay = button(t("I am still here"), css="knob strong wide", data_stay="", autofocus="")
        stay.on("click", js_handler="(event) => kiosk.close(event)")
