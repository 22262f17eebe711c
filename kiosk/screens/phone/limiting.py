"""How much one ticket or one screen may send: never by network address, a hall shares one."""

from __future__ import annotations

from dataclasses import dataclass, field

from limits import RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter

from kiosk.errors import KioskError
from kiosk.screens.phone.windows import Windows


class TooOften(KioskError):
    """One ticket or screen sends more than people can."""

    code = "too-often"
    status = 429


class Quota(RateLimitItemPerMinute):
    """So many acts in so many minutes, counted under a short key: the library's own is long."""

    def key_for(self, *identifiers: bytes | str | float) -> str:
        """Return the key of one ticket or screen; the namespace tells quotas apart."""
        return f"{self.namespace}/{identifiers[0]!s}"


PER_TICKET = {
    "vote": Quota(30, 1, "ticket votes"),
    "comment": Quota(4, 10, "ticket comments"),
    "report": Quota(4, 10, "ticket reports"),
    "support": Quota(30, 1, "ticket support"),
}
"""What one phone may do; a changed mind and a double tap stay far below."""

PER_SCREEN = {
    "vote": Quota(20_000, 1, "screen votes"),
    "comment": Quota(300, 10, "screen comments"),
    "report": Quota(120, 10, "screen reports"),
    "support": Quota(20_000, 1, "screen support"),
}
"""What all phones at one screen may do: a full hall votes at once and is not held up."""


@dataclass(eq=False)
class Limits:
    """Counts in memory: gone with the process, and nothing personal is written anywhere."""

    _limiter: FixedWindowRateLimiter = field(
        default_factory=lambda: FixedWindowRateLimiter(Windows())
    )

    def check(self, act: str, ticket: str, screen: int) -> None:
        """Count one act (``vote``, ``comment``, ``report``, ``support``).

        Raises:
            TooOften: the ticket or the screen has sent too much.
        """
        hit = self._limiter.hit
        if hit(PER_TICKET[act], ticket) and hit(PER_SCREEN[act], str(screen)):
            return
        cure = "Wait a few minutes, then send it again."
        raise TooOften("That was a lot at once.", cure, act=act)
