"""A link that is passed on is nobody's vote: it neither shows nor changes what another gave."""

from __future__ import annotations

import re
from http.cookiejar import DefaultCookiePolicy

import httpx
import pytest

from kiosk.people.tokens import Kind
from kiosk.voice.tally import BALLOTS
from tests.screens.phone.hub import Hub, Phone
from tests.world import BENCHES, FERRY

CODE = re.compile(r"\b[0-9A-Za-z]{40,}\b")


@pytest.fixture
def clara(hub: Hub) -> Phone:
    """Clara's phone keeps no cookies."""
    phone = Phone(hub)
    phone.client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return phone


def _address(phone: Phone) -> str:
    """What stands in the phone's address bar, and is passed on."""
    return phone.page.url.raw_path.decode()


async def _card(hub: Hub, phone: Phone) -> str:
    """Open a card that is good for every question; return the ticket that its links carry."""
    page = await phone.open(f"/q/{hub.code('', Kind.CARD)}")
    return page.split("?k=")[1].split('"')[0]


async def _tries_everything(phone: Phone, address: str) -> None:
    """Send forms with whatever looks like a ticket in an address, as somebody would by hand."""
    path = httpx.URL(address).path
    for ticket in CODE.findall(address):
        for form in ({"choice": "disagree"}, {"take-back": "1"}):
            await phone.client.post(path, data={"ticket": ticket, **form})


@pytest.mark.parametrize("minutes", [0, 5, 60])
async def test_a_thank_you_that_ada_passes_on_is_not_ada(
    hub: Hub, ada: Phone, clara: Phone, minutes: int
) -> None:
    """Dan and Clara open her link: neither sees her answer, nor takes it back, nor changes it."""
    address = f"/q/{hub.code(BENCHES, Kind.POSTER)}"
    await ada.votes(address, "agree")
    assert "Your answer: Agree" in ada.page.text
    shared = _address(ada)
    hub.clock.passes(minutes=minutes)
    for other in (Phone(hub), clara):
        page = await other.open(shared)
        assert "Your answer:" not in page
        assert "Take my vote back" not in page
        assert "Change my vote" not in page
        assert "set-cookie" not in other.page.headers
        await other.send(address, **{"take-back": "1"})
        await _tries_everything(other, shared)
    assert hub.tally(BENCHES).by_choice["agree"] == 1
    assert "Your answer: Agree" in await ada.open(address)


async def test_who_has_voted_sees_her_own_answer_behind_anothers_link(
    hub: Hub, ada: Phone, ben: Phone
) -> None:
    """Ben disagreed; Ada's link shows Ben's page, in his language."""
    await ben.votes(f"/q/{hub.code(BENCHES)}", "disagree")
    await ada.votes(f"/q/{hub.code(BENCHES)}", "agree")
    page = await ben.open(_address(ada))
    assert "was" not in page.split("<main")[1].split("</h1>")[0]
    assert "Votre réponse" in page
    await ben.send(page.split('action="')[1].split('"')[0], **{"take-back": "1"})
    assert hub.tally(BENCHES).by_choice == {"agree": 1, BALLOTS: 1}


async def test_a_phone_that_keeps_no_cookies_is_thanked_and_goes_on(hub: Hub, clara: Phone) -> None:
    """Right after the vote, also when she reloads; later the address says nothing any more."""
    await clara.votes(f"/q/{hub.code(BENCHES)}", "agree")
    thanks = _address(clara)
    for _ in range(2):
        assert "Counted. Thank you." in clara.page.text
        assert "One vote so far" in clara.headline
        await clara.open(thanks)
    following = clara.link("Next question")
    await clara.open(following)
    await clara.send(following.split("?")[0], choice="north")
    assert "Counted. Thank you." in clara.page.text
    assert hub.tally(FERRY).ballots == 1
    hub.clock.passes(minutes=3)
    assert "Counted." not in await clara.open(thanks)


