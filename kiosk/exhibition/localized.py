"""One text in several languages, and which of them a visitor is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.locale.languages import direction

__all__ = ["NOTHING", "Localized", "Shown", "Written", "direction"]


@dataclass(frozen=True, slots=True)
class Written:
    """A text in one language and who put it there.

    *status* is the translator's standing: ``original``, ``machine, unreviewed``, ``reviewed``.
    """

    text: str
    status: str = "original"
    translated_from: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a visitor reads: the text, its own language and whether it is only a fallback."""

    text: str
    language: str
    fallback: bool
    status: str = "original"
    translated_from: str = ""

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``, for the fragment's ``dir`` attribute."""
        return direction(self.language)

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Shown("", "", fallback=False)


@dataclass(frozen=True, slots=True)
class Localized:
    """One text by language code; an empty one is false."""

    by_language: Mapping[str, Written] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def pick(self, language: str, fallbacks: Sequence[str] = ()) -> Shown:
        """Return the text in *language*, else in the first of *fallbacks* that has it, else any."""
        for wanted in (language, *fallbacks, *self.by_language):
            written = self.by_language.get(wanted)
            if written is not None:
                return Shown(
                    written.text,
                    wanted,
                    fallback=wanted != language,
                    status=written.status,
                    translated_from=written.translated_from,
                )
        return NOTHING

    def languages(self) -> frozenset[str]:
        """The codes of the languages that this text exists in."""
        return frozenset(self.by_language)
