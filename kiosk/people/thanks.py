"""What the address of a thank-you says: that somebody voted a moment ago, never who.

People pass addresses on. A ticket in one would be its voter's identity for whoever opens it without
a cookie of her own (DECISIONS.md, 13), so this proof holds none, but that of a printed card, which
is whoever's holds the card; and it thanks for two minutes only.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from hashlib import blake2b

from msgspec import Struct

from kiosk.people.tickets import NONCE_OCTETS, VALID_SECONDS, Ticket
from kiosk.people.tokens import Kind

FRESH_SECONDS = 120
"""For how long after the vote a page says thank you; a slow network follows within seconds."""

_HEAD = 1 + 2 + 3 + 4 + 4
_MAC_OCTETS = 14


class Thanks(Struct, frozen=True):
    """A genuine proof; its *ticket* has the nonce of a card, and none of a phone."""

    ticket: Ticket
    fresh: bool

    @property
    def card(self) -> bool:
        """Whether the vote was a card's."""
        return self.ticket.kind is Kind.CARD


def issue(key: bytes, ticket: Ticket, question: str, now: datetime) -> str:
    """Return the proof that a vote with *ticket* on *question* was counted at *now*."""
    head = bytes([ticket.kind]) + ticket.kiosk.to_bytes(2) + ticket.target
    head += ticket.issued_at.to_bytes(4) + int(now.timestamp()).to_bytes(4)
    if ticket.kind is Kind.CARD:
        head += ticket.nonce
    return (head + _mac(key, head, question)).hex()


def read(text: str, key: bytes, question: str, now: datetime) -> Thanks | None:
    """Return what a proof says of a vote on *question*; None: this hub wrote no such."""
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        return None
    head, mac = raw[:-_MAC_OCTETS], raw[-_MAC_OCTETS:]
    if len(head) not in {_HEAD, _HEAD + NONCE_OCTETS}:
        return None
    if not hmac.compare_digest(mac, _mac(key, head, question)):
        return None
    issued_at, voted_at = int.from_bytes(head[6:10]), int.from_bytes(head[10:14])
    second = int(now.timestamp())
    expired = not -60 <= second - issued_at <= VALID_SECONDS
    ticket = Ticket(
        Kind(head[0]), int.from_bytes(head[1:3]), head[3:6], issued_at, head[_HEAD:], expired
    )
    return Thanks(ticket, fresh=-60 <= second - voted_at <= FRESH_SECONDS)


def _mac(key: bytes, head: bytes, question: str) -> bytes:
    said = head + question.encode()
    return blake2b(said, digest_size=_MAC_OCTETS, key=key, person=b"thanks").digest()
