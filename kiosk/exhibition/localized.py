"""One text in several languages, and which of them a visitor is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kiosk.locale.languages import direction

__all__ = ["EASY", "NOTHING", "Localized", "Shown", "Written", "direction"]

EASY = "-simple"
"""Ends the tag of easy language: ``de-simple`` (variant "simple" of the IANA registry, BCP 47)."""


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

    @property
    def easy(self) -> bool:
        """Whether it is in easy language."""
        return self.language.endswith(EASY)

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Shown("", "", fallback=False)


@dataclass(frozen=True, slots=True)
class Localized:
    """One text by language code; an empty one is false."""

    by_language: Mapping[str, Written] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def pick(self, language: str, fallbacks: Sequence[str] = (), *, easy: bool = False) -> Shown:
        """Return the text in *language*, else in the first of *fallbacks* that has it, else any.

        *easy* asks for easy language first; where there is none, the text is as it is.
        """
        wishes = (language, *fallbacks, *self.by_language)
        for wanted in (f"{language}{EASY}", *wishes) if easy else wishes:
            written = self.by_language.get(wanted)
            if written is not None:
                return Shown(
                    written.text,
                    wanted,
                    fallback=wanted.removesuffix(EASY) != language,
                    status=written.status,
                    translated_from=written.translated_from,
                )
        return NOTHING

    def languages(self) -> frozenset[str]:
        """The codes of the languages that this text exists in."""
        return frozenset(self.by_language)

    @property
    def has_easy(self) -> bool:
        """Whether it exists in easy language, whichever."""
        return any(code.endswith(EASY) for code in self.by_language)
