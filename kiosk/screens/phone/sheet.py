"""The vote page on its hot path: what is the same for all is set once, like type in a press.

A sheet is a page rendered by the templates with gaps for what is each visitor's own: the ticket
with its nonce, another that the links carry on, and the address with the scanned code. Nothing that
was sent to one is sent to another; a new edition, another language, screen or fill of the pattern
makes a new sheet.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from markupsafe import escape
from starlette.responses import Response

TICKET = "\ue000ticket\ue000"
CARRIED = "\ue000carried\ue000"
PATH = "\ue000path\ue000"
"""Marks of the gaps, of characters that no text of an exhibition may hold (private use)."""

MOST = 2_000
"""Sheets kept; one takes about 7 KB."""

_GAP = re.compile("\ue000(ticket|carried|path)\ue000".encode())

_KEPT = frozenset({"content-security-policy", "cache-control", "vary"})

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in pieces: octets and the names of its gaps take turns."""

    pieces: tuple[bytes, ...]
    headers: Mapping[str, str]
    raw_headers: tuple[tuple[bytes, bytes], ...]
    """The same with the content's type, as a server sends them."""

    def octets(self, ticket: str, carried: str, path: str) -> bytes:
        """Return the page of one visitor: her form's *ticket*, and her links'."""
        own = {b"ticket": ticket, b"carried": carried, b"path": str(escape(path))}
        values = {gap: value.encode() for gap, value in own.items()}
        return b"".join([values[piece] if i % 2 else piece for i, piece in enumerate(self.pieces)])

    def filled(self, ticket: str, carried: str, path: str) -> Response:
        """Return the page of one visitor."""
        page = self.octets(ticket, carried, path)
        return Response(page, 200, self.headers, media_type="text/html")


def cut(page: Response) -> Sheet:
    """Return a rendered page, cut at its gaps."""
    pieces = tuple(_GAP.split(bytes(page.body)))
    headers = {k: v for k, v in page.headers.items() if k in _KEPT}
    raw = tuple((k, v) for k, v in page.raw_headers if k.decode() in {*_KEPT, "content-type"})
    return Sheet(pieces, headers, raw)


@dataclass(eq=False)
class Sheets:
    """The sheets of one state of the hall."""

    _kept: dict[Key, Sheet] = field(default_factory=dict)

    def get(self, key: Key, make: Callable[[], Response]) -> Sheet:
        """Return the sheet of this key, set by *make* where there is none yet."""
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            found = self._kept[key] = cut(make())
        return found

    def clear(self) -> None:
        """Forget all: the hall has changed."""
        self._kept.clear()
