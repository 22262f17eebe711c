"""One text in several languages, and which of them a visitor is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass

from kiosk.locale.languages import direction

__all__ = ["EASY", "NOTHING", "Localized", "Shown", "Written", "direction", "texts_within"]

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


def texts_within(value: object) -> Iterator[Localized]:
    """Yield every text in an exhibition, an exhibit or a part of one, however deep it lies.

    Details that come later are looked through as well: nobody lists their fields.
    """
    if isinstance(value, Localized):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_within(part)
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from texts_within(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from texts_within(getattr(value, each.name))
