"""An entry of the feed: as its reader understands it, and as it travels, with its body's octets."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from kiosk.messaging.envelope import body_hash


class Entry(msgspec.Struct, frozen=True):
    """One entry of the feed; *body* depends on *kind* (docs/protocol.md)."""

    position: int
    kind: str
    exhibition: str
    city: str
    body: dict[str, Any]
    subject: str = ""


class Sent(msgspec.Struct, frozen=True):
    """An entry on its way; *hash* is the SHA-256 of the body's octets, empty from an older hub."""

    position: int
    kind: str
    exhibition: str
    city: str
    body: msgspec.Raw
    subject: str = ""
    hash: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether the body is the one that was hashed."""
        return not self.hash or body_hash(bytes(self.body)) == self.hash

    @property
    def seal(self) -> str:
        """The one number that hub and kiosk keep beside the entry, and add up."""
        of = (self.position, self.kind, self.exhibition, self.city, self.subject)
        return seal_of(*of, body_hash(bytes(self.body)))

    def read(self) -> Entry:
        """Return the entry with its body read.

        Raises:
            msgspec.MsgspecError: the body is no JSON object.
        """
        body = msgspec.json.decode(self.body, type=dict[str, Any])
        return Entry(self.position, self.kind, self.exhibition, self.city, body, self.subject)


def seal_of(position: int, kind: str, exhibition: str, city: str, subject: str, hash_: str) -> str:
    """Return the SHA-256 in hexadecimal of an entry's parts and body hash, a zero byte between."""
    parts = (str(position), kind, exhibition, city, subject, hash_)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
