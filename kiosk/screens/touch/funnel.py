"""How far visits got: added up when one ends, and of no visit is anything kept but that it was."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from kiosk.screens.touch.session import Session
from kiosk.screens.touch.step import ATTRACT
from kiosk.voice.funnel import Count, Stage

Key = tuple[str, str, str]
"""Exhibition, stage, subject."""


class Funnel:
    """What was counted since it was last written."""

    def __init__(self) -> None:
        self.numbers: Counter[Key] = Counter()
        self.seconds: Counter[Key] = Counter()

    def ended(self, session: Session) -> None:
        """Add a visit that is over."""
        session.leave(session.touched)
        seen = {step.exhibition for step in session.trail if step.screen != ATTRACT}
        for exhibition in seen:
            self.numbers[exhibition, Stage.VISIT, ""] += 1
        for exhibition in {exhibition for exhibition, _ in session.looked_at}:
            self.numbers[exhibition, Stage.EXHIBIT, ""] += 1
        for (exhibition, exhibit), (times, seconds) in session.looked_at.items():
            self.numbers[exhibition, Stage.OPENED, exhibit] += times
            self.seconds[exhibition, Stage.OPENED, exhibit] += round(seconds)
        for exhibition in {question.partition("/")[0] for question in session.ballots}:
            self.numbers[exhibition, Stage.VOTE, ""] += 1
        if session.receipt is not None and session.trail:
            self.numbers[session.trail[-1].exhibition, Stage.COMMENT, ""] += 1

    def take(self) -> dict[str, tuple[Count, ...]]:
        """Return what was counted, by exhibition, and begin anew."""
        counts: dict[str, list[Count]] = defaultdict(list)
        for key, number in self.numbers.items():
            exhibition, stage, subject = key
            counts[exhibition].append(Count(stage, subject, number, self.seconds[key]))
        self.numbers.clear()
        self.seconds.clear()
        return {exhibition: tuple(each) for exhibition, each in counts.items()}

    def give_back(self, counted: Mapping[str, tuple[Count, ...]]) -> None:
        """Count again what could not be written down."""
        for exhibition, counts in counted.items():
            for count in counts:
                key = (exhibition, count.stage, count.subject)
                self.numbers[key] += count.number
                self.seconds[key] += count.seconds
