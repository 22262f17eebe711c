"""How long a code that others could copy stays on the screen, and a touch that keeps it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from math import ceil
from typing import TYPE_CHECKING

from kiosk.screens.widgets.markup import Tag, button

if TYPE_CHECKING:
    from kiosk.screens.touch.visit import Visit


class Countdown:
    """A sentence and a bar that tell the seconds left, *until* by the machine's time since boot."""

    def __init__(self, visit: Visit, until: float, whole: float) -> None:
        self._visit = visit
        self._until = until
        self._whole = whole
        self._said = Tag("p", "", "hint")
        with Tag("div", None, "countdown", aria_hidden="true"):
            self._bar = Tag("div")
        self.tick()

    @property
    def left(self) -> float:
        """Seconds left; 0 when the time is over."""
        return max(0.0, self._until - self._visit.context.sessions.since_boot())

    def tick(self) -> None:
        """Say how much is left now."""
        self._said.say(
            self._visit.t.plural(
                "It disappears from this screen in {n} second.",
                "It disappears from this screen in {n} seconds.",
                ceil(self.left),
            )
        )
        self._bar.style(f"transform:scaleX({self.left / self._whole:.3f})")


def longer(visit: Visit, seconds: float, prolong: Callable[[], Awaitable[None]]) -> Tag:
    """Put the button on the screen that keeps the code, as often as it is asked for (WCAG 2.2.1).

    From the touch on the code has its whole time again, never more: who leaves then leaves no code
    that stays for longer than before.
    """
    t, n = visit.t, round(seconds)
    words = t.plural("Show it for another {n} second", "Show it for another {n} seconds", n)

    async def pressed() -> None:
        if visit.here():
            await prolong()

    return button(words, pressed, "knob", "clock", data_longer="")
