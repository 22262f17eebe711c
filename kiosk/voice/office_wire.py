"""How votes go to the counting office and what comes back: a length, then MessagePack."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from kiosk import errors
from kiosk.errors import KioskError, Unavailable

_LENGTH = 4
_encode = msgspec.msgpack.Encoder().encode

T = TypeVar("T")


class Refused(Struct, array_like=True):
    """A refusal as it travels: the name of its class, message, cure and values."""

    kind: str
    message: str
    cure: str
    values: dict[str, Any]


class Told(Struct, array_like=True):
    """What became of the next *votes* votes, in their order: counted, but for those *refused*.

    The first one tells of no vote: the office is open.
    """

    votes: int
    refused: dict[int, Refused]


def frame(message: object) -> bytes:
    """Return a message as it is sent."""
    body = _encode(message)
    return len(body).to_bytes(_LENGTH) + body


class Frames:
    """Puts together what arrives in pieces."""

    def __init__(self) -> None:
        self._held = bytearray()

    def take(self, piece: bytes, kind: type[T]) -> Iterator[T]:
        """Yield each message that is whole by now."""
        self._held += piece
        while len(self._held) >= _LENGTH:
            end = _LENGTH + int.from_bytes(self._held[:_LENGTH])
            if len(self._held) < end:
                return
            body = bytes(self._held[_LENGTH:end])
            del self._held[:end]
            yield msgspec.msgpack.decode(body, type=kind)


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
