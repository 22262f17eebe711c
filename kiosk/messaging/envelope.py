"""An opaque message on its way from a kiosk to the hub: id, sequence, kind, body, hash."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="deterministic")


class Message(msgspec.Struct, frozen=True):
    """One message of a kiosk's outbox; *seq* counts from 1 without gaps, *body* is JSON.

    *hash* is the SHA-256 of the body in hexadecimal: the same id with another hash is a conflict.
    """

    id: str
    seq: int
    kind: str
    body: msgspec.Raw
    hash: str


class Receipt(msgspec.Struct, frozen=True):
    """The hub's reply to a batch: what it holds of this kiosk, and which ids it set aside."""

    epoch: str
    count: int
    highest: int
    quarantined: list[str] = []


def encode(body: dict[str, Any]) -> bytes:
    """Return *body* as JSON whose bytes depend on its content only."""
    return _encoder.encode(body)


def body_hash(body: bytes) -> str:
    """Return the SHA-256 of a body's bytes in hexadecimal."""
    return hashlib.sha256(body).hexdigest()
