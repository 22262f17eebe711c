"""The ticket in a phone's form: ten minutes to answer, one nonce against double taps."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from msgspec import Struct

from kiosk.errors import InvalidToken
from kiosk.people.tokens import Kind

VALID_SECONDS = 600
NONCE_OCTETS = 16

_SIGNED = 1 + 2 + 3 + 4 + NONCE_OCTETS
_MAC_OCTETS = 14
_OCTETS = _SIGNED + _MAC_OCTETS

_MARKED, _MARKS = 0xF << 76 | 0x3 << 62, 0x8 << 76 | 0x2 << 62
"""The bits of a UUID's version and variant (RFC 9562), and ours: 8, made by a rule of our own."""


class Ticket(Struct, frozen=True):
    """What a genuine ticket says; *issued_at* in seconds since 1970 by the hub's clock."""

    kind: Kind
    kiosk: int
    target: bytes
    issued_at: int
    nonce: bytes
    expired: bool

    @property
    def cookie(self) -> str:
        """What a phone without a cookie is given, so that a double tap is one participant."""
        return self.nonce.hex()


def issue(key: bytes, kind: Kind, kiosk: int, target: bytes, now: datetime, nonce: bytes) -> str:
    """Return a ticket of 80 characters, signed by the hub's *key*."""
    return _written(key, kind, kiosk, target, int(now.timestamp()), nonce)


def reissue(key: bytes, ticket: Ticket, target: bytes, nonce: bytes) -> str:
    """Return a ticket for another target that ends when *ticket* would."""
    return _written(key, ticket.kind, ticket.kiosk, target, ticket.issued_at, nonce)


def _written(
    key: bytes, kind: Kind, kiosk: int, target: bytes, issued_at: int, nonce: bytes
) -> str:
    head = bytes([kind]) + kiosk.to_bytes(2) + target + issued_at.to_bytes(4) + nonce
    return (head + _mac(key, head)).hex()


def read(text: str, key: bytes, now: datetime) -> Ticket:
    """Read a ticket from a form.

    Raises:
        InvalidToken: this hub did not write it.
    """
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        raise InvalidToken("This form is damaged.", "Scan the code on the screen again.") from None
    if len(raw) != _OCTETS or not hmac.compare_digest(raw[_SIGNED:], _mac(key, raw[:_SIGNED])):
        raise InvalidToken("This form is damaged.", "Scan the code on the screen again.")
    issued_at = int.from_bytes(raw[6:10])
    age = int(now.timestamp()) - issued_at
    kind, kiosk = Kind(raw[0]), int.from_bytes(raw[1:3])
    return Ticket(
        kind, kiosk, raw[3:6], issued_at, raw[10:_SIGNED], expired=not -60 <= age <= VALID_SECONDS
    )


def derived_id(nonce: bytes, *parts: str) -> str:
    """Return an id in the shape of a UUID: the same for the same nonce and parts.

    Without script a form cannot make a new id at the first tap: a double tap gives the same id, the
    back button and another answer gives another.
    """
    raw = hashlib.sha256(nonce + "\0".join(parts).encode()).digest()[:16]
    digits = f"{int.from_bytes(raw) & ~_MARKED | _MARKS:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _mac(key: bytes, head: bytes) -> bytes:
    # Each page and each vote pay for this: nobody types a ticket, and keyed BLAKE2 and plain digits
    # are a third of the price of HMAC and of letters that cannot be misread.
    return hashlib.blake2b(head, digest_size=_MAC_OCTETS, key=key, person=b"ticket").digest()
