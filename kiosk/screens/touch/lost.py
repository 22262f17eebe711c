"""What the screen says while its server is away: our own words instead of NiceGUI's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nicegui.language import Language
from nicegui.translations import translations

from kiosk.locale.translator import translator


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
