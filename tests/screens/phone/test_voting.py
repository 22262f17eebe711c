"""Votes by phone: scan, tap, counted once; another answer is a changed vote."""

from __future__ import annotations

import re

import pytest

from kiosk.people import tokens
from kiosk.people.tokens import Kind
from kiosk.voice import ballot_store
from kiosk.voice.tally import BALLOTS
from tests.screens.phone.hub import Hub, Phone
from tests.world import BENCHES, FERRY, GARDENS, NIGHT_BUS


async def test_ada_scans_taps_and_is_counted(hub: Hub, ada: Phone) -> None:
    """One page, one tap; the tally comes only after it, as a sentence."""
    page = await ada.open(f"/q/{hub.code(BENCHES)}")
    assert "bench" in ada.headline
    assert "Town hall" in page
    assert "votes" not in page.replace("Privacy", "").split("<footer>")[0].split("<style>")[0]
    await ada.send(f"/q/{hub.code(BENCHES)}", choice="agree")
    assert "Counted. Thank you." in ada.page.text
    assert "One vote so far" in ada.headline
    assert hub.tally(BENCHES).by_channel["phone"] == {"agree": 1, BALLOTS: 1}


async def test_a_double_tap_is_one_vote(hub: Hub, ada: Phone) -> None:
    """Both taps leave before the first answer comes: no cookie yet, one nonce."""
    address = f"/q/{hub.code(BENCHES)}"
    await ada.open(address)
    first_page = ada.page
    await ada.send(address, choice="agree")
    ada.client.cookies.clear()
    ada.page = first_page
    await ada.send(address, choice="agree")
    assert hub.tally(BENCHES).ballots == 1


async def test_back_and_another_answer_is_a_changed_vote(hub: Hub, ada: Phone) -> None:
    """The back button shows the old page; what is tapped then counts instead."""
    address = f"/q/{hub.code(BENCHES)}"
    await ada.open(address)
    old_page = ada.page
    await ada.send(address, choice="agree")
    ada.page = old_page
    await ada.send(address, choice="disagree")
    assert hub.tally(BENCHES).by_choice == {"disagree": 1, BALLOTS: 1}


async def test_ada_comes_back_next_day_and_changes_her_vote(hub: Hub, ada: Phone) -> None:
    """The phone's mark leads to her vote; she sees it before she changes it."""
    await ada.votes(f"/q/{hub.code(BENCHES)}", "agree")
    hub.clock.passes(days=1)
    address = f"/q/{hub.code(BENCHES)}"
    assert "Your answer: Agree" in await ada.open(address)
    page = await ada.open(ada.link("Change my vote"))
    assert re.search(r'value="agree"[^>]*class="[^"]*\bwas\b', page), "her answer is not marked"
    assert len(re.findall(r'class="[^"]*\bwas\b', page)) == 1
    await ada.send(address, choice="pass")
    assert hub.tally(BENCHES).by_choice == {"pass": 1, BALLOTS: 1}


async def test_two_phones_behind_one_network_are_two(hub: Hub, ada: Phone, ben: Phone) -> None:
    """A hall shares one address: only tickets and marks tell phones apart."""
    await ada.votes(f"/q/{hub.code(BENCHES)}", "agree")
    await ben.votes(f"/q/{hub.code(BENCHES)}", "agree")
    assert hub.tally(BENCHES).ballots == 2


async def test_an_old_code_lets_one_read_but_not_vote(hub: Hub, ada: Phone) -> None:
    """The photograph of a screen is passed on; whoever opens it reads."""
    code = hub.code(BENCHES)
    hub.clock.passes(minutes=5)
    page = await ada.open(f"/q/{code}")
    assert ada.page.status_code == 200
    assert "This code is too old to vote with." in page
    assert 'name="choice"' not in page


async def test_a_page_left_open_says_so_and_counts_nothing(hub: Hub, ada: Phone) -> None:
    """Ten minutes are over: she is told, and her answer is still marked."""
    address = f"/q/{hub.code(BENCHES, Kind.POSTER)}"
    await ada.open(address)
    hub.clock.passes(minutes=11)
    page = await ada.send(address, choice="agree")
    assert ada.page.status_code == 409
    assert "nothing was counted" in page
    assert hub.tally(BENCHES).ballots == 0
    await ada.send(address, choice="agree")
    assert hub.tally(BENCHES).ballots == 1


