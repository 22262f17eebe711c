"""How far visits get: counters by day and screen, and how they are shown so that none is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

FEWEST = 5
"""Figures below are shown as "under 5", all others rounded to the nearest five: a small one could
point at one person, and the difference of two exact ones too."""


class Stage(StrEnum):
    """What is counted; all but the last two once a visit at most."""

    VISIT = "visit"
    EXHIBIT = "exhibit"
    VOTE = "vote"
    COMMENT = "comment"
    RECEIPT = "receipt"
    """A receipt was opened on a phone."""
    OPENED = "opened"
    """An exhibit was opened; with the seconds that it was looked at."""


@dataclass(frozen=True, slots=True)
class Count:
    """One counter: *subject* is an exhibit's id where the stage is about one."""

    stage: str
    subject: str
    number: int
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """The counters of one day (ISO 8601, where the screen stands) at one screen."""

    day: str
    origin: str
    exhibition: str
    counts: tuple[Count, ...]

    def of(self, stage: Stage) -> int:
        """How many of a stage."""
        return total(self.counts, stage)


def total(counts: Iterable[Count], stage: Stage) -> int:
    """Add up a stage."""
    return sum(count.number for count in counts if count.stage == stage)


def rounded(number: int) -> int | None:
    """Return a figure as it may be shown: None for "under 5", else to the nearest five; 0 is 0."""
    if number == 0:
        return 0
    return None if number < FEWEST else FEWEST * round(number / FEWEST)
