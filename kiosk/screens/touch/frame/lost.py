"""What the screen says while its server is away and once it is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.locale.translator import translator
from kiosk.screens.widgets.markup import Tag, icon

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def words(language: str) -> dict[str, str]:
    """Return our words in place of NiceGUI's, by its names of them."""
    t = translator(language)
    return {
        "connection_lost": t("One moment, please."),
        "trying_to_reconnect": t("The screen is coming back. What you wrote is still here."),
        "message_too_long": t("This is too long."),
        "message_too_long_body": t("Shorten it, then send it again."),
    }


def began_again(visit: Visit) -> None:
    """Put the sentence into the page that ``line.js`` shows after the server was started anew."""
    t = visit.t
    with Tag("div", None, "again", hidden="", data_again="", role="status"):
        icon("alert")
        Tag(
            "p",
            t(
                "This screen had to start again. What it thanked you for is kept."
                " If your last touch was not answered, please touch once more."
            ),
        )
