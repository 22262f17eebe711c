"""How large the field of a map is on this screen, and the targets that fit it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.screens.widgets.map_spread import Room

LEAST_TARGET = 44.0
"""CSS pixels that a target measures at least, however small the screen."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Width and height of the field in rem, and the CSS pixels of a rem."""

    wide: float
    high: float
    rem: float

    def room(self) -> Room:
        """Return the space for the map, with targets that are large enough here."""
        return Room(
            self.wide,
            self.high,
            name=max(3.6, LEAST_TARGET / self.rem),
            group=max(5.0, LEAST_TARGET / self.rem),
        )

    def differs(self, other: Measure) -> bool:
        """Whether what was drawn for the other would stand noticeably wrong here."""
        return (
            abs(self.wide - other.wide) > 0.4
            or abs(self.high - other.high) > 0.4
            or self.rem != other.rem
        )


USUAL = Measure(68.0, 34.0, 16.0)
"""A screen of 1920 × 1080 until the first field has told its size."""
