"""What the map shows of an exhibition: which cities are chosen, and which part of the Earth."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from kiosk.exhibition.model import CityDetails, Exhibit, Exhibition, Kind
from kiosk.locale.translator import Translator
from kiosk.screens.touch.ways.city_holds import Holds
from kiosk.screens.widgets.map_projection import Frame, Point

ALL = "all"
SIGNED = "signed"
HOSTED = "hosted"
SPOKE = "spoke"
PRACTICES = "practices"
COMMITMENTS = "commitments"
WORDS = "words"
VOICES = "voices"

CHOICES = (ALL, SIGNED, HOSTED, SPOKE, PRACTICES, COMMITMENTS, WORDS, VOICES)
"""By what the cities on the map can be chosen, in the order of the buttons."""

_ROLES = {SIGNED: "signatory", HOSTED: "host", SPOKE: "spoke"}


@dataclass(frozen=True, slots=True)
class View:
    """A view of the map; *frame* None is the whole of it. Its text is the subject of a step."""

    choice: str = ALL
    frame: Frame | None = None

    @classmethod
    def parse(cls, subject: str) -> View | None:
        """Read a step's subject: ``""``, ``practices``, ``31_-8_56_34`` or both, joined by _."""
        if not subject:
            return cls()
        first, _, rest = subject.partition("_")
        if first in CHOICES:
            if subject == first:
                return cls(first)
            frame = Frame.parse(rest)
            return cls(first, frame) if frame else None
        frame = Frame.parse(subject)
        return cls(ALL, frame) if frame else None

    def __str__(self) -> str:
        """The subject of the step that shows this view."""
        parts = [self.choice] if self.choice != ALL else []
        return "_".join([*parts, *([str(self.frame)] if self.frame else [])])

    def whole(self) -> View:
        """The same cities on the whole map."""
        return replace(self, frame=None)

    def closer(self, frame: Frame) -> View:
        """The same cities in a part of it."""
        return replace(self, frame=frame)


def place(city: Exhibit) -> Point:
    """Return a city's longitude and latitude in degrees."""
    details = city.details
    assert isinstance(details, CityDetails)
    return details.longitude, details.latitude


def cities(exhibition: Exhibition) -> tuple[Exhibit, ...]:
    """Return every city that has a place on the map."""
    return tuple(e for e in exhibition.of_kind(Kind.CITY) if isinstance(e.details, CityDetails))


def chosen(
    exhibition: Exhibition, choice: str, held: Mapping[str, Holds], voices: Collection[str]
) -> tuple[Exhibit, ...]:
    """Return the cities of a choice; *voices* are those with published ones."""
    return tuple(
        city for city in cities(exhibition) if _belongs(city, choice, held[city.id], voices)
    )


def _belongs(city: Exhibit, choice: str, holds: Holds, voices: Collection[str]) -> bool:
    details = city.details
    assert isinstance(details, CityDetails)
    if choice in _ROLES:
        return _ROLES[choice] in details.roles
    by_what = {PRACTICES: holds.practices, COMMITMENTS: holds.commitments, WORDS: holds.words}
    if choice in by_what:
        return bool(by_what[choice])
    return choice == ALL or city.id in voices


def label(t: Translator, choice: str) -> str:
    """Return a choice's name as its button says it."""
    return {
        ALL: t("All cities"),
        SIGNED: t("Signed the Declaration"),
        HOSTED: t("Hosted a summit"),
        SPOKE: t("Spoke on a topic"),
        PRACTICES: t("Good practices"),
        COMMITMENTS: t("Commitments"),
        WORDS: t("Officials’ words"),
        VOICES: t("Voices"),
    }[choice]


def nothing(t: Translator, choice: str) -> str:
    """Return what is said where no city belongs to a choice."""
    return {
        SIGNED: t("No city here has signed a declaration yet."),
        HOSTED: t("No city here has hosted a summit yet."),
        SPOKE: t("Which city spoke on which topic is not known here yet."),
        PRACTICES: t("No city shows a good practice here yet."),
        COMMITMENTS: t("No city shows a commitment here yet."),
        WORDS: t("No official’s word is shown here yet."),
        VOICES: t("Nobody has spoken about a city yet. Choose one: yours can be the first voice."),
    }.get(choice, t("No city is shown here yet."))
