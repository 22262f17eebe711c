"""What the screen says while its server is away and once it is back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from nicegui.language import Language
from nicegui.translations import translations

from kiosk.locale.translator import translator
from kiosk.screens.widgets.markup import Tag, icon

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


def quasar(language: str) -> Language:
    """Return NiceGUI's name of a language, which mirrors Arabic pages as well."""
    return cast("Language", {"en": "en-US"}.get(language, language))


def say(languages: Iterable[str]) -> None:
    """Put our words in place of NiceGUI's for every language offered."""
    for language in languages:
        t = translator(language)
        translations[quasar(language)] = {
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
