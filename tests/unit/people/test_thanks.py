"""The proof of a vote in an address: genuine or nothing, and of nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kiosk.people import thanks, tickets
from kiosk.people.tickets import Ticket
from kiosk.people.tokens import Kind
from tests.world import BENCHES, FERRY, SUNDAY

KEY = b"k" * 32
NONCE = bytes(range(16))


def ticket_of(kind: Kind) -> Ticket:
    return tickets.read(tickets.issue(KEY, kind, 3, b"abc", SUNDAY, NONCE), KEY, SUNDAY)


@pytest.mark.parametrize("kind", [Kind.SCREEN, Kind.POSTER, Kind.CARD])
def test_a_proof_tells_where_and_when_and_of_a_card_which(kind: Kind) -> None:
    """The way to the next question goes on from it; only a card's nonce is in it."""
    vote = SUNDAY + timedelta(minutes=9)
    proof = thanks.issue(KEY, ticket_of(kind), BENCHES, vote)
    found = thanks.read(proof, KEY, BENCHES, vote)
    assert found is not None
    assert (found.fresh, found.card, found.ticket.expired) == (True, kind is Kind.CARD, False)
    assert (found.ticket.kiosk, found.ticket.target) == (3, b"abc")
    assert found.ticket.nonce == (NONCE if kind is Kind.CARD else b"")
    assert (NONCE.hex() in proof) == (kind is Kind.CARD)


def test_it_thanks_for_two_minutes_and_leads_on_for_ten() -> None:
    """Both are counted by the hub's clock: from the vote, and from the scan."""
    proof = thanks.issue(KEY, ticket_of(Kind.SCREEN), BENCHES, SUNDAY)
    for seconds, fresh, expired in ((120, True, False), (121, False, False), (601, False, True)):
        found = thanks.read(proof, KEY, BENCHES, SUNDAY + timedelta(seconds=seconds))
        assert found is not None
        assert (found.fresh, found.ticket.expired) == (fresh, expired)


def test_what_this_hub_did_not_write_proves_nothing() -> None:
    """Of another question, changed, cut, a ticket in its place, or no digits at all."""
    proof = thanks.issue(KEY, ticket_of(Kind.SCREEN), BENCHES, SUNDAY)
    assert thanks.read(proof, KEY, FERRY, SUNDAY) is None
    assert thanks.read(proof, b"j" * 32, BENCHES, SUNDAY) is None
    ticket = tickets.issue(KEY, Kind.SCREEN, 3, b"abc", SUNDAY, NONCE)
    for forged in ("00" + proof[2:], proof[:-2], proof + "00", ticket, "", "no digits", "é" * 56):
        assert thanks.read(forged, KEY, BENCHES, SUNDAY) is None
