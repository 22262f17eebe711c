"""The ways in which a screen fits itself to one visitor, forgotten when the visit ends."""

from __future__ import annotations

from dataclasses import dataclass, field

LOW = "low"
"""Everything that is touched lies in the lower third."""
LARGE = "large"
"""A capital H is at least 7.3 mm high (EN 301 549, 5.1.4: 0.7° from 60 cm)."""
CONTRAST = "contrast"
EASY = "easy"
"""Texts in easy language, where the exhibition has them."""
ALOUD = "aloud"
CALM = "calm"
"""Nothing moves."""

NAMES = (LARGE, CONTRAST, ALOUD, EASY, LOW, CALM)
"""In the order in which they are offered."""

CAPITAL_MM = 7.3
"""Height of a capital H in large text, in millimetres."""

CAPITAL_EM = 0.66
"""Height of a capital H of the flattest bundled font (Source Serif 4: 0.67), in ems."""

SMALLEST_REM = 1.2
"""Size of the smallest text of a screen in large text, in rems."""

USUAL_RATE, FASTEST_RATE = 3, 6
"""Places among the speeds at which aloud.js reads."""
LOUDEST = 5
"""The last place among the parts of the screen's volume that sound.js knows: all of it."""


@dataclass(slots=True)
class Modes:
    """Which of them one visitor has chosen."""

    chosen: set[str] = field(default_factory=set)
    rate: int = USUAL_RATE
    """How fast it reads aloud, 0 the slowest."""
    loudness: int = LOUDEST
    """How loud it reads and plays, 0 the quietest."""

    def __contains__(self, name: str) -> bool:
        return name in self.chosen

    def choose(self, name: str, *, on: bool) -> None:
        """Take a mode or leave it; an unknown name is passed over."""
        if on and name in NAMES:
            self.chosen.add(name)
        else:
            self.chosen.discard(name)

    def read_at(self, rate: int) -> None:
        """Read aloud as fast as that, or as near to it as there is."""
        self.rate = max(0, min(rate, FASTEST_RATE))

    def sound_at(self, loudness: int) -> None:
        """Be as loud as that, or as near to it as there is."""
        self.loudness = max(0, min(loudness, LOUDEST))

    def text(self) -> str:
        """What stands in ``data-modes`` at the page's root, such as ``large contrast``."""
        return " ".join(name for name in NAMES if name in self.chosen)


def style(screen_width_mm: int) -> str:
    """Return the style sheet's number by which large text is as large as it must be here.

    ``--large`` is the share of the screen's width that one rem takes: with it the smallest text's
    capitals are :data:`CAPITAL_MM` high on a screen as wide as declared (in millimetres).
    """
    em_mm = CAPITAL_MM / CAPITAL_EM
    return f":root{{--large:{em_mm / SMALLEST_REM / screen_width_mm:.6f}}}"
