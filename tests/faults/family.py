"""A fault family: one kind of harm done to the product again and again, and what was lost by it.

`make test` runs each family's small number, `make faults` its full one. A family's control is the
product with one setting changed for the worse: where it finds no loss, the harness is blind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Found:
    """What one trial, or many together, came to.

    *trials* counts in the family's unit: a trial that makes 500 images counts 500. *acknowledged*
    is what clients outside the victim were told is kept, *lost* how much of that is nowhere.
    *notes* are further counts to print, such as ``{"told": 3, "harmless": 97}``.
    """

    trials: int
    acknowledged: int
    lost: int
    notes: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Found) -> Found:
        """Both together."""
        return Found(
            self.trials + other.trials,
            self.acknowledged + other.acknowledged,
            self.lost + other.lost,
            dict(Counter(self.notes) + Counter(other.notes)),
        )


NOTHING = Found(0, 0, 0)

Trial = Callable[[int, Path], Found]
"""Does the harm once: takes the trial's number, which seeds everything that can be seeded, and an
empty folder of its own, which is removed afterwards.

Raises AssertionError with what is broken (see ``tests.faults.checker``)."""


def _possible() -> str:
    return ""


@dataclass(frozen=True)
class Family:
    """One kind of harm; *small* and *full* are how many units the two runs make.

    *control* names in *control_is* what it has changed, must lose, and reports how much; it may
    take *control_tries* numbers until it does. *impossible* returns why the family cannot run on
    this machine, empty where it can.
    """

    name: str
    unit: str
    small: int
    full: int
    trial: Trial
    control: Trial
    control_is: str
    control_tries: int = 10
    impossible: Callable[[], str] = _possible


def together(found: Iterable[Found]) -> Found:
    """Add up what several trials found."""
    return sum(found, NOTHING)
