"""What kiosk and hub say to each other, as it travels; docs/protocol.md tells it to other clients.

Version 1 is what was spoken first. Each side speaks the lower one of the two, so that either may
be updated before the other.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import zstandard

from kiosk.errors import InvalidText, KioskError
from kiosk.messaging.envelope import Message
from kiosk.messaging.feed_entry import Sent
from kiosk.messaging.quarantine_store import CONFLICT
from kiosk.people.kiosk_store import Health

PROTOCOL = 2
"""The newest version that this program speaks; it speaks the one before too."""

HEADER = "X-Kiosk-Protocol"
"""In each request and reply: the version that is spoken. Without it, 1 is."""

LIVE = 1_000
"""Messages sent at once while a kiosk keeps up, and at most to a hub of version 1."""

BACKLOG = 5_000
"""Messages sent at once when more than that wait (findings.md, Sync)."""

LARGEST = 8 * 1024 * 1024
"""Octets of a batch, also once it is unpacked; kiosks stay far below (:data:`BODIES`)."""

BODIES = 4 * 1024 * 1024
"""Octets of the bodies that a kiosk puts in one batch."""

_WINDOW = 8 * 1024 * 1024
_LEVEL = 3


class TooLarge(KioskError):
    """A request has more octets than are taken."""

    code = "too-large"
    status = 413


class UnknownEncoding(KioskError):
    """A request is packed in a way that is not understood."""

    code = "unknown-encoding"
    status = 415


class Device(msgspec.Struct, frozen=True):
    """The clocks of a device: its idea of UTC, and the milliseconds since it was switched on."""

    utc: str
    up_ms: int


class Batch(msgspec.Struct, frozen=True):
    """What a kiosk pushes: messages in order, how it is, and (from version 2 on) what it keeps.

    *keeps_from* is the lowest number that it can still send, 0 where it does not say; *damaged*
    names numbers whose messages it can send no more; *again* begins a sending of all it keeps.
    """

    messages: list[Message]
    health: Health
    keeps_from: int = 0
    damaged: list[int] = []
    again: bool = False
    device: Device | None = None
    software: str = ""
    copy_faults: int = 0


class Aside(msgspec.Struct, frozen=True):
    """A message of the batch that is in quarantine: 409 for a conflict, 422 for an unfit one."""

    id: str
    seq: int
    status: int
    reason: str


class Feed(msgspec.Struct, frozen=True):
    """Where the hub's feed stands, and the hash of what a kiosk has that has taken all of it."""

    head: int
    hash: str


class Receipt(msgspec.Struct, frozen=True):
    """The hub's reply to a batch: what it holds of this kiosk, and which ids it set aside.

    A hub of version 1 says nothing from *hash* on.
    """

    epoch: str
    count: int
    highest: int
    quarantined: list[str] = []
    hash: str = ""
    aside: list[Aside] = []
    feed: Feed | None = None
    now: str = ""


class FeedPage(msgspec.Struct, frozen=True):
    """What a kiosk pulls: entries in order; *head* is the position that was looked at.

    *hash* is that of the whole feed at *head*, empty while pages are still to come, and from a hub
    of version 1.
    """

    epoch: str
    head: int
    entries: list[Sent]
    now: str
    hash: str = ""


class _FirstReceipt(msgspec.Struct, frozen=True):
    epoch: str
    count: int
    highest: int
    quarantined: list[str]


class _FirstEntry(msgspec.Struct, frozen=True):
    position: int
    kind: str
    exhibition: str
    city: str
    body: msgspec.Raw
    subject: str


class _FirstPage(msgspec.Struct, frozen=True):
    epoch: str
    head: int
    entries: Sequence[_FirstEntry]
    now: str


def spoken(header: str) -> int:
    """Return the version that is spoken with somebody who sent this header, or none."""
    return min(int(header), PROTOCOL) if header.isascii() and header.isdigit() else 1


def receipt_for(protocol: int, receipt: Receipt) -> object:
    """Return a receipt as somebody of this version reads it.

    Version 1 knows no lost numbers: to it a count below the highest would mean that it must send
    everything again, for ever. It names conflicts only.
    """
    if protocol >= PROTOCOL:
        return receipt
    conflicts = [each.id for each in receipt.aside if each.status == CONFLICT]
    return _FirstReceipt(receipt.epoch, receipt.highest, receipt.highest, conflicts)


def page_for(protocol: int, page: FeedPage) -> object:
    """Return a page of the feed as somebody of this version reads it."""
    if protocol >= PROTOCOL:
        return page
    first = [
        _FirstEntry(e.position, e.kind, e.exhibition, e.city, e.body, e.subject)
        for e in page.entries
    ]
    return _FirstPage(page.epoch, page.head, first, page.now)


def pack(data: bytes) -> bytes:
    """Return *data* packed with zstd."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(data)


def unpack(data: bytes, encoding: str, largest: int = LARGEST) -> bytes:
    """Return a body that came with this ``Content-Encoding``.

    Raises:
        UnknownEncoding: it is neither ``zstd`` nor plain.
        TooLarge: it would be more than *largest* octets; unpacking stopped there.
        InvalidText: it is no zstd.
    """
    if encoding in {"", "identity"}:
        return data
    if encoding != "zstd":
        raise UnknownEncoding("This encoding is not understood.", "Send it plain, or with zstd.")
    reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW).stream_reader(
        data, read_across_frames=True
    )
    try:
        plain = reader.read(largest + 1)
    except zstandard.ZstdError as error:
        raise InvalidText("This is not zstd, or it is damaged.", "Send it again.") from error
    if len(plain) > largest:
        raise TooLarge("This is too much at once.", "Send it in smaller parts.")
    return plain


def read_batch(data: bytes) -> Batch:
    """Read a batch.

    Raises:
        InvalidText: it is none.
    """
    try:
        return msgspec.json.decode(data, type=Batch)
    except (msgspec.MsgspecError, UnicodeError) as error:  # the latter: octets that are no UTF-8
        raise InvalidText("This is not a batch of messages.", "See docs/protocol.md.") from error
