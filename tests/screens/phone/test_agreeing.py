"""Agreeing with another's comment by phone: one tap, once each, taken back, kindly refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from kiosk.errors import Unavailable
from kiosk.screens.phone.limiting import PER_TICKET
from kiosk.voice import comment_store, support_store
from kiosk.voice.comment import PublicComment, Status
from tests.screens.phone.hub import Hub, Phone
from tests.world import BENCHES, SUNDAY

BENCH = PublicComment(
    "bench", "harbour", "benches", "", "lindmark", "Town hall", "touchscreen", "en",
    "A bench by the school, please.", SUNDAY, "12-1", False,
)  # fmt: skip
PAGE, AGREE = "/e/benches", "/agree/bench"


@pytest.fixture(autouse=True)
def voiced(hub: Hub) -> None:
    """One voice is on show."""
    hub.database.write_now(partial(comment_store.mirror, public=BENCH))


def _times(hub: Hub) -> int:
    return hub.database.read_now(lambda c: support_store.times(c, ["bench"])).get("bench", 0)


async def _agrees(phone: Phone, given: str = "yes") -> str:
    await phone.open(PAGE)
    return await phone.send(AGREE, given=given)


async def test_one_tap_agrees_and_another_takes_it_back(hub: Hub, ada: Phone) -> None:
    """Ada taps below the voice, is led back to it, and finds her agreement there."""
    page = await _agrees(ada)
    assert ada.page.url.path == PAGE
    assert ada.page.url.fragment == "v-bench"
    assert "You agree" in page
    assert "Supported 1 time" in page
    assert _times(hub) == 1
    page = await ada.send(AGREE, given="no")
    assert "I agree" in page
    assert "Supported" not in page
    assert _times(hub) == 0
    assert hub.database.read_now(support_store.differences) == []


async def test_an_older_voice_is_found_and_agreed_with(hub: Hub, ada: Phone) -> None:
    """Twelve stand on a page; a link, a voice's number and a tap on it lead to those before."""
    for n in range(1, 14):
        later = replace(BENCH, id=f"later-{n}", voice_number=f"12-{n + 1}")
        later = replace(later, published_at=SUNDAY + timedelta(minutes=n))
        hub.database.write_now(partial(comment_store.mirror, public=later))
    page = await ada.open(PAGE)
    assert page.count('class="voice"') == 12
    assert "v-bench" not in page
    page = await ada.open(ada.link("Show older ones"))
    assert 'id="v-later-1"' in page
    assert 'id="v-bench"' in page
    assert "Show older ones" not in page
    page = await ada.open("/find?code=12-1")
    assert 'id="v-bench"' in page
    page = await ada.send(AGREE, given="yes")
    assert ada.page.url.fragment == "v-bench"
    assert 'id="v-bench"' in page
    assert "You agree" in page
    assert 'id="v-later-13"' in await ada.open(f"{PAGE}?voice=nothing")


async def test_each_phone_counts_once(hub: Hub, ada: Phone, ben: Phone) -> None:
    """Ada taps twice, the same form is sent again, Ben taps once: two."""
    await ada.open(PAGE)
    form = ada.page
    await ada.send(AGREE, given="yes")
    await _agrees(ada)
    ada.page = form
    await ada.send(AGREE, given="yes")
    await _agrees(ben)
    assert _times(hub) == 2


async def test_a_double_tap_of_a_phone_without_cookies_is_one(hub: Hub, ada: Phone) -> None:
    """What the form carries tells that both taps are hers."""
    await ada.open(PAGE)
    form = ada.page
    await ada.send(AGREE, given="yes")
    ada.client.cookies.clear()
    ada.page = form
    await ada.send(AGREE, given="yes")
    assert _times(hub) == 1


async def test_agreement_after_a_scan_carries_the_screen(hub: Hub, ada: Phone) -> None:
    """She voted at the town hall's screen: her agreement is counted there, and she may vote on."""
    await ada.votes(f"/q/{hub.code(BENCHES)}", "agree")
    ticket = ada.link("Say something").partition("?k=")[2]
    assert ticket
    await ada.open(f"{PAGE}?more=1&k={ticket}")
    await ada.send(AGREE, given="yes")
    rows = hub.database.read_now(lambda c: support_store.lines(c, "bench"))
    assert [(row.place, row.channel, row.count) for row in rows] == [("Town hall", "phone", 1)]
    assert ada.page.url.params["k"] == ticket


