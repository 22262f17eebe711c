"""The vote's thin route: what nearly every vote needs and nothing else, before any framework.

It does what ``voting.cast`` does in the one case that a hall sends thousands of at once: a plain
form of our own page, with a good ticket, whose ballot is counted. Whatever else it meets it leaves
to the full route, which then reads the request from its beginning; a test holds both to the same
answers. What it costs and why it exists: docs/performance.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from msgspec import Struct
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from kiosk.errors import InvalidBallot, InvalidToken, QuestionClosed
from kiosk.exhibition.voting_period import is_open
from kiosk.people import participant, thanks, tickets
from kiosk.people.tickets import Ticket
from kiosk.people.tokens import Kind
from kiosk.screens.phone.booth import Booth, Booths
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.forms import MOST_FIELDS, VOTE_OCTETS
from kiosk.screens.phone.visit import MARK, cookie_name, keep_mark
from kiosk.voice.ballot import Cast

Headers = Iterable[tuple[bytes, bytes]]

MOST_PIECES = 4
"""Pieces that the network may cut a vote's few hundred octets into."""

_ELSEWHERE = frozenset({b"cross-site", b"same-site"})
_GAP = "0" * 32
_END: Message = {"type": "http.response.body", "body": b""}


class Filled(Struct, frozen=True):
    """The fields of a plain vote's form."""

    ticket: str
    chosen: tuple[str, ...]


@dataclass(eq=False)
class ThinVotes:
    """Takes plain votes; *headers* go with every answer, as they do with all others."""

    context: PublicContext
    headers: Sequence[tuple[bytes, bytes]]
    _booths: Booths = field(init=False)
    _name: str = field(init=False)
    _before: bytes = field(init=False)
    _after: bytes = field(init=False)

    def __post_init__(self) -> None:
        self._booths = Booths(self.context)
        self._name = cookie_name(secure=self.context.secure)
        self._before, self._after = _cookie_around(secure=self.context.secure)
        self.headers = [(b"content-length", b"0"), *self.headers]

    async def take(self, scope: Scope, receive: Receive, send: Send) -> Receive | None:
        """Answer a plain vote once it is counted; else return whence the full route reads it.

        Raises:
            TooOften: the ticket or the screen has sent too much.
            Unavailable: nothing was kept.
        """
        booth = self._booths.at(scope["path"])
        own = None if booth is None else self._mark(scope["headers"])
        if booth is None or own is None:
            return receive
        taken = [await receive()]
        while taken[-1].get("more_body") and len(taken) < MOST_PIECES:
            taken.append(await receive())
        filled = read(taken)
        vote = self._vote(booth, filled, own) if filled else None
        if filled is None or vote is None:
            return _again(taken, receive)
        cast, mark, ticket = vote
        try:
            await self.context.office.count(cast)
        except (InvalidBallot, QuestionClosed):
            return _again(taken, receive)  # the edition has changed within the last second
        self.context.votes["thin"] += 1
        done = thanks.issue(self.context.hub_key, ticket, cast.question, cast.cast_at)
        headers = [*self.headers, (b"location", booth.leads_to + done.encode())]
        if mark:
            headers.append((b"set-cookie", self._before + mark.encode() + self._after))
        await send({"type": "http.response.start", "status": 303, "headers": headers})
        await send(_END)
        return None

    def _vote(self, booth: Booth, filled: Filled, own: str) -> tuple[Cast, str, Ticket] | None:
        """Return the ballot, the mark that the phone is to keep, and the ticket.

        None for the full route.
        """
        now = self.context.now()
        try:
            ticket = tickets.read(filled.ticket, self.context.hub_key, now)
        except InvalidToken:
            return None
        question, chosen = booth.question, filled.chosen
        if ticket.target not in booth.covered or not booth.fits(chosen):
            return None
        if ticket.kind is Kind.CARD:
            mark, own = "", ticket.cookie
            who = participant.of_card(own, booth.exhibition)
        elif ticket.expired:
            return None
        else:
            mark = own = own or ticket.cookie
            who = participant.of_phone(own, booth.exhibition)
        if not is_open(question, now):
            return None
        self.context.limits.check("vote", own, ticket.kiosk)
        id = tickets.derived_id(ticket.nonce, question.id, *sorted(chosen))
        return Cast(id, question.id, who, chosen, booth.place(ticket), now), mark, ticket

    def _mark(self, headers: Headers) -> str | None:
        """Return the phone's own mark, empty where it has none; None for the full route."""
        cookie, site, origin = b"", b"", b"null"
        for name, value in headers:
            if name == b"cookie":
                if cookie:
                    return None
                cookie = value
            elif name == b"sec-fetch-site":
                site = value
            elif name == b"origin":
                origin = value
        if site in _ELSEWHERE or not (site or origin == b"null"):
            return None
        return _cookie(cookie.decode("latin-1"), self._name) if cookie else ""


def read(messages: Sequence[Message]) -> Filled | None:
    """Return a form that is all there and needs no decoding; None for any other."""
    last = messages[-1]
    if last["type"] != "http.request" or last.get("more_body"):
        return None
    body = b"".join([message.get("body", b"") for message in messages])
    if len(body) > VOTE_OCTETS or b"%" in body or b"+" in body or not body.isascii():
        return None
    fields = body.decode("ascii").split("&")
    if len(fields) > MOST_FIELDS:
        return None
    ticket, chosen = "", []
    for each in fields:
        name, _, value = each.partition("=")
        if name == "choice":
            chosen.append(value)
        elif name == "ticket":
            ticket = value
        elif name == "take-back" and value:
            return None
    return Filled(ticket, tuple(chosen)) if ticket.isalnum() else None


def _cookie(header: str, wanted: str) -> str | None:
    """Return the mark in a cookie header as Starlette would read it; None where it is quoted."""
    found = ""
    for chunk in header.split(";"):
        name, _, value = chunk.partition("=")
        if name.strip() == wanted:
            found = value.strip()
    if found.startswith('"'):
        return None
    return found if MARK.fullmatch(found) else ""


def _cookie_around(*, secure: bool) -> tuple[bytes, bytes]:
    """Return what stands before and behind the mark in the header that gives it to a phone."""
    response = Response()
    keep_mark(response, _GAP, secure=secure)
    before, _, after = response.headers["set-cookie"].encode().partition(_GAP.encode())
    return before, after


def _again(taken: Sequence[Message], receive: Receive) -> Receive:
    """Return a *receive* that begins with what was taken out already."""
    waiting = list(reversed(taken))

    async def again() -> Message:
        return waiting.pop() if waiting else await receive()

    return again
