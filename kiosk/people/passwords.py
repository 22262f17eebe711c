"""Passwords of staff: hashed with Argon2id, checked in as much time for an unknown name."""

from __future__ import annotations

import asyncio
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.errors import InvalidText, Overloaded

SHORTEST = 12
"""Characters of a password that a person chooses (NIST SP 800-63B asks for at least 8)."""

LONGEST = 256
"""Characters; more would only let a stranger keep the machine busy."""

MOST_IN_LINE = 40
"""Checks under way or waiting: about two seconds' worth. A flood of names makes nobody wait longer,
and is not remembered: who was sent away may come again at once."""

_WORDS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_hasher = PasswordHasher()
_AT_ONCE = asyncio.Semaphore(2)
_line: set[object] = set()
"""Who is being checked, and who waits for it."""


@cache
def _nobody() -> str:
    """A hash for names that there are not; made at the first check: it takes its time."""
    return _hasher.hash("nobody has this password")


def new_password() -> str:
    """Return a random password that can be read aloud: four groups of four, 80 bits."""
    return "-".join("".join(secrets.choice(_WORDS) for _ in range(4)) for _ in range(4))


def hash_password(password: str) -> str:
    """Return what is stored in place of a password; takes about 50 ms.

    Raises:
        InvalidText: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidText(
            "A password has {least} to {most} characters.",
            "Choose a longer one, such as four unrelated words.",
            least=SHORTEST,
            most=LONGEST,
        )
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether *password* belongs to *stored*; takes as long where nothing is stored."""
    if len(password) > LONGEST:
        return False
    nobodys = _nobody()  # whoever is first waits for it, known or not
    try:
        _hasher.verify(stored or nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(stored)


async def matches_aside(stored: str | None, password: str) -> bool:
    """:func:`matches` in a thread, two at a time, so that the desk's screens do not wait for it.

    Raises:
        Overloaded: too many wait already; nothing was checked.
    """
    must_have_room()
    place = object()
    _line.add(place)
    try:
        async with _AT_ONCE:
            return await asyncio.to_thread(matches, stored, password)
    finally:
        _line.discard(place)


def must_have_room() -> None:
    """Say so while too many wait for a check.

    Raises:
        Overloaded: there is no room; it costs nobody a try.
    """
    if len(_line) >= MOST_IN_LINE:
        raise Overloaded(
            "This cannot be done just now. Nothing was kept.", "Try again in a moment."
        )
