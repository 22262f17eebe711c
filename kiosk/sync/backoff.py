"""How long to wait before the next try: doubling with jitter, so that kiosks spread out."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

FIRST = 0.5
LONGEST = 30.0


@dataclass(slots=True)
class Backoff:
    """Seconds to wait after each failure in a row; from a half to all of a doubling span."""

    first: float = FIRST
    longest: float = LONGEST
    failures: int = 0
    chance: random.Random = field(default_factory=random.Random)

    def failed(self) -> float:
        """Count a failure and return the seconds to wait."""
        span = min(self.longest, self.first * 2.0**self.failures)
        self.failures += 1
        return span * self.chance.uniform(0.5, 1.0)

    def succeeded(self) -> None:
        """Forget the failures."""
        self.failures = 0
