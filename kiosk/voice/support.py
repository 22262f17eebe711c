"""Support: a resident's agreement with another's comment, once each, taken back by a second touch.

It never moves moderation, and it counts touches, not people: screens say “supported 12 times”.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kiosk.voice.place import Place


@dataclass(frozen=True, slots=True)
class Support:
    """What a participant sends: *id* made by the client, *given* false takes it back.

    *seq* is the kiosk's sequence number, 0 for a phone; *given_at* is for display only.
    """

    id: str
    comment: str
    participant: str
    given: bool
    place: Place
    given_at: datetime
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """How often a comment was supported from one origin, city, place and channel."""

    origin: str
    city: str
    place: str
    channel: str
    count: int


def moved(before: bool | None, given: bool) -> int:
    """Return by how much a count moves when support stands after *before* (None: never given)."""
    return int(given) - int(before or False)


def by_channel(lines: Iterable[Line]) -> Mapping[str, int]:
    """Add the lines of every origin up, split by channel as every result is."""
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.channel] = counts.get(line.channel, 0) + line.count
    return {channel: count for channel, count in sorted(counts.items()) if count}