async def test_a_thank_you_does_not_open_the_tally_of_another_question(
    hub: Hub, ada: Phone, clara: Phone
) -> None:
    """A tally is seen after the vote; the proof of one vote is none of another."""
    await ada.votes(f"/q/{hub.code(BENCHES)}", "agree")
    query = _address(ada).split("?")[1]
    page = await clara.open(f"/q/{hub.code(FERRY)}?{query}")
    assert "Counted." not in page
    assert 'name="choice"' in page


async def test_a_question_that_ada_passes_on_is_everybodys_own(
    hub: Hub, ada: Phone, ben: Phone, clara: Phone
) -> None:
    """She sends the page with the form to two friends, who answer it: three votes, not one."""
    await ada.open(f"/q/{hub.code('', Kind.POSTER)}")
    shared = "/e/ferry?k=" + ada.page.text.split("?k=")[1].split('"')[0]
    for phone, choice in ((ada, "north"), (ben, "south"), (clara, "south")):
        await phone.open(shared)
        await phone.send("/e/ferry", choice=choice)
        assert "Votre réponse" in phone.page.text or "Counted." in phone.page.text
    assert hub.tally(FERRY).by_choice == {"north": 1, "south": 2, BALLOTS: 3}
    marks = [phone.client.cookies.get("voice") for phone in (ada, ben)]
    assert len(set(marks)) == 2


async def test_no_address_of_a_page_holds_the_ticket_of_its_form(
    hub: Hub, ada: Phone, ben: Phone
) -> None:
    """What is read further is passed on more often than what is asked."""
    address = f"/q/{hub.code(BENCHES, Kind.POSTER)}"
    await ada.open(address)
    for path in (address, address + "?lang=en", ada.link("Read more, and what others say")):
        page = await ada.open(path.replace("more=1", "x=1"))
        own = re.findall(r'name="ticket" value="(\w+)"', page)
        carried = re.findall(r"\bk=(\w+)", page)
        assert own
        assert carried
        assert not set(own) & set(carried)
    read = ada.link("Read more, and what others say")
    await ada.send(address, choice="agree")
    await _tries_everything(ben, read)
    assert hub.tally(BENCHES).by_choice["agree"] == 1


async def test_a_card_is_one_ballot_on_each_question(hub: Hub, ada: Phone, ben: Phone) -> None:
    """Ada goes on to the ferry and passes the card on; Ben answers the ferry with it at once."""
    await ada.open("/e/benches?k=" + await _card(hub, ada))
    await ada.send("/e/benches", choice="agree")
    await ada.open(ada.link("Next question"))
    await ada.send("/e/ferry", choice="north")
    await ben.open("/e/ferry?k=" + await _card(hub, ben))
    await ben.send("/e/ferry", choice="south")
    assert hub.tally(BENCHES).ballots == 1
    assert hub.tally(FERRY).by_choice == {"south": 1, BALLOTS: 1}


async def test_a_cards_answer_is_shown_right_after_the_vote_only(
    hub: Hub, ada: Phone, ben: Phone
) -> None:
    """Ada votes by the page of a card; the link that she passes on shows nothing of it later."""
    await ada.open("/e/benches?k=" + await _card(hub, ada))
    await ada.send("/e/benches", choice="agree")
    assert "Your answer: Agree" in ada.page.text
    shared = _address(ada)
    hub.clock.passes(minutes=3)
    await ben.open(shared)
    assert "Agree" not in ben.page.text
    await _tries_everything(ben, shared)
    assert hub.tally(BENCHES).by_channel == {"card": {"agree": 1, BALLOTS: 1}}


async def test_a_cards_vote_is_taken_back_from_its_thank_you(hub: Hub, ada: Phone) -> None:
    """Ada's phone has no vote of its own: what it takes back is the card's."""
    address = f"/q/{hub.code(BENCHES, Kind.CARD)}"
    await ada.votes(address, "agree")
    await ada.send(address, **{"take-back": "1"})
    assert "Your vote is taken back" in ada.page.text
    assert hub.tally(BENCHES).ballots == 0
