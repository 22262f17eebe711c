"""What a scanned or typed code opens, and the ticket that is given for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from kiosk import ids
from kiosk.errors import InvalidToken
from kiosk.exhibition.model import Exhibit
from kiosk.people import tickets, tokens
from kiosk.people.tickets import NONCE_OCTETS, Ticket
from kiosk.people.tokens import Kind
from kiosk.screens.phone.context import PublicContext
from kiosk.screens.phone.hall import Hall, Screen
from kiosk.voice.place import Channel


@dataclass(frozen=True, slots=True)
class Opened:
    """A genuine code: the screen that showed it, what it names, whether it has grown old."""

    code: str
    screen: Screen
    kind: Kind
    target: bytes
    expired: bool


def open_code(context: PublicContext, code: str) -> Opened:
    """Read a code of 32 characters, or a short one of 6.

    Raises:
        InvalidToken: it is mistyped, forged, or its screen is not enrolled any more.
    """
    hall = context.hall
    short = tokens.tidy_short(code)
    if short:
        found = hall.short.get(short)
        if found is None:
            raise InvalidToken(
                "No screen shows the code {code}.",
                "Compare it with the screen, letter by letter, or scan the code beside it.",
                code=short,
            )
        return _opened(hall, short, found[0], Kind.SCREEN, found[1], expired=False)
    try:
        token = tokens.read(code, hall.key_of, context.now())
    except InvalidToken as error:
        raise InvalidToken(
            "This code was not written by one of our screens.",
            "Scan the code on the screen again, or type the six characters below it.",
        ) from error
    return _opened(hall, code, token.kiosk, token.kind, token.target, expired=token.expired)


def _opened(
    hall: Hall, code: str, kiosk: int, kind: Kind, target: bytes, *, expired: bool
) -> Opened:
    """Return what was read; what is elsewhere is told as a screen of that exhibition does."""
    screen, named = hall.screens[kiosk], hall.elsewhere.get(target)
    if named is not None:
        screen = replace(screen, exhibition=named.exhibition)
        target = tokens.target_of(exhibit=named.exhibit)
    return Opened(code, screen, kind, target, expired)


def ticket_for(context: PublicContext, opened: Opened) -> str:
    """Return the ticket that a scan gives: ten minutes from now.

    A card's ticket is the same each time: whoever holds the card changes the one ballot of it.
    """
    if opened.kind is Kind.CARD:
        nonce = hashlib.sha256(ids.tidy_code(opened.code).encode()).digest()[:NONCE_OCTETS]
    else:
        nonce = ids.secret(NONCE_OCTETS)
    return tickets.issue(
        context.hub_key, opened.kind, opened.screen.number, opened.target, context.now(), nonce
    )


def carried_ticket(context: PublicContext, opened: Opened) -> str:
    """Return the ticket that the links of a page carry on: the same for all who scan in a second.

    Nobody votes with it: a page that it opens has one of its own (:func:`form_ticket`).
    """
    if opened.kind is Kind.CARD:
        return ticket_for(context, opened)
    now = context.now().replace(microsecond=0)
    return _carried(context.hub_key, opened.kind, opened.screen.number, opened.target, now)


@lru_cache(maxsize=256)
def _carried(key: bytes, kind: Kind, kiosk: int, target: bytes, now: datetime) -> str:
    return tickets.issue(key, kind, kiosk, target, now, ids.secret(NONCE_OCTETS))


def next_ticket(context: PublicContext, ticket: Ticket, exhibit: Exhibit) -> str:
    """Return a ticket for another question of the same visit; it ends when the first would.

    Who has just voted stands before the screen; a second scan would prove nothing more. A card
    stays the card that it is.
    """
    if ticket.target == tokens.WHOLE or exhibit.question is None:
        target = ticket.target
    else:
        target = tokens.target_of(exhibit.question.id)
    return _renewed(context, ticket, target)


def form_ticket(context: PublicContext, carried: str) -> str:
    """Return the ticket of a form whose page was opened by an address that *carried* one.

    It is another for each opening: an address is passed on, and who answers first would be
    whoever answers next. Empty where this hub did not write what was carried.
    """
    try:
        ticket = tickets.read(carried, context.hub_key, context.now())
    except InvalidToken:
        return ""
    return _renewed(context, ticket, ticket.target)


def _renewed(context: PublicContext, ticket: Ticket, target: bytes) -> str:
    """Return a ticket that ends when *ticket* would; only a card's is told again who it is."""
    nonce = ticket.nonce if ticket.kind is Kind.CARD else ids.secret(NONCE_OCTETS)
    return tickets.reissue(context.hub_key, ticket, target, nonce)


def covers(ticket: Ticket, exhibit: Exhibit) -> bool:
    """Whether a ticket lets one answer this exhibit's question."""
    return ticket.target in targets_of(exhibit)


def targets_of(exhibit: Exhibit) -> frozenset[bytes]:
    """Return the targets of the tickets with which this exhibit's question may be answered."""
    asked = exhibit.question.id if exhibit.question else ""
    own = (tokens.WHOLE, tokens.target_of(asked), tokens.target_of(exhibit=exhibit.id))
    return frozenset(own)


def channel_of(kind: Kind) -> Channel:
    """Return the channel that a vote by this kind of code is counted under.

    Who scans a group's code votes alone, on a phone; the channel "group" is of raised hands only.
    """
    return Channel.CARD if kind is Kind.CARD else Channel.PHONE
