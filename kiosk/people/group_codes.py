"""A facilitator's code: eight digits, kept as a slow hash, that open group mode for some days."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from kiosk.errors import Forbidden
from kiosk.people import group_code_store
from kiosk.people.group_code_store import GroupCode

DIGITS = 8
"""Digits: a screen shows the same number pad in every script, and a class sees them typed."""

LASTS = {"day": timedelta(days=1), "week": timedelta(days=7), "month": timedelta(days=31)}
"""For how long a code can be made; none is good for ever."""

_ROUNDS, _BLOCK = 2**14, 8
"""scrypt with 16 MiB, about 40 ms: whoever has the hash alone needs weeks for all codes."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new code's *digits*, to be shown once, and the *hash* that is kept."""

    digits: str
    hash: str


def fresh(exhibition: str) -> Fresh:
    """Return a random code for an exhibition; takes about 40 ms, so not in a transaction."""
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    return Fresh(digits, digest(digits, exhibition))


def grouped(code: str) -> str:
    """Return a code as people read it aloud: ``4821 7306``."""
    return f"{code[:4]} {code[4:]}"


def tidy(typed: str) -> str:
    """Return a typed code's digits in ASCII, or nothing where it cannot be a code."""
    digits = "".join(str(int(c)) for c in typed if c.isdigit() and c.isdecimal())
    return digits if len(digits) == DIGITS else ""


def digest(code: str, exhibition: str) -> str:
    """Return what is kept in place of a code, in hexadecimal; takes about 40 ms.

    The exhibition is the salt: the hash must be found by the digits alone, and lives for days.
    """
    salt = f"group\0{exhibition}".encode()
    hashed = hashlib.scrypt(
        code.encode(), salt=salt, n=_ROUNDS, r=_BLOCK, p=1, maxmem=64 * 1024 * 1024, dklen=32
    )
    return hashed.hex()


def good(
    connection: Connection, code_hash: str, exhibition: str, city: str, now: datetime
) -> GroupCode:
    """Return the code that opens group mode in a city.

    Raises:
        Forbidden: none does; the same is said of an unknown, an expired and a revoked one.
    """
    found = group_code_store.by_hash(connection, code_hash, exhibition)
    for code in found:
        if code.is_good(city, now):
            return code
    raise Forbidden("This code does not open group mode.", "Type it again, or ask the town hall.")


def still_stands(connection: Connection, code: str) -> None:
    """Raise where the code of a session that is under way was revoked meanwhile.

    That it expired meanwhile ends no lesson.

    Raises:
        Forbidden: it was revoked, or is not known here any more.
    """
    found = group_code_store.get(connection, code)
    if found is None or found.revoked_at is not None:
        raise Forbidden("This group’s code was taken back.", "Ask the town hall for another.")
