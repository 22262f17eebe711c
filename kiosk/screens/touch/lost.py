"""What the screen says while its server is away and once it is back, and what it takes up again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from nicegui.language import Language
from nicegui.translations import translations

from kiosk.locale.translator import translator
from kiosk.screens.touch import step as steps
from kiosk.screens.widgets.markup import Tag, icon
from kiosk.voice.comment import LONGEST

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


async def take_up(visit: Visit, text: str) -> None:
    """Go on writing what was being written when the server ended; its reader had agreed already."""
    exhibit = visit.subject()
    if visit.step.screen != steps.COMMENT or exhibit is None:
        return
    visit.session.privacy_read = True
    visit.session.drafts.setdefault(exhibit.id, text[: 2 * LONGEST])
    await visit.show()
