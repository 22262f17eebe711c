"""Logging in and out at the desk: a random token in a cookie, its hash on the server."""

from __future__ import annotations

from datetime import datetime, timedelta

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import Connection

from kiosk import ids
from kiosk.errors import KioskError
from kiosk.people import staff_session_store, staff_store
from kiosk.people.staff import Actor

LASTS = timedelta(hours=12)
"""From the login, however busy."""

IDLE = timedelta(hours=1)
"""Without anything done."""

NOTED_EVERY = timedelta(minutes=1)
"""How often a session in use is written down as such."""


class TooManyTries(KioskError):
    """A user name was tried too often; nobody can tell a guesser from its owner."""

    code = "too-many-tries"
    status = 429


class Throttle:
    """Counts tries by user name: a town hall shares one address, and an attacker has many."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._limits = (RateLimitItemPerMinute(5), RateLimitItemPerHour(30))

    def check(self, user_name: str) -> None:
        """Count one try.

        Raises:
            TooManyTries: five in a minute or thirty in an hour are used up.
        """
        name = ids.digest(user_name.casefold())
        if not all(self._limiter.hit(limit, "login", name) for limit in self._limits):
            raise TooManyTries(
                "This name was tried too often.", "Wait a minute, then try once more."
            )

    def forget(self, user_name: str) -> None:
        """Start counting anew after a right password."""
        name = ids.digest(user_name.casefold())
        for limit in self._limits:
            self._limiter.clear(limit, "login", name)


def begin(connection: Connection, staff: str, now: datetime, old_token: str = "") -> str:
    """Begin a session and return its token; one that the browser already had ends here."""
    if old_token:
        staff_session_store.end(connection, ids.digest(old_token))
    token = ids.to_code(ids.secret(20))
    staff_session_store.add(connection, ids.digest(token), staff, now, now + LASTS)
    staff_session_store.end_old(connection, now, now - IDLE)
    return token


def actor_of(connection: Connection, token: str, now: datetime) -> Actor | None:
    """Return who this token belongs to, with her grants of this moment; None when it is over."""
    found = staff_session_store.valid(connection, ids.digest(token), now, now - IDLE)
    return staff_store.actor(connection, found[0]) if found else None


def needs_note(connection: Connection, token: str, now: datetime) -> bool:
    """Whether the last note of its use is old enough to write a new one."""
    found = staff_session_store.valid(connection, ids.digest(token), now, now - IDLE)
    return found is not None and now - found[1] > NOTED_EVERY


def note_use(connection: Connection, token: str, now: datetime) -> None:
    """Write down that the session is in use."""
    staff_session_store.seen(connection, ids.digest(token), now)


def end(connection: Connection, token: str) -> None:
    """Log out."""
    staff_session_store.end(connection, ids.digest(token))
