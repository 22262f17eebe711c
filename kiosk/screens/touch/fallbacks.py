"""The note above a step that says, once, which languages stand in for the visitor's own."""

from __future__ import annotations

from kiosk.exhibition.localized import EASY, Shown
from kiosk.locale.translator import Translator
from kiosk.screens.widgets.markup import Tag


class FallbackNote:
    """Unseen as long as every text of the step is in the visitor's language."""

    def __init__(self, t: Translator) -> None:
        self._t = t
        self._languages: list[str] = []
        self._note: Tag | None = None

    def begin(self) -> None:
        """Forget the step before: another is about to be drawn."""
        self._languages.clear()
        self._note = None

    def draw(self) -> None:
        """Put the note into the page; what was seen since the step began counts already."""
        if self._note is not None:  # drawn anew without another beginning, as attract's turns are
            self._languages.clear()
        self._note = Tag("p", "", "translated stands-in", hidden="")
        self._say()

    def seen(self, text: Shown) -> Shown:
        """Note the language of a text that the visitor is shown, and return the text."""
        language = text.language.removesuffix(EASY)
        if text and text.fallback and language not in self._languages:
            self._languages.append(language)
            self._say()
        return text

    def _say(self) -> None:
        if self._note is None or not self._languages:
            return
        t = self._t
        names = t.list(t.language_name(each) for each in self._languages)
        self._note.props.pop("hidden", None)
        self._note.say(t("Not yet in your language; shown in {language}.", language=names))
