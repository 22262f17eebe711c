"""The newest exchange with residents, hung on the poster of screens that have no topic."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from kiosk.screens.touch import step as steps
from kiosk.screens.touch.hearing import voices_may_show
from kiosk.screens.widgets.exchange import exchange
from kiosk.screens.widgets.markup import PRESS, Tag, button, shown
from kiosk.voice import comment_actions
from kiosk.voice.comment import PublicComment

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit

LOOK_BACK = 40
"""Voices among which an answered one is preferred."""


def voice(connection: Connection, visit: Visit) -> PublicComment | None:
    """Return the newest voice that was answered, else the newest, else None."""
    if not voices_may_show(connection, visit.context.clock()):
        return None
    found = comment_actions.published_comments(connection, visit.exhibition.id, most=LOOK_BACK)
    return next((c for c in found if c.answers), found[0] if found else None)


def about(visit: Visit) -> Callable[[PublicComment], None]:
    """Return what says above a voice which exhibit it speaks to, and leads there."""

    def draw(comment: PublicComment) -> None:
        exhibit = visit.exhibition.exhibits.get(comment.exhibit)
        if exhibit is None:
            return

        shown("button", visit.text(exhibit.title), "voice-about", type="button").on(
            "click", visit.way(steps.EXHIBIT, exhibit.id), js_handler=PRESS
        )

    return draw


def hang(visit: Visit, comment: PublicComment | None) -> None:
    """Put the exchange above the code; without any voice, an invitation."""
    t = visit.t

    with visit.dock.voice, Tag("div", None, "newest"):
        Tag("h2", t("What residents say"))
        if comment is None:
            Tag("p", t("Nobody has spoken yet. Yours can be the first voice."), "empty")
            return
        exchange(t, comment, visit.context.clock(), visit.city_name, about=about(visit))
        button(t("All voices"), visit.way(steps.VOICES), "word-link")
