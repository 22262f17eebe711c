"""Signed codes that open a vote: what a QR code carries, what can be typed, and form tickets.

A code is 20 bytes, written as 32 characters of Crockford's base32: version and kind (4 bits each),
kiosk number 2, target 3, step 3, counter 1, HMAC-SHA256 of these ten under the kiosk's key cut to
10. It is checked without any network, and upper case keeps the QR code at 29 × 29 modules.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from kiosk import ids
from kiosk.errors import InvalidToken

VERSION = 1
OCTETS = 20
CODE_LENGTH = 32
SHORT_LENGTH = 6
STEP_SECONDS = 30
EARLIEST, LATEST = -2, 1
"""Steps around the present one in which a screen's code is taken (clocks differ)."""

_STEPS = 1 << 24
_SIGNED = 10

KeyOf = Callable[[int], "bytes | None"]
"""The key of a kiosk by its number, None where no such kiosk is enrolled."""

WHOLE = bytes(3)
"""The target of a code that opens the whole exhibition."""


class Kind(IntEnum):
    """What carries the code; only a screen's code grows old."""

    SCREEN = 1
    POSTER = 2
    CARD = 3
    GROUP = 4


_KINDS = frozenset(int(kind) for kind in Kind)


@dataclass(frozen=True, slots=True)
class Token:
    """A code that was read and found genuine; *target* is 3 bytes (see :func:`target_of`)."""

    kiosk: int
    kind: Kind
    target: bytes
    step: int
    counter: int
    expired: bool


def target_of(question: str = "", exhibit: str = "", exhibition: str = "") -> bytes:
    """Return the 3 bytes that stand for a question or an exhibit's page; neither: the whole.

    *exhibition* is named where it is not the screen's own: another may have such an exhibit.
    """
    page = f"exhibit:{exhibition}/{exhibit}" if exhibition else f"exhibit:{exhibit}"
    whole = f"exhibition:{exhibition}" if exhibition else ""
    name = question or (page if exhibit else whole)
    if not name:
        return WHOLE
    short = hashlib.sha256(name.encode()).digest()[:3]
    return short if short != WHOLE else b"\0\0\1"


def step_at(moment: datetime) -> int:
    """Return the step of 30 s that *moment* lies in, counted modulo 2**24 (about 16 years)."""
    return int(moment.timestamp()) // STEP_SECONDS % _STEPS


def issue(
    key: bytes, kiosk: int, kind: Kind, target: bytes, now: datetime, counter: int = 0
) -> str:
    """Return a code of 32 characters; posters, cards and group codes carry step 0: no expiry.

    *counter* (0 … 255) tells apart codes of the same step, or cards of one bundle.
    """
    step = step_at(now) if kind is Kind.SCREEN else 0
    head = bytes([VERSION << 4 | kind]) + kiosk.to_bytes(2) + target + step.to_bytes(3)
    head += bytes([counter])
    return ids.to_code(head + _mac(key, head))


def read(code: str, key_of: KeyOf, now: datetime) -> Token:
    """Read a scanned or typed code.

    A genuine code past its steps is returned as *expired*: it still lets one read.

    Raises:
        InvalidToken: it is mistyped, forged, of another version or of an unknown kiosk.
    """
    try:
        raw = ids.from_code(code)
    except ValueError:
        raise InvalidToken("This code is mistyped.", "Compare it with the screen.") from None
    if len(raw) != OCTETS or raw[0] >> 4 != VERSION or raw[0] & 15 not in _KINDS:
        raise InvalidToken("This code is mistyped.", "Compare it with the screen.")
    kiosk = int.from_bytes(raw[1:3])
    key = key_of(kiosk)
    if key is None or not hmac.compare_digest(raw[_SIGNED:], _mac(key, raw[:_SIGNED])):
        raise InvalidToken("No screen of this exhibition wrote this code.", "Scan it again.")
    kind, step = Kind(raw[0] & 15), int.from_bytes(raw[6:9])
    expired = kind is Kind.SCREEN and not _in_time(step, now)
    return Token(kiosk, kind, raw[3:6], step, raw[9], expired)


def _in_time(step: int, now: datetime) -> bool:
    ahead = (step - step_at(now) + _STEPS // 2) % _STEPS - _STEPS // 2
    return EARLIEST <= ahead <= LATEST


def _mac(key: bytes, head: bytes) -> bytes:
    return hmac.digest(key, b"token\0" + head, hashlib.sha256)[: OCTETS - _SIGNED]


def short_code(key: bytes, target: bytes) -> str:
    """Return the 6 characters that a person types instead of scanning: fixed for screen, target."""
    number = int.from_bytes(hmac.digest(key, b"short\0" + target, hashlib.sha256)[:4]) >> 2
    places = (number >> 5 * place & 31 for place in range(SHORT_LENGTH - 1, -1, -1))
    return "".join(ids.CROCKFORD[place] for place in places)


def tidy_short(code: str) -> str:
    """Return a typed short code as :func:`short_code` writes it, or "" if it cannot be one."""
    tidy = ids.tidy_code(code)
    fits = len(tidy) == SHORT_LENGTH and all(c in ids.CROCKFORD for c in tidy)
    return tidy if fits else ""


def short_codes(
    keys: Mapping[int, bytes], targets: Iterable[bytes]
) -> dict[str, tuple[int, bytes]]:
    """Return (kiosk number, target) by short code, over every pair; the lower number keeps it."""
    wanted = tuple(targets)
    found: dict[str, tuple[int, bytes]] = {}
    for kiosk in sorted(keys):
        for target in wanted:
            found.setdefault(short_code(keys[kiosk], target), (kiosk, target))
    return found
