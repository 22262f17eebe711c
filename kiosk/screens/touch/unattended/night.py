"""Outside the opening hours: a dark, quiet screen that says when it opens, and keeps nothing."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from nicegui import ui

from kiosk.exhibition.localized import direction
from kiosk.locale.translator import Translator, translator
from kiosk.screens.touch.context import TouchContext
from kiosk.screens.touch.unattended import staff
from kiosk.screens.widgets import words
from kiosk.screens.widgets.markup import Tag

DRIFTS = 8
"""Places between which the words move, one a minute: nothing burns into the screen."""


def page(context: TouchContext, browser: str) -> None:
    """Show the night screen, and go on to the exhibition as soon as the house opens."""
    context.sessions.end(browser)
    ui.page_title(translator(context.languages[0])("The exhibition is closed now."))
    root = Tag("div", None, "touch night", data_night="")
    with root:
        with Tag("main", None, "stage"):
            _words(context)
        staff.dialog(context)

    def look() -> None:
        root.props.update({"data-drift": str(context.clock().minute % DRIFTS)})
        root.update()
        if not context.is_closed():
            root.props.update({"data-leads-to": "/"})
            root.update()

    ui.timer(5.0, look)


def _words(context: TouchContext) -> None:
    with Tag("div", None, "night-words"):
        for n, language in enumerate(context.languages[:4]):
            t = translator(language)
            with Tag("section", None, lang=language, dir=direction(language)):
                Tag("h1" if n == 0 else "p", t("The exhibition is closed now."), "night-said")
                said = opens(t, context)
                if said:
                    Tag("p", said, "night-when")


def opens(t: Translator, context: TouchContext) -> str:
    """Say when the house opens next, empty where it does not within a week."""
    hours = context.hours
    opening = hours.opens_next(context.clock()) if hours else None
    if opening is None or not isinstance(opening.tzinfo, ZoneInfo):
        return ""
    hour = t.time(opening, opening.tzinfo.key)
    day = words.unbroken(t.date(opening.date()))
    return t("It opens again on {day} at {hour}.", day=day, hour=hour)
