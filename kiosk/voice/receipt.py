"""Receipts instead of accounts: a secret code that leads back to one comment, checkable offline."""

from __future__ import annotations

import hashlib
import hmac

from kiosk import ids

OCTETS = 15
"""Kiosk number 2 (big-endian), random 9, HMAC-SHA256 cut to 4: 24 characters when written."""

NUMBER_OCTETS = 2
RANDOM_OCTETS = 9
MAC_OCTETS = 4


def new_receipt(kiosk_number: int, key: bytes, seed: bytes = b"") -> bytes:
    """Return a new receipt of this kiosk (0: the hub itself); only its hash may be stored.

    With a *seed* (unguessable, such as a form's nonce with its text) the same form sent twice gets
    the same receipt; without *key* it cannot be worked out from the seed.

    Raises:
        ValueError: *kiosk_number* is not in 0 … 65535.
    """
    if not 0 <= kiosk_number < 1 << 8 * NUMBER_OCTETS:
        raise ValueError(f"a kiosk's number lies in 0 … 65535, not {kiosk_number}")
    if seed:
        drawn = hmac.digest(key, b"receipt seed\0" + seed, hashlib.sha256)[:RANDOM_OCTETS]
    else:
        drawn = ids.secret(RANDOM_OCTETS)
    head = kiosk_number.to_bytes(NUMBER_OCTETS) + drawn
    return head + _mac(head, key)


def shown(receipt: bytes) -> str:
    """Return the code as people read it: ``0007-2K9D-…``, six groups of four characters."""
    return ids.grouped(ids.to_code(receipt))


def stored(receipt: bytes) -> str:
    """Return what a database keeps of it: its SHA-256 in hexadecimal."""
    return ids.digest(receipt)


def read(code: str) -> tuple[int, bytes]:
    """Read a typed or scanned code and return the kiosk's number and the 15 bytes.

    Whether a kiosk wrote it is for :func:`is_ours` to say, with that kiosk's key.

    Raises:
        ValueError: it is not a code of 24 characters.
    """
    receipt = ids.from_code(code)
    if len(receipt) != OCTETS:
        raise ValueError("a receipt has 24 characters")
    return int.from_bytes(receipt[:NUMBER_OCTETS]), receipt


def is_ours(receipt: bytes, key: bytes) -> bool:
    """Say whether the holder of *key* made it, without having heard of its comment."""
    head, mac = receipt[:-MAC_OCTETS], receipt[-MAC_OCTETS:]
    return len(receipt) == OCTETS and hmac.compare_digest(mac, _mac(head, key))


def _mac(head: bytes, key: bytes) -> bytes:
    return hmac.digest(key, b"receipt\0" + head, hashlib.sha256)[:MAC_OCTETS]
