"""The thin route of the page that a scanned code opens: what a phone's first scan needs, no more.

As with the vote (:mod:`kiosk.screens.phone.thin`), it answers the one case of which a hall sends
thousands at once, a phone that has no cookie yet, and leaves every other to the full route. What
all share who scan the same code within a second is found out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.types import Scope, Send

from kiosk.errors import KioskError
from kiosk.locale.translator import translator
from kiosk.screens.phone import codes, voting
from kiosk.screens.phone import language as languages
from kiosk.screens.phone.codes import Opened
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.hall import Hall
from kiosk.screens.phone.sheet import Sheet
from kiosk.screens.phone.visit import Visit, spoken

_PATHS = ("/q/", "/Q/")

MOST = 1_000
"""Codes and languages kept of a second."""

LONGEST = 200
"""Characters of the languages that a phone asks for; browsers say some forty."""


@dataclass(frozen=True, slots=True)
class _Scan:
    """What all get who scan one code within a second and read the same languages."""

    opened: Opened
    sheet: Sheet
    carried: str
    path: str


@dataclass(eq=False)
class ThinPages:
    """Gives vote pages to first-time phones; *headers* go with every answer."""

    context: PublicContext
    headers: Sequence[tuple[bytes, bytes]]
    _kept: dict[tuple[str, str], _Scan] = field(default_factory=dict)
    _of: tuple[Hall | None, int] = (None, 0)

    async def give(self, scope: Scope, send: Send) -> bool:
        """Answer a first scan; False, and nothing was sent, where the full route is needed."""
        path: str = scope["path"]
        accepted = None if scope["query_string"] else _accepted(scope["headers"])
        if accepted is None or not path.startswith(_PATHS) or path.count("/") != 2:
            return False
        try:
            scan = self._scan(scope, path[len("/q/") :], accepted)
        except KioskError:
            return False  # the full route says what is wrong
        if scan is None:
            return False
        ticket = scan.carried and codes.ticket_for(self.context, scan.opened)
        body = scan.sheet.octets(ticket, scan.carried, scan.path)
        own = scan.sheet.raw_headers
        headers = [(b"content-length", b"%d" % len(body)), *own, *self.headers]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        return True

    def _scan(self, scope: Scope, code: str, accepted: str) -> _Scan | None:
        """Return what was found for a code and languages in this second; None: the full route.

        Codes, tickets and votes end with a second, never within one.
        """
        of = (self.context.hall, int(self.context.now().timestamp()))
        if of[1] != self._of[1] or of[0] is not self._of[0]:
            self._kept, self._of = {}, of
        key = (scope["path"], accepted)
        scan = self._kept.get(key)
        if scan is None:
            scan = self._find(scope, code, accepted)
            if scan is not None and len(self._kept) < MOST and len(accepted) < LONGEST:
                self._kept[key] = scan
        return scan

    def _find(self, scope: Scope, code: str, accepted: str) -> _Scan | None:
        """Find the page and its ticket as ``voting.opened`` does."""
        context, hall = self.context, self.context.hall
        opened = codes.open_code(context, code)
        found = hall.opened_by(opened.target, opened.screen)
        if found is None:
            return None
        exhibition = hall.holding(found.exhibition, found.exhibit, opened.screen.city)
        exhibit = exhibition.exhibits[found.exhibit]
        if exhibit.question is None:
            return None
        v = Visit(
            context,
            Request(scope),
            exhibition,
            translator(languages.chosen("", {}, accepted, spoken(exhibition))),
            "" if opened.expired else codes.carried_ticket(context, opened),
            scope["path"],
            hall.overlay(exhibition.id, opened.screen.city),
        )
        return _Scan(
            opened, voting.sheet_of(v, exhibit, exhibit.question, opened), v.ticket, v.path
        )


def _accepted(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Return the languages that a phone asks for; None where it has a cookie or says it twice."""
    accepted = ""
    for name, value in headers:
        if name == b"cookie" or (name == b"accept-language" and accepted):
            return None
        if name == b"accept-language":
            accepted = value.decode("latin-1")
    return accepted
