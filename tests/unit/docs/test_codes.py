"""Codes made by hand, byte by byte as docs/protocol.md tells, are read by the program."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime

from kiosk.people import tickets, tokens
from kiosk.voice import receipt

KEY = bytes(range(32))
NOON = datetime(2026, 9, 6, 12, 0, tzinfo=UTC)
QUESTION = "harbour/core/benches"
TARGET = hashlib.sha256(QUESTION.encode()).digest()[:3]


def mac(word: bytes, head: bytes, octets: int) -> bytes:
    return hmac.digest(KEY, word + b"\0" + head, hashlib.sha256)[:octets]


def base32(data: bytes) -> str:
    """Crockford's, spelled out: five bits a character, the last ones filled with zeroes."""
    bits = "".join(f"{octet:08b}" for octet in data)
    bits += "0" * (-len(bits) % 5)
    groups = (int(bits[i : i + 5], 2) for i in range(0, len(bits), 5))
    return "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[group] for group in groups)


def test_a_screens_token() -> None:
    step = int(NOON.timestamp()) // 30 % 2**24
    head = bytes([0x11]) + (12).to_bytes(2) + TARGET + step.to_bytes(3) + bytes([0])
    code = base32(head + mac(b"token", head, 10))
    assert len(code) == 32
    read = tokens.read(code, {12: KEY}.get, NOON)
    assert (read.kiosk, read.kind, read.target) == (12, tokens.Kind.SCREEN, TARGET)
    assert not read.expired


def test_a_short_code() -> None:
    number = int.from_bytes(hmac.digest(KEY, b"short\0" + TARGET, hashlib.sha256)[:4]) >> 2
    first = f"{number:030b}"
    code = "".join(
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[int(first[i : i + 5], 2)] for i in range(0, 30, 5)
    )
    assert code == tokens.short_code(KEY, TARGET)


def test_a_ticket() -> None:
    issued = int(NOON.timestamp())
    head = bytes([1]) + (12).to_bytes(2) + TARGET + issued.to_bytes(4) + bytes(16)
    told = hashlib.blake2b(head, digest_size=14, key=KEY, person=b"ticket").digest()
    code = (head + told).hex()
    assert len(code) == 80
    read = tickets.read(code, KEY, NOON)
    assert (read.kiosk, read.target, read.issued_at) == (12, TARGET, issued)
    assert not read.expired


def test_a_receipt() -> None:
    head = (12).to_bytes(2) + bytes(9)
    code = base32(head + mac(b"receipt", head, 4))
    assert len(code) == 24
    number, octets = receipt.read(code)
    assert number == 12
    assert receipt.is_ours(octets, KEY)
    assert receipt.stored(octets) == hashlib.sha256(octets).hexdigest()
