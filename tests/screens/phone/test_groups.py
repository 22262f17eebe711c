"""On a phone: what groups raised stands beside the votes, after one's own, and never among them."""

from __future__ import annotations

from functools import partial

from kiosk.people.tokens import Kind
from kiosk.screens.phone import codes
from kiosk.voice import group_store
from kiosk.voice.group import Hands
from kiosk.voice.place import Channel, Place
from tests.screens.phone.hub import Hub, Phone
from tests.world import BENCHES, LINDMARK, SUNDAY

HALL = Place("harbour", LINDMARK, "Town hall", Channel.GROUP, "kiosk-town-hall")
RAISED = (("agree", 15), ("disagree", 6), ("pass", 1))


async def test_a_class_is_told_apart_once_ada_has_voted(hub: Hub, ada: Phone) -> None:
    """Ada reads of the class after her vote; the only vote is hers."""
    hands = Hands("4b-1", "4b", BENCHES, 24, RAISED, HALL, SUNDAY)
    await hub.database.write(partial(group_store.record, hands=hands, example=False))
    address = f"/q/{hub.code(BENCHES)}"
    assert "24 people" not in await ada.open(address)
    await ada.send(address, choice="agree")
    assert "One vote so far" in ada.headline
    told = "Hands of 1 group with 24 people: Agree: 15, Disagree: 6 and Pass: 1."
    assert f"{told} They are counted apart from the votes." in ada.page.text


def test_who_scans_a_groups_code_votes_alone() -> None:
    """No ballot is a group's: the channel is of raised hands only."""
    assert codes.channel_of(Kind.GROUP) is Channel.PHONE
    assert codes.channel_of(Kind.CARD) is Channel.CARD
