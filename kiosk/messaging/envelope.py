"""An opaque message on its way from a kiosk to the hub: id, sequence, kind, body, hash."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="deterministic")


class Message(msgspec.Struct, frozen=True, gc=False):
    """One message of a kiosk's outbox; *seq* counts from 1 without gaps, *body* is JSON.

    *hash* is the SHA-256 of the body in hexadecimal: the same id with another hash is a conflict.
    """

    id: str
    seq: int
    kind: str
    body: msgspec.Raw
    hash: str

    @property
    def seal(self) -> str:
        """The one number that outbox and inbox keep beside the message, and add up."""
        return seal_of(self.seq, self.id, self.kind, self.hash)


def encode(body: dict[str, Any]) -> bytes:
    """Return *body* as JSON whose bytes depend on its content only."""
    return _encoder.encode(body)


def body_hash(body: bytes) -> str:
    """Return the SHA-256 of a body's bytes in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def seal_of(seq: int, message_id: str, kind: str, hash_: str) -> str:
    """Return the SHA-256 in hexadecimal of number, id, kind and body hash, a zero byte between."""
    return hashlib.sha256(f"{seq}\0{message_id}\0{kind}\0{hash_}".encode()).hexdigest()
