"""Opaque ids and codes: UUIDs in order of time, random secrets, codes that people can type."""

from __future__ import annotations

import base64
import hashlib
import secrets

import uuid_utils

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_CROCKFORD = str.maketrans(_RFC4648, CROCKFORD)
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V", "-": None, " ": None})
_DIGITS = str.maketrans(
    {
        **{chr(octet): "!" for octet in range(128)},  # what int() would forgive is no code either
        **dict(zip(CROCKFORD, "0123456789ABCDEFGHIJKLMNOPQRSTUV", strict=True)),
        **dict(zip(CROCKFORD.lower(), "0123456789ABCDEFGHIJKLMNOPQRSTUV", strict=True)),
        **dict(zip("OoIiLlUu- ", [*"001111RR", None, None], strict=True)),
    }
)
"""What a person types, as the digits that ``int(…, 32)`` reads; anything else as no digit."""


def new_id() -> str:
    """Return a new UUIDv7 as 36 characters: made by the client, opaque, roughly in time order."""
    return str(uuid_utils.uuid7())


def secret(octets: int) -> bytes:
    """Return that many random bytes from the system's generator."""
    return secrets.token_bytes(octets)


def to_code(data: bytes) -> str:
    """Write bytes in Crockford's base32 without padding (no I, L, O, U: nothing to misread)."""
    return base64.b32encode(data).decode().rstrip("=").translate(_TO_CROCKFORD)


def from_code(code: str) -> bytes:
    """Read a code as typed by a person: case, blanks, hyphens and look-alikes forgiven.

    Raises:
        ValueError: it holds other characters or has an impossible length.
    """
    plain = code if code.isascii() else code.upper()
    digits = plain.translate(_DIGITS)
    octets, spare = divmod(5 * len(digits), 8)
    if not octets or spare > 4 or not plain.isascii():
        raise ValueError("not a code")
    try:
        number = int(digits, 32)
    except ValueError:
        raise ValueError("not a code") from None
    if number & (1 << spare) - 1:  # bits that no octet fills: to_code writes zeros there
        raise ValueError("not a code")
    return (number >> spare).to_bytes(octets)


def tidy_code(code: str) -> str:
    """Return a typed code in upper case, without blanks and hyphens, look-alikes put right."""
    return code.upper().translate(_MISREAD)


def grouped(code: str, size: int = 4) -> str:
    """Return the code in groups, for reading aloud and typing: ``7K2D-9QXM-…``."""
    return "-".join(code[i : i + size] for i in range(0, len(code), size))


def digest(data: bytes | str) -> str:
    """Return the SHA-256 of *data* (text as UTF-8) in hexadecimal."""
    raw = data.encode() if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()
