"""The privacy notice that stands before a visit's first comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.exhibition.model import Exhibit
from kiosk.screens.touch import step as steps
from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def ask(visit: Visit, topic: Exhibit | None) -> None:
    """Show the notice; agreeing leads to the text field."""
    t = visit.t

    async def agreed() -> None:
        visit.session.privacy_read = True
        await visit.refresh()

    with visit.swap(t("Before you write"), "privacy", topic):
        Tag("h1", t("Before you write"))
        with Tag("ul", None, "promises"):
            for promise in promises(visit):
                Tag("li", promise)
        with Tag("div", None, "row"):
            button(
                t("I have read this: write"),
                agreed,
                "knob strong",
                "forward",
                turns=True,
                sign_after=True,
                data_agree="",
            )
            to = visit.way(steps.LEGAL, "privacy")
            button(t("Full privacy notice"), to, "knob quiet", "legal")


def promises(visit: Visit) -> tuple[str, ...]:
    """What is kept, who reads it, how long, and how to take it back."""
    t = visit.t
    return (
        t(
            "We keep your text, its language, this place and the time. "
            "No name, no account, no picture."
        ),
        t("A moderator reads it before others see it. Then it is public, here and on phones."),
        t("It is deleted after two years at the latest."),
        t("You get a receipt. With it you withdraw or delete your comment at any time."),
    )