async def test_several_answers_are_sent_together(hub: Hub, ada: Phone) -> None:
    """Up to two of three; three are refused and stay ticked."""
    address = f"/q/{hub.code(GARDENS)}"
    await ada.open(address)
    page = await ada.send(address, choice=["north", "south", "both"])
    assert ada.page.status_code == 422
    assert page.count(" checked") == 3
    await ada.send(address, choice=["north", "south"])
    assert hub.tally(GARDENS).by_choice == {"north": 1, "south": 1, BALLOTS: 1}


async def test_a_short_code_opens_the_same_question(hub: Hub, ada: Phone) -> None:
    """Six characters typed on the first page, in small letters with a blank."""
    code = hub.short(FERRY)
    eastern = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    await ada.open(f"/find?code={eastern}")
    assert "ferry" in ada.headline
    await ada.open(f"/find?code={code[:3].lower()}+{code[3:]}")
    assert "ferry" in ada.headline
    await ada.send(ada.page.url.path, choice="north")
    assert hub.tally(FERRY).by_choice["north"] == 1


async def test_a_code_of_the_whole_exhibition_lets_one_choose(hub: Hub, ada: Phone) -> None:
    """A poster opens everything: each question can be voted on for ten minutes."""
    await ada.open(f"/q/{hub.code('', Kind.POSTER)}")
    assert "Choose a question." in ada.page.text
    await ada.open("/e/ferry?k=" + ada.page.text.split("?k=")[1].split('"')[0])
    await ada.send("/e/ferry", choice="south")
    assert hub.tally(FERRY).by_choice["south"] == 1


async def test_a_code_opened_long_ago_is_not_said_to_let_one_vote(hub: Hub, ada: Phone) -> None:
    """The first page kept open over lunch: it asks for a new code, and has the field for it."""
    await ada.open(f"/q/{hub.code('', Kind.POSTER)}")
    first = "/?k=" + ada.page.text.split("?k=")[1].split('"')[0]
    hub.clock.passes(minutes=11)
    page = await ada.open(first)
    assert "Your code lets you vote" not in page
    assert "This code is too old to vote with." in page
    assert 'action="/find"' in page
    page = await ada.open("/?k=nothing-of-ours")
    assert "Your code lets you vote" not in page
    assert "/e/benches?k=" not in page


async def test_a_fresh_code_of_another_question_is_not_called_old(hub: Hub, ada: Phone) -> None:
    """Ada scanned for the benches and reads on about the ferry: she is told to scan, no more."""
    page = await ada.open(f"/q/{hub.code(BENCHES)}")
    ticket = re.findall(r'name="ticket" value="(\w+)"', page)[0]
    page = await ada.open(f"/e/ferry?k={ticket}")
    assert "To vote, scan the code on a screen." in page
    assert "too old" not in page
    hub.clock.passes(minutes=11)
    assert "This code is too old to vote with." in await ada.open(f"/e/ferry?k={ticket}")


async def test_the_next_question_needs_no_second_scan(hub: Hub, ada: Phone) -> None:
    """Who has voted goes on; the visit ends ten minutes after the scan all the same."""
    await ada.votes(f"/q/{hub.code(BENCHES)}", "agree")
    following = ada.link("Next question")
    hub.clock.passes(minutes=8)
    await ada.open(following)
    path = following.split("?")[0]
    await ada.send(path, choice="north")
    assert hub.tally(FERRY).ballots == 1
    hub.clock.passes(minutes=3)
    assert 'name="choice"' not in await ada.open(ada.link("Next question"))


async def test_browsing_without_a_code_reads_and_says_how_to_vote(hub: Hub, ada: Phone) -> None:
    """At home there is no screen; nothing is counted without one."""
    page = await ada.open("/e/benches")
    assert "To vote, scan the code on a screen." in page
    said = await ada.send("/e/benches", choice="agree")
    assert ada.page.status_code == 404
    assert "Your vote was not counted: this page was not opened by a screen’s code." in said
    assert hub.tally(BENCHES).ballots == 0


async def test_a_ticket_of_one_question_does_not_open_another(hub: Hub, ada: Phone) -> None:
    """A form changed by hand is refused."""
    await ada.open(f"/q/{hub.code(BENCHES)}")
    await ada.send(f"/q/{hub.code(FERRY)}", choice="north")
    assert ada.page.status_code == 404
    assert hub.tally(FERRY).ballots == 0


