"""The thin route of the page that a scanned code opens: what a phone's first scan needs, no more.

As with the vote (:mod:`kiosk.screens.phone.thin`), it answers the one case of which a hall sends
thousands at once, a phone that has no cookie yet, and leaves every other to the full route.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import Scope, Send

from kiosk.errors import KioskError
from kiosk.locale.translator import translator
from kiosk.screens.phone import codes, voting
from kiosk.screens.phone import language as languages
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.visit import Visit, spoken

_PATHS = ("/q/", "/Q/")


@dataclass(frozen=True, slots=True)
class ThinPages:
    """Gives vote pages to first-time phones; *headers* go with every answer."""

    context: PublicContext
    headers: Sequence[tuple[bytes, bytes]]

    async def give(self, scope: Scope, send: Send) -> bool:
        """Answer a first scan; False, and nothing was sent, where the full route is needed."""
        path: str = scope["path"]
        accepted = None if scope["query_string"] else _accepted(scope["headers"])
        if accepted is None or not path.startswith(_PATHS) or path.count("/") != 2:
            return False
        try:
            found = self._page(scope, path[len("/q/") :], accepted)
        except KioskError:
            return False  # the full route says what is wrong
        if found is None:
            return False
        body, kept = found
        headers = [(b"content-length", b"%d" % len(body)), *kept, *self.headers]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        return True

    def _page(
        self, scope: Scope, code: str, accepted: str
    ) -> tuple[bytes, Iterable[tuple[bytes, bytes]]] | None:
        """Return the page and its own headers, as ``voting.opened`` would make them."""
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
        sheet = voting.sheet_of(v, exhibit, exhibit.question, opened)
        ticket = v.ticket and codes.ticket_for(context, opened)
        return sheet.text(ticket, v.ticket, v.path).encode(), sheet.raw_headers


def _accepted(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Return the languages that a phone asks for; None where it has a cookie or says it twice."""
    accepted = ""
    for name, value in headers:
        if name == b"cookie" or (name == b"accept-language" and accepted):
            return None
        if name == b"accept-language":
            accepted = value.decode("latin-1")
    return accepted
