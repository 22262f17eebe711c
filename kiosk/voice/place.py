"""Where a voice was given: carried by every ballot, comment and report."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

HUB = "hub"
"""The origin of what is given at the hub itself, by phone."""


class Channel(StrEnum):
    """How a voice came in; results are always split by it."""

    TOUCHSCREEN = "touchscreen"
    PHONE = "phone"
    CARD = "card"
    GROUP = "group"


class Place(Struct, frozen=True, array_like=True):
    """Exhibition, city (id), place (name of the screen's spot), channel, and origin.

    *origin* is the id of the kiosk whose database took the voice first, or :data:`HUB`.
    """

    exhibition: str
    city: str
    place: str
    channel: str
    origin: str = HUB

    def as_row(self) -> dict[str, str]:
        """Its columns, as every voice's table has them."""
        return {
            "exhibition": self.exhibition,
            "city": self.city,
            "place": self.place,
            "channel": self.channel,
            "origin": self.origin,
        }