async def test_a_vote_that_is_over_shows_its_result(hub: Hub, ada: Phone) -> None:
    """The night bus was voted on until Saturday: readable, not votable."""
    page = await ada.open(f"/q/{hub.code(NIGHT_BUS, Kind.POSTER)}")
    assert "This vote is over." in page
    assert 'name="choice"' not in page
    page = await ada.open("/e/night-bus")
    assert "This vote is over." in page
    assert "<h2>0 votes</h2>" in page, "a vote that is over has no “yet”"


async def test_a_card_is_one_ballot_whoever_holds_it(hub: Hub, ada: Phone, ben: Phone) -> None:
    """Ada passes her printed card to Ben: the card's vote changes, the count does not."""
    card = hub.code(BENCHES, Kind.CARD)
    await ada.votes(f"/q/{card}", "agree")
    await ben.votes(f"/q/{card}", "disagree")
    assert hub.tally(BENCHES).by_channel == {"card": {"disagree": 1, BALLOTS: 1}}


async def test_many_answers_from_one_phone_are_slowed_down(hub: Hub, ada: Phone) -> None:
    """Thirty a minute are enough for a changed mind; the thirty-first waits."""
    address = f"/q/{hub.code(BENCHES)}"
    await ada.open(address)
    form = ada.page
    for _ in range(30):
        ada.page = form
        await ada.send(address, choice="agree")
        assert ada.page.status_code == 200
    ada.page = form
    await ada.send(address, choice="disagree")
    assert ada.page.status_code == 429
    assert hub.tally(BENCHES).by_choice["agree"] == 1


@pytest.mark.parametrize("forged", ["AAAAAA", "0" * 32, "Z" * 32, "<script>", "%F0%9F%90%99", "x"])
async def test_a_code_that_no_screen_wrote_is_refused_with_what_to_do(
    hub: Hub, ada: Phone, forged: str
) -> None:
    """Unknown, forged, mistyped: a sentence, and a field to type it again."""
    page = await ada.open(f"/q/{forged}")
    assert ada.page.status_code == 404
    assert 'name="code"' in page
    assert "<script" not in page


async def test_a_code_of_a_screen_that_was_taken_away_is_refused(hub: Hub, ada: Phone) -> None:
    """A stolen screen signs what it wants; nothing opens."""
    code = tokens.issue(b"stolen", 40, Kind.POSTER, tokens.target_of(BENCHES), hub.clock())
    await ada.open(f"/q/{code}")
    assert ada.page.status_code == 404


async def test_ada_takes_her_vote_back(hub: Hub, ada: Phone) -> None:
    """As easily as it was given; also next week and without the screen before her."""
    address = f"/q/{hub.code(BENCHES)}"
    await ada.votes(address, "agree")
    page = await ada.send(address, **{"take-back": "1"})
    assert "Your vote is taken back and counts no more." in page
    assert hub.tally(BENCHES).ballots == 0

    await ada.votes(f"/q/{hub.code(BENCHES)}", "agree")
    hub.clock.passes(days=7)
    assert "Take my vote back" in await ada.open("/e/benches")
    await ada.send("/e/benches", **{"take-back": "1"})
    assert hub.tally(BENCHES).ballots == 0


async def test_taking_back_what_was_never_given_writes_nothing(hub: Hub, ada: Phone) -> None:
    """A mark that anybody could make up leaves no ballot, and no more tries than votes."""
    await ada.votes(f"/q/{hub.code(BENCHES)}", "agree")
    page = await ada.send("/e/ferry", **{"take-back": "1"})
    assert "Your vote is taken back" in page
    assert not hub.database.read_now(lambda c: ballot_store.any_for(c, FERRY))
    for _ in range(28):
        await ada.send("/e/ferry", **{"take-back": "1"})
    assert ada.page.status_code == 200
    await ada.send("/e/ferry", **{"take-back": "1"})
    assert ada.page.status_code == 429


async def test_nobody_takes_back_a_vote_of_another(hub: Hub, ada: Phone, ben: Phone) -> None:
    """Ben's phone has not voted; Ada's vote stays."""
    await ada.votes(f"/q/{hub.code(BENCHES)}", "agree")
    await ben.open("/e/benches")
    await ben.send("/e/benches", **{"take-back": "1"})
    assert ben.page.status_code == 404
    assert hub.tally(BENCHES).ballots == 1