async def test_a_page_open_for_hours_asks_once_more(hub: Hub, ada: Phone) -> None:
    """Nothing is counted yet; the same voice stands there with a fresh button."""
    await ada.open(PAGE)
    hub.clock.at += timedelta(hours=7)
    page = await ada.send(AGREE, given="yes")
    assert ada.page.status_code == 409
    assert "This page was open for very long." in page
    assert _times(hub) == 0
    await ada.send(AGREE, given="yes")
    assert _times(hub) == 1


@pytest.mark.parametrize("ticket", ["", "0" * 64, "é"])
async def test_a_forged_form_counts_nothing(hub: Hub, ada: Phone, ticket: str) -> None:
    """Without a ticket of this hub's the button has to be asked for again."""
    await ada.open(PAGE)
    await ada.send(AGREE, given="yes", ticket=ticket)
    assert ada.page.status_code == 409
    assert _times(hub) == 0


@pytest.mark.parametrize("status", [Status.REFUSED, Status.HELD, Status.WITHDRAWN, Status.ERASED])
async def test_what_left_the_screens_takes_no_agreement(
    hub: Hub, ada: Phone, status: Status
) -> None:
    """It was taken down while Ada read it: she is told, and nothing is counted."""
    await ada.open(PAGE)
    hub.database.write_now(partial(comment_store.mark, comment="bench", status=status))
    page = await ada.send(AGREE, given="yes")
    assert ada.page.status_code == 404
    assert "This comment is not on show any more." in page
    await ada.open(AGREE)
    assert ada.page.status_code == 404
    assert _times(hub) == 0


async def test_a_full_disk_is_told_and_counts_nothing(
    hub: Hub, ada: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """She is asked to try again in a moment."""
    await ada.open(PAGE)

    async def full(fn: object) -> None:
        raise Unavailable("The disk is full.", "Nothing was lost. Try again later.")

    monkeypatch.setattr(hub.database, "write", full)
    page = await ada.send(AGREE, given="yes")
    assert ada.page.status_code == 503
    assert ada.page.headers["retry-after"]
    assert "Nothing was kept." in page
    assert _times(hub) == 0


async def test_nobody_agrees_more_often_than_people_can(hub: Hub, ada: Phone) -> None:
    """The limit of one phone; what was counted before stays."""
    for n in range(PER_TICKET["support"].amount + 1):
        await ada.open(PAGE)
        await ada.send(AGREE, given="no" if n % 2 else "yes")
    assert ada.page.status_code == 429
    assert _times(hub) in {0, 1}


async def test_another_site_s_button_counts_nothing(hub: Hub, ada: Phone) -> None:
    """A form on somebody else's page is refused."""
    await ada.open(PAGE)
    ada.client.headers["sec-fetch-site"] = "cross-site"
    await ada.send(AGREE, given="yes")
    assert ada.page.status_code == 403
    assert _times(hub) == 0


async def test_the_voice_alone_has_its_button_too(hub: Hub, ben: Phone) -> None:
    """The address is that of the form, so that a reload is a page and not an error; in French."""
    page = await ben.open(AGREE)
    assert "A bench by the school" in page.replace("</b>", "")
    await ben.send(AGREE, given="yes")
    assert "D’accord" in await ben.open(AGREE) or "d’accord" in ben.page.text


def test_nobody_is_named(hub: Hub) -> None:
    """What is stored of an agreement is a hash, its place and its time."""

    def columns(connection: Connection) -> set[str]:
        rows = connection.exec_driver_sql("SELECT name FROM pragma_table_info('support')")
        return set(rows.scalars())

    kept = hub.database.read_now(columns)
    assert kept == {
        "comment", "participant", "id", "given", "previous", "exhibition", "city", "place",
        "channel", "origin", "seq", "given_at", "counted_at", "example",
    }  # fmt: skip
