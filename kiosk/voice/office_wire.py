"""How votes go to the counting office and what comes back: a length, then MessagePack.

It is sent votes, or the moment at which it is to publish what they changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder

from kiosk import errors
from kiosk.errors import KioskError, Unavailable
from kiosk.voice.ballot import Cast

_LENGTH = 4
_encode = Encoder().encode

T = TypeVar("T")


class Refused(Struct, array_like=True):
    """A refusal as it travels: the name of its class, message, cure and values."""

    kind: str
    message: str
    cure: str
    values: dict[str, Any]


class Told(Struct, array_like=True):
    """What became of the next *votes* votes, in their order: counted, but for those *refused*.

    The first one tells of no vote: the office is open. A later one of no vote: it has published.
    """

    votes: int
    refused: dict[int, Refused]


as_sent: Callable[[bytes], list[Cast] | datetime] = Decoder(list[Cast] | datetime).decode
"""Reads what the office is sent."""

as_told: Callable[[bytes], Told] = Decoder(Told).decode
"""Reads what it says."""


def frame(message: object) -> bytes:
    """Return a message as it is sent."""
    body = _encode(message)
    return len(body).to_bytes(_LENGTH) + body


class Frames:
    """Puts together what arrives in pieces."""

    def __init__(self) -> None:
        self._held = bytearray()

    def take(self, piece: bytes, read: Callable[[bytes], T]) -> Iterator[T]:
        """Yield each message that is whole by now, as *read* reads it."""
        self._held += piece
        while len(self._held) >= _LENGTH:
            end = _LENGTH + int.from_bytes(self._held[:_LENGTH])
            if len(self._held) < end:
                return
            body = bytes(self._held[_LENGTH:end])
            del self._held[:end]
            yield read(body)


def refused(error: BaseException) -> Refused:
    """Return an error as it travels; of one that is none of ours nobody outside needs to know."""
    known = error if isinstance(error, KioskError) else nothing_kept()
    return Refused(type(known).__name__, known.message, known.cure, known.values)


def raised(told: Refused) -> KioskError:
    """Return the error that was told of."""
    kind: type[KioskError] = getattr(errors, told.kind, Unavailable)
    return kind(told.message, told.cure, **told.values)


def nothing_kept() -> Unavailable:
    """Return the refusal of a vote of which nobody can say that it was counted."""
    return Unavailable("This cannot be kept just now.", "Nothing was kept. Try again in a moment.")
