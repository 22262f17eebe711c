"""What a question's ballots add up to, split by channel, city and place; pure arithmetic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kiosk.voice.place import Place

BALLOTS = "*"
"""The choice under which a tally counts ballots: with several choices each they add up to more."""


@dataclass(frozen=True, slots=True)
class Line:
    """One counted choice of one origin, city, place and channel."""

    origin: str
    city: str
    place: str
    channel: str
    choice: str
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on one question. Votes are not people: screens say votes."""

    question: str
    by_choice: Mapping[str, int] = field(default_factory=dict)
    by_channel: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    by_city: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def ballots(self) -> int:
        """How many ballots count."""
        return self.by_choice.get(BALLOTS, 0)

    def of(self, choice: str) -> int:
        """How many ballots chose *choice*."""
        return self.by_choice.get(choice, 0)


def add_up(question: str, lines: Iterable[Line]) -> Tally:
    """Sum the lines of every origin."""
    by_choice: Counter[str] = Counter()
    by_channel: dict[str, Counter[str]] = {}
    by_city: dict[str, Counter[str]] = {}
    for line in lines:
        if not line.count:
            continue
        by_choice[line.choice] += line.count
        by_channel.setdefault(line.channel, Counter())[line.choice] += line.count
        by_city.setdefault(line.city, Counter())[line.choice] += line.count
    return Tally(question, by_choice, by_channel, by_city)


def difference(before: tuple[str, ...] | None, after: tuple[str, ...]) -> dict[str, int]:
    """Return by how much each choice's count moves when a ballot takes the place of another."""
    moved: Counter[str] = Counter()
    for choice in counted_as(before or ()):
        moved[choice] -= 1
    for choice in counted_as(after):
        moved[choice] += 1
    return {choice: by for choice, by in moved.items() if by}


def recount(ballots: Iterable[tuple[Place, tuple[str, ...]]]) -> list[Line]:
    """Count ballots afresh; the stored tally must equal this (architecture.md, rule 4)."""
    counts: Counter[tuple[str, str, str, str, str]] = Counter()
    for place, choices in ballots:
        for choice in counted_as(choices):
            counts[place.origin, place.city, place.place, place.channel, choice] += 1
    return [Line(*key, count) for key, count in sorted(counts.items())]


def counted_as(choices: tuple[str, ...]) -> tuple[str, ...]:
    """Return what one more ballot with these choices adds one to; one withdrawn adds nothing."""
    return (*choices, BALLOTS) if choices else ()
